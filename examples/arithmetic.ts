/**
 * Arithmetic learned from samples by one tied cell: what each task is, and a learner of it from many seeds at once. The seeds
 * are a batch of the step: the batching functor applied to the learner itself.
 */
import {
  accumulate,
  batch,
  compile,
  difference,
  earliest,
  initialiser,
  keyOf,
  learner,
  namedTensors,
  negated,
  numbersOf,
  over,
  plain,
  predictor,
  primitive,
  ripple,
  start,
  stepOf,
  tensorOf,
  votes,
  type Backend,
  type Distance,
  type Ob,
  type Para,
  type Rule,
  type Tensor,
  type TensorType,
} from 'paralens'

/** A task: a tied cell, and the label of rows of operand bits. */
export interface Task {
  readonly name: string
  readonly positions: number
  /** Operands of so many bits each. */
  readonly operands: number
  readonly model: Para<{ table: [number, number] }, Ob, Ob>
  /** The label's bits, from the operands. */
  readonly label: (operands: readonly number[]) => number[]
}

const bitsOf = (n: number, value: number): number[] => Array.from({ length: n }, (_, i) => (value >> i) & 1)
const model = (m: unknown): Task['model'] => m as Task['model']

/** Tasks with one bit of state: plain reverse derivative ascent learns them. */
export const tasks: readonly Task[] = [
  {
    name: 'add',
    positions: 8,
    operands: 2,
    model: model(ripple(8, 1, 2, 1)),
    label: ([a = 0, b = 0]) => bitsOf(8, a + b),
  },
  {
    name: 'subtract',
    positions: 8,
    operands: 2,
    model: model(ripple(8, 1, 2, 1)),
    label: ([a = 0, b = 0]) => bitsOf(8, a - b),
  },
  {
    name: 'compare',
    positions: 8,
    operands: 2,
    model: model(accumulate(8, 1, 2)),
    label: ([a = 0, b = 0]) => [a > b ? 1 : 0],
  },
  {
    name: 'parity',
    positions: 8,
    operands: 1,
    model: model(accumulate(8, 1, 1)),
    label: ([a = 0]) => [bitsOf(8, a).reduce((x, y) => x ^ y)],
  },
]

/** Tasks with two bits of state. */
export const hardTasks: readonly Task[] = [
  {
    name: 'times three',
    positions: 8,
    operands: 1,
    model: model(ripple(8, 2, 1, 1)),
    label: ([a = 0]) => bitsOf(8, 3 * a),
  },
  {
    name: 'add three',
    positions: 6,
    operands: 3,
    model: model(ripple(6, 2, 3, 1)),
    label: ([a = 0, b = 0, c = 0]) => bitsOf(6, a + b + c),
  },
]

/** How a task is learned: over which rig, with which loss and rule. */
export interface Method {
  readonly rig: 'bit' | 'float32'
  readonly loss: Distance
  readonly rule: Rule<object, object>
}

/** Reverse derivative ascent as published: over bits, one example at a time. */
export const ascent: Method = { rig: 'bit', loss: difference, rule: plain() as unknown as Method['rule'] }

/** What came of a seed: its table over bits, and after how many samples it did not change any more. */
export interface Outcome {
  readonly table: Tensor
  readonly samples: number
}

/** The operands of a sample and the rows that a model reads, least significant bit first. */
function inputOf({ positions, operands }: Task, word: number): { readonly values: number[]; readonly rows: number[] } {
  const values = Array.from({ length: operands }, (_, k) => (word >>> (k * positions)) & (2 ** positions - 1))
  return { values, rows: Array.from({ length: positions }, (_, i) => values.map((v) => (v >> i) & 1)).flat() }
}

/** Learns a task from so many samples, all seeds at once; each seed has a first table and a stream of samples of its own. */
export async function learn(
  task: Task,
  backend: Backend,
  method: Method,
  seeds: readonly number[],
  samples: number,
): Promise<Outcome[]> {
  const { rig } = method
  const of = (shape: readonly number[], data: readonly number[]): Tensor =>
    tensorOf(rig === 'bit' ? { dtype: 'bit', shape: [...shape] } : [...shape], data)
  const it = learner(over(rig, task.model) as Task['model'], method.loss, method.rule, { cap: negated })
  const { term } = stepOf(it)
  const n = seeds.length
  const program = compile(
    batch(
      n,
      term,
      Array.from({ length: term.dom.length }, () => true),
    ),
    backend,
  )
  const points = seeds.map((seed) => Object.values(namedTensors(it, start(it, seed))))
  const kept = points[0]?.length ?? 0
  let held = Array.from({ length: kept }, (_, k) => {
    const order = k === kept - 1 ? 0 : k + 1
    const all = points.map((p) => p[order] as Tensor)
    return program.upload(of([n, ...(all[0]?.shape ?? [])], all.flatMap(numbersOf)), k)
  })
  const keys = seeds.map((seed) => initialiser.split(keyOf(seed), 'samples'))
  const last = seeds.map(() => 0)
  const rowsOf = (data: readonly number[], width: number): string[] =>
    seeds.map((_, s) => data.slice(s * width, (s + 1) * width).join(''))
  let before: string[] = []
  let table: Tensor | undefined
  for (let step = 0; step < samples; step++) {
    const drawn = keys.map((key) => inputOf(task, primitive.threefryBits(initialiser.split(key, step), 1)[0] ?? 0))
    const xs = drawn.flatMap(({ rows }) => rows)
    const ys = drawn.flatMap(({ values }) => task.label(values))
    const types = program.dom.slice(kept)
    const given = [xs, ys].map((data, i) => program.upload(of(types[i]?.shape ?? [], data), kept + i))
    const outs = program.run([...held, ...given])
    for (const v of [...held, ...given, ...outs.slice(kept)]) program.release(v)
    held = outs.slice(0, kept)
    table = await program.read(held[kept - 1] as (typeof held)[number])
    const now = rowsOf(numbersOf(table), table.data.length / n)
    for (const [s, text] of now.entries()) if (text !== before[s] && step > 0) last[s] = step + 1
    before = now
  }
  for (const v of held) program.release(v)
  program.dispose()
  const [, ...shape] = (table?.shape ?? []) as number[]
  const width = shape.reduce((a, b) => a * b, 1)
  return seeds.map((_, s) => ({
    table: tensorOf({ dtype: 'bit', shape }, numbersOf(table as Tensor).slice(s * width, (s + 1) * width)),
    samples: last[s] ?? 0,
  }))
}

/** Whether a table is the task on all inputs, told at the first thousand that are not. */
export async function isExact(task: Task, backend: Backend, table: Tensor): Promise<boolean> {
  const count = 2 ** (task.positions * task.operands)
  const bits = over('bit', task.model) as unknown as Para<{ table: TensorType }, [TensorType], Ob>
  const work = predictor(bits, backend, { table } as never)
  const shape = task.model.dom[0] as number[]
  try {
    for (let from = 0; from < count; from += 1024) {
      const part = Array.from({ length: Math.min(1024, count - from) }, (_, i) => inputOf(task, from + i))
      const rows = part.flatMap((x) => x.rows)
      const says = await work.predict(tensorOf({ dtype: 'bit', shape: [part.length, ...shape] }, rows) as never)
      const wanted = part.flatMap(({ values }) => task.label(values))
      if (!numbersOf(says as unknown as Tensor).every((bit, i) => bit === wanted[i])) return false
    }
    return true
  } finally {
    work.dispose()
  }
}

/** Signed votes over the reals at bits, up to the first mistake: the integer derivative with a memory of so many votes. */
export const votesOf = (bound: number): Method => ({
  rig: 'float32',
  loss: earliest,
  rule: votes({ bound }) as unknown as Method['rule'],
})
