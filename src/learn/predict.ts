import { numbersOf, size, typeOf, zeros, type Batched, type Ob, type Tensor } from '../object/index.js'
import { batchModel } from '../compile/index.js'
import { compile, type Backend, type Program, type Value } from '../backend/index.js'
import type { Para, Params, Untyped } from '../optic/index.js'
import type { Term } from '../term/index.js'
import { evaluation } from './objective.js'
import type { Composite } from './learner.js'
import { tensorsOf } from './point.js'
import { batchSize, listOf } from './session.js'

/** The most examples that one program takes; longer batches run in parts. */
const part = 256

/** Rows `from … to − 1` of a tensor with an axis of examples in front, copied. */
export function rowsBetween(tensor: Tensor, from: number, to: number): Tensor {
  const [, ...row] = tensor.shape as readonly number[]
  const width = size(row)
  return { dtype: tensor.dtype, shape: [to - from, ...row], data: tensor.data.slice(from * width, to * width) }
}

/** Tensors with an axis of examples in front, one after the other. */
export function joinRows(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors
  if (first === undefined) throw new TypeError('joinRows: needs at least one tensor')
  const count = tensors.reduce((n, t) => n + ((t.shape as readonly number[])[0] ?? 0), 0)
  const data = zeros(first.dtype, count * size((first.shape as readonly number[]).slice(1))) as unknown as {
    [i: number]: number | bigint
  }
  let at = 0
  for (const t of tensors) for (let i = 0; i < t.data.length; i++) data[at++] = t.data[i] as number | bigint
  return {
    dtype: first.dtype,
    shape: [count, ...(first.shape as readonly number[]).slice(1)],
    data,
  } as unknown as Tensor
}

/** A model at fixed parameters on a backend. */
export interface Predictor<A extends Ob, B extends Ob> {
  predict(x: Batched<A>): Promise<Batched<B>>
  dispose(): void
}

/** Programs of a term by batch size, over parameters that are uploaded when they are written. */
interface Sized {
  write(params: readonly Tensor[]): void
  readonly run: (rows: readonly Tensor[], n: number) => Promise<Tensor[]>
  readonly dispose: () => void
}

function sized(backend: Backend, term: (n: number) => Term): Sized {
  const programs = new Map<number, Program>()
  let params: readonly Tensor[] = []
  let disposed = false
  let owned: { readonly program: Program; readonly values: readonly Value[] } | undefined
  const release = (): void => {
    for (const v of owned?.values ?? []) owned?.program.release(v)
    owned = undefined
  }
  return {
    write(tensors) {
      release()
      params = tensors
    },
    async run(rows, n) {
      if (disposed) throw new TypeError('predict: the predictor is disposed')
      const program = programs.get(n) ?? compile(term(n), backend)
      programs.set(n, program)
      owned ??= { program, values: params.map((t, i) => program.upload(t, i)) }
      const values = rows.map((t, i) => program.upload(t, params.length + i))
      const outs = program.run([...owned.values, ...values])
      const tensors = await Promise.all(outs.map((v) => program.read(v)))
      for (const v of [...values, ...outs]) program.release(v)
      return tensors
    },
    dispose() {
      disposed = true
      release()
      for (const program of programs.values()) program.dispose()
      programs.clear()
    },
  }
}

/** Runs on all rows in parts of at most 256, and answers the outputs of each part with its size. */
async function inParts(
  inputs: readonly Tensor[],
  run: (rows: readonly Tensor[], n: number) => Promise<Tensor[]>,
): Promise<{ readonly n: number; readonly outs: readonly Tensor[] }[]> {
  const count = batchSize(inputs, 'predict')
  const out: { readonly n: number; readonly outs: readonly Tensor[] }[] = []
  for (let from = 0; from < count; from += part) {
    const to = Math.min(from + part, count)
    out.push({
      n: to - from,
      outs: await run(
        inputs.map((t) => rowsBetween(t, from, to)),
        to - from,
      ),
    })
  }
  return out
}

/** A predictor: parameters are uploaded once, each batch size is compiled once. */
export function predictor<P, A extends Ob, B extends Ob>(
  model: Para<P, A, B>,
  backend: Backend,
  params: Params<NoInfer<P>>,
): Predictor<A, B> {
  const work = sized(backend, (n) => batchModel(n, model))
  work.write(tensorsOf(model.parameters, params))
  return {
    async predict(x) {
      const inputs = listOf(x)
      checkInputs(model, inputs)
      const parts = await inParts(inputs, work.run)
      const outs = model.cod.map((_, k) => joinRows(parts.map(({ outs: o }) => o[k] as Tensor)))
      return (outs.length === 1 ? outs[0] : outs) as unknown as Batched<B>
    },
    dispose: work.dispose,
  }
}

/** The predictions of a model on a batch. Throws `predict: x is float32[8, 783], needs float32[n, 784]`. */
export async function predict<P, A extends Ob, B extends Ob>(
  model: Para<P, A, B>,
  backend: Backend,
  params: Params<NoInfer<P>>,
  x: Batched<NoInfer<A>>,
): Promise<Batched<B>> {
  const work = predictor(model, backend, params)
  try {
    return await work.predict(x)
  } finally {
    work.dispose()
  }
}

function checkInputs(model: Untyped, inputs: readonly Tensor[]): void {
  for (const [i, t] of model.dom.entries()) {
    const given = inputs[i]
    const [dtype, shape] = Array.isArray(t) ? ['float32', t] : [t.dtype, t.shape]
    const name = model.dom.length === 1 ? 'x' : `x[${i}]`
    const shown = given === undefined ? 'missing' : `${typeOf(given).dtype}[${given.shape.join(', ')}]`
    if (
      given === undefined ||
      given.dtype !== dtype ||
      (given.shape as readonly number[]).slice(1).join() !== shape.join()
    )
      throw new TypeError(`predict: ${name} is ${shown}, needs ${dtype}[${['n', ...shape].join(', ')}]`)
  }
}

/** A number measured on predictions and labels, the mean over examples. */
export interface Metric {
  readonly name: string
  readonly measure: (prediction: Tensor, label: Tensor) => number
}

/** Index of the largest number of each row of [n, k], the first at a tie. */
export function largest(tensor: Tensor): number[] {
  const [n = 0, k = 0] = tensor.shape as readonly number[]
  const values = numbersOf(tensor)
  return Array.from({ length: n }, (_, i) => {
    let best = 0
    for (let j = 1; j < k; j++) if ((values[i * k + j] ?? 0) > (values[i * k + best] ?? 0)) best = j
    return best
  })
}

/** The share of examples whose largest logit is that of the label's class. */
export const accuracy: Metric = {
  name: 'accuracy',
  measure(prediction, label) {
    const classes = largest(prediction)
    return classes.filter((c, i) => c === Number(label.data[i])).length / Math.max(1, classes.length)
  },
}

/** How often class j was answered for class i: `matrix[i][j]`. */
export function confusion(prediction: Tensor, label: Tensor, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (const [i, c] of largest(prediction).entries()) {
    const row = matrix[Number(label.data[i])]
    if (row !== undefined) row[c] = (row[c] ?? 0) + 1
  }
  return matrix
}

/** A learner's judge: mean loss and metrics on data. Each batch size is compiled once. */
export interface Judge {
  judge(params: readonly Tensor[], x: readonly Tensor[], y: readonly Tensor[]): Promise<Judgement>
  dispose(): void
}
/** What a judge says. */
export interface Judgement {
  readonly loss: number
  readonly metrics: Readonly<Record<string, number>>
}

/** The judge of a learner's model and loss on a backend. */
export function judge(parts: Composite, backend: Backend, metrics: readonly Metric[]): Judge {
  const work = sized(backend, (n) => evaluation(parts.model, parts.loss, n))
  return {
    async judge(params, x, y) {
      work.write(params)
      const done = await inParts([...x, ...y], work.run)
      const count = done.reduce((sum, { n }) => sum + n, 0)
      const width = parts.model.cod.length
      const lossOf = (outs: readonly Tensor[]): number =>
        outs.slice(width).reduce((s, t) => s + numbersOf(t).reduce((a, b) => a + b, 0), 0)
      const loss = done.reduce((sum, { n, outs }) => sum + (n / count) * lossOf(outs), 0)
      const prediction = joinRows(done.map(({ outs }) => outs[0] as Tensor))
      return { loss, metrics: Object.fromEntries(metrics.map((m) => [m.name, m.measure(prediction, y[0] as Tensor)])) }
    },
    dispose: work.dispose,
  }
}
