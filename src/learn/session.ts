import { numbersOf, type Batched, type Ob, type Tensor, type TensorType } from '../object/index.js'
import { compile, type Backend, type Program, type Value } from '../backend/index.js'
import type { Empty } from '../optimiser/index.js'
import type { Params } from '../optic/index.js'
import { stepOf, type Dreamer, type Learner, type Composite } from './learner.js'
import { learnedBy, stateTensors, stateTree, tensorsOf, treeFrom, type Point } from './point.js'

/** Values for the ports of an optimiser: a rate, say. */
export type PortValues<Q> = { readonly [K in keyof Q]: number }
/** The last argument of a step: the values of the ports, and nothing where there are none. */
export type PortArguments<Q> = [keyof Q] extends [never] ? [ports?: PortValues<Q>] : [ports: PortValues<Q>]

/** A learner at work on a backend: it owns the parameters and the state, in buffers that only it updates. */
export interface Session<P, S, Q, A extends Ob, Y extends Ob> {
  /**
   * One step on a batch, synchronous. The batch may have any size ≥ 1: each size is compiled once and runs over the same
   * buffers. Throws `step: x is float32[32, 783], needs float32[32, 784]` and loses nothing.
   */
  step(x: Batched<A>, y: Batched<Y>, ...ports: PortArguments<Q>): void
  /** The losses of the steps since the last call, oldest first; of more than 1,024 the last 1,024. */
  losses(): Promise<number[]>
  /** Number of steps taken. */
  readonly steps: number
  /** A copy of the parameters and the state. */
  read(): Promise<Point<P, S>>
  /** Replaces the parameters and the state. */
  write(point: Point<P, S>): void
  /** Prepares the program of a batch size, which the first step of that size does otherwise. */
  prepare(n: number): Program
  dispose(): void
}

/** The number of losses that a session keeps until they are read. */
export const lossesKept = 1024

/** The engine of a session: it keeps what is learned, is given the rest, and answers nothing. */
interface Engine {
  step(n: number | undefined, given: readonly Tensor[], names: readonly string[], ports: readonly number[]): void
  losses(): Promise<number[]>
  read(): Promise<Tensor[]>
  write(tensors: readonly Tensor[]): void
  prepare(n: number | undefined): Program
  readonly steps: () => number
  dispose(): void
}

function engine(parts: Composite, backend: Backend, first: readonly Tensor[]): Engine {
  const programs = new Map<number | undefined, Program>()
  let owned: readonly Value[] = []
  let pending: { readonly program: Program; readonly loss: Value }[] = []
  let count = 0
  let disposed = false
  const prepare = (n: number | undefined): Program => {
    if (disposed) throw new TypeError('session: it is disposed')
    let program = programs.get(n)
    if (program === undefined) {
      program = compile(stepOf({ parts }, n).term, backend)
      programs.set(n, program)
    }
    return program
  }
  const anyProgram = (): Program => programs.values().next().value ?? prepare(1)
  const release = (values: readonly Value[]): void => {
    const program = programs.values().next().value
    for (const v of values) program?.release(v)
  }
  return {
    prepare,
    steps: () => count,
    step(n, given, names, ports) {
      const program = prepare(n)
      if (owned.length === 0) owned = first.map((t, i) => program.upload(t, i))
      const wanted = program.dom.slice(owned.length)
      const portTensors = ports.map((v, i): Tensor => scalarOf(v, wanted[i]?.dtype === 'float64' ? 'float64' : 'float32'))
      const inputs = [...portTensors, ...given]
      if (inputs.length < wanted.length) throw new TypeError(`step: ${names[inputs.length] ?? 'an input'} is missing`)
      for (const [i, t] of inputs.entries()) checkGiven(names[i] ?? `input ${i}`, t, wanted[i])
      const values = inputs.map((t, i) => program.upload(t, owned.length + i))
      const outs = program.run([...owned, ...values])
      release(values)
      release(owned)
      owned = outs.slice(0, owned.length)
      const [loss, ...more] = outs.slice(owned.length)
      release(more)
      if (loss !== undefined) pending.push({ program, loss })
      if (pending.length > lossesKept) release(pending.splice(0, 1).map((p) => p.loss))
      count += 1
    },
    async losses() {
      const drained = pending
      pending = []
      const tensors = await Promise.all(drained.map(({ program, loss }) => program.read(loss)))
      release(drained.map((p) => p.loss))
      return tensors.map((t) => numbersOf(t).reduce((a, b) => a + b, 0))
    },
    read: async () => (owned.length === 0 ? first.map(copied) : await Promise.all(owned.map((v) => anyProgram().read(v)))),
    write(tensors) {
      const values = tensors.map((t, i) => anyProgram().upload(t, i))
      release(owned)
      owned = values
    },
    dispose() {
      disposed = true
      release(owned)
      release(pending.map((p) => p.loss))
      owned = []
      pending = []
      for (const program of programs.values()) program.dispose()
      programs.clear()
    },
  }
}

const copied = (t: Tensor): Tensor => ({ ...t, data: t.data.slice() })

const scalarOf = (value: number, dtype: 'float32' | 'float64'): Tensor => ({ dtype, shape: [], data: dtype === 'float64' ? Float64Array.of(value) : Float32Array.of(value) })

function checkGiven(name: string, tensor: Tensor, wanted: { readonly dtype: string; readonly shape: readonly number[] } | undefined): void {
  const needs = wanted === undefined ? 'nothing' : `${wanted.dtype}[${wanted.shape.join(', ')}]`
  const given = `${tensor.dtype}[${tensor.shape.join(', ')}]`
  if (given !== needs) throw new TypeError(`step: ${name} is ${given}, needs ${needs}`)
  const entries = tensor.shape.reduce((a: number, b: number) => a * b, 1)
  if (tensor.data.length !== entries) throw new TypeError(`step: ${name} is ${given} and has ${tensor.data.length} entries, needs ${entries}`)
}

/** The tensors of a batch: one, or a tuple of them. */
export function listOf(batch: unknown): Tensor[] {
  return Array.isArray(batch) ? (batch as Tensor[]) : [batch as Tensor]
}

/** The number of examples of a batch. Throws `step: an empty batch: x is float32[0, 784]; needs at least one example`. */
export function batchSize(x: readonly Tensor[], what = 'step'): number {
  const [first] = x
  const n: number | undefined = first?.shape[0]
  if (first === undefined || n === undefined) throw new TypeError(`${what}: x has no axis of examples`)
  if (n === 0) throw new TypeError(`${what}: an empty batch: x is ${first.dtype}[${first.shape.join(', ')}]; needs at least one example`)
  return n
}

/** Throws `step: label 10 at row 3 is out of range: the loss has 10 classes, 0–9`. */
function checkLabels(classes: number | undefined, labels: readonly Tensor[]): void {
  if (classes === undefined) return
  for (const { data } of labels)
    for (let row = 0; row < data.length; row++) {
      const k = Number(data[row])
      if (!(k >= 0 && k < classes)) throw new RangeError(`step: label ${k} at row ${row} is out of range: the loss has ${classes} classes, 0–${classes - 1}`)
    }
}

const numbersFor = (parts: Composite, ports: unknown): number[] =>
  Object.keys(parts.optimiser.ports).map((name) => {
    const value = (ports as { readonly [k: string]: unknown } | undefined)?.[name]
    if (typeof value !== 'number') throw new TypeError(`step: the port ${name} has no value`)
    return value
  })
const portNames = (parts: Composite): string[] => Object.keys(parts.optimiser.ports)

/** A session of a learner at a point. Nothing runs before the first step. */
export function session<P, S, Q, A extends Ob, Y extends Ob>(learner: Learner<P, S, Q, A, Y>, backend: Backend, point: Point<NoInfer<P>, NoInfer<S>>): Session<P, S, Q, A, Y> {
  const { parts } = learner
  const flat = (at: Point<P, S>): Tensor[] => [...stateTensors(parts, at.state), ...tensorsOf(learnedBy(parts), at.params)]
  const work = engine(parts, backend, flat(point))
  const named = [...portNames(parts), ...numbered('x', parts.model.dom.length), ...numbered('y', parts.loss.label.length)]
  return {
    step: (x, y, ...[ports]) => {
      const [inputs, labels] = [listOf(x), listOf(y)]
      checkLabels(parts.loss.classes, labels)
      work.step(batchSize(inputs), [...inputs, ...labels], named, numbersFor(parts, ports))
    },
    losses: work.losses,
    get steps() {
      return work.steps()
    },
    read: async () => pointFrom<P, S>(parts, await work.read()),
    write: (at) => {
      work.write(flat(at))
    },
    prepare: work.prepare,
    dispose: work.dispose,
  }
}

const numbered = (name: string, n: number): string[] => (n === 1 ? [name] : Array.from({ length: n }, (_, i) => `${name}[${i}]`))

/** The point of the tensors that a session owns. */
function pointFrom<P, S>(parts: Composite, tensors: readonly Tensor[]): Point<P, S> {
  const n = tensors.length - learnedBy(parts).length
  return { state: stateTree(parts, tensors.slice(0, n)), params: treeFrom(learnedBy(parts), tensors.slice(n)) } as Point<P, S>
}

/** A dreamer at work: it owns the input, which starts at `x`, and is given parameters and labels. */
export interface Dream<A extends Ob, Y extends Ob, Q = Empty> {
  step(y: { readonly [K in keyof Y]: Tensor<Y[K] & TensorType> }, ...ports: PortArguments<Q>): void
  losses(): Promise<number[]>
  read(): Promise<{ readonly [K in keyof A]: Tensor<A[K] & TensorType> }>
  dispose(): void
}

/** A session of a dreamer: one example, the parameters of its model, and the input from which it starts. */
export function dream<P, S, Q, A extends Ob, Y extends Ob>(
  dreamer: Dreamer<P, S, Q, A, Y>,
  backend: Backend,
  params: Params<NoInfer<P>>,
  point: { readonly x: readonly Tensor[]; readonly state: unknown },
): Dream<A, Y, Q> {
  const { parts } = dreamer
  const given = tensorsOf(parts.model.parameters, params)
  const work = engine(parts, backend, [...stateTensors(parts, point.state), ...point.x])
  const names = [...portNames(parts), ...parts.model.parameters.map((p) => p.path.join('.')), ...numbered('y', parts.loss.label.length)]
  return {
    step: (y, ...[ports]) => {
      const labels = y as unknown as readonly Tensor[]
      checkLabels(parts.loss.classes, labels)
      work.step(undefined, [...given, ...labels], names, numbersFor(parts, ports))
    },
    losses: work.losses,
    read: async () => (await work.read()).slice(-parts.model.dom.length) as never,
    dispose: work.dispose,
  }
}

/** The pure step: a new point and the loss, everything copied. */
export async function step<P, S, Q, A extends Ob, Y extends Ob>(
  learner: Learner<P, S, Q, A, Y>,
  backend: Backend,
  point: Point<NoInfer<P>, NoInfer<S>>,
  x: Batched<NoInfer<A>>,
  y: Batched<NoInfer<Y>>,
  ...ports: PortArguments<NoInfer<Q>>
): Promise<{ readonly point: Point<P, S>; readonly loss: number }> {
  const work = session(learner, backend, point)
  try {
    work.step(x, y, ...ports)
    const [loss = Number.NaN] = await work.losses()
    return { point: await work.read(), loss }
  } finally {
    work.dispose()
  }
}
