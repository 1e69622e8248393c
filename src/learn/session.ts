import { normal, showType, typeOf, type Batched, type Ob, type Tensor, type TensorType } from '../object/index.js'
import type { Backend, Compiled } from '../backend/index.js'
import type { Empty } from '../optimiser/index.js'
import type { Params } from '../optic/index.js'
import { engine, type Engine, type Held } from './engine.js'
import type { Composite, Dreamer, Learner } from './learner.js'
import { buffersOf, learnedBy, paramsTree, stateTensors, stateTree, tensorsOf, type Point } from './point.js'

/** Values for the ports of an optimiser: a rate, say. */
export type PortValues<Q> = { readonly [K in keyof Q]: number }
/** The last argument of a step: the values of the ports, and nothing where there are none. */
export type PortArguments<Q> = [keyof Q] extends [never] ? [ports?: PortValues<Q>] : [ports: PortValues<Q>]

/** A batch that a session holds. */
export interface HeldBatch<in out A extends Ob, in out Y extends Ob> {
  readonly input: A
  readonly label: Y
  /** Number of examples. */
  readonly size: number
}

/** The same with what the session keeps for it. */
interface OwnBatch<in out A extends Ob, in out Y extends Ob> extends HeldBatch<A, Y> {
  readonly held: Held
  readonly by: Engine
}

/** A learner at work on a backend: it owns the parameters and the state, in buffers that only it updates. */
export interface Session<P, S, Q, A extends Ob, Y extends Ob> {
  /**
   * One step on a batch, synchronous. The batch may have any size ≥ 1: each size is compiled once and runs over the same
   * buffers. Throws `step: x is float32[32, 783], needs float32[32, 784]` and loses nothing.
   */
  step(x: Batched<A>, y: Batched<Y>, ...ports: PortArguments<Q>): void
  /** A batch checked and copied once, for many steps: a step on it moves no data where the last one was on it too. */
  hold(x: Batched<A>, y: Batched<Y>): HeldBatch<A, Y>
  /** One step on a batch that is held, as {@link step}. Throws where another session holds it. */
  stepOn(batch: HeldBatch<A, Y>, ...ports: PortArguments<Q>): void
  /** The losses of the steps since the last call, oldest first; of more than 1,024 the last 1,024. */
  losses(): Promise<number[]>
  /** Number of steps taken. */
  readonly steps: number
  /** A copy of the parameters and the state. */
  read(): Promise<Point<P, S>>
  /** Replaces the parameters and the state. */
  write(point: Point<P, S>): void
  /** Prepares the program of a batch size, which the first step of that size does otherwise. */
  prepare(n: number): Compiled
  dispose(): void
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
  if (n === 0)
    throw new TypeError(
      `${what}: an empty batch: x is ${first.dtype}[${first.shape.join(', ')}]; needs at least one example`,
    )
  return n
}

/** Throws `step: label 10 at row 3 is out of range: the loss has 10 classes, 0–9`. */
function checkLabels(classes: number | undefined, labels: readonly Tensor[]): void {
  if (classes === undefined) return
  for (const { data } of labels)
    for (let row = 0; row < data.length; row++) {
      const k = Number(data[row])
      if (!(k >= 0 && k < classes))
        throw new RangeError(
          `step: label ${k} at row ${row} is out of range: the loss has ${classes} classes, 0–${classes - 1}`,
        )
    }
}

const none: readonly number[] = []
const numbersFor = (parts: Composite, ports: unknown): number[] =>
  Object.keys(parts.optimiser.ports).map((name) => {
    const value = (ports as { readonly [k: string]: unknown } | undefined)?.[name]
    if (typeof value !== 'number') throw new TypeError(`step: the port ${name} has no value`)
    if (!Number.isFinite(value)) throw new RangeError(`step: the port ${name} is ${value}, needs a finite number`)
    return value
  })

/** Options of a session. */
export interface SessionOptions {
  /** Decides the keys of its steps, from which a model may draw; 0 unless given. One that goes on with a point needs another. */
  readonly seed?: number
}

/** A session of a learner at a point. Nothing runs before the first step. */
export function session<P, S, Q, A extends Ob, Y extends Ob>(
  learner: Learner<P, S, Q, A, Y>,
  backend: Backend,
  point: Point<NoInfer<P>, NoInfer<S>>,
  options: SessionOptions = {},
): Session<P, S, Q, A, Y> {
  const { parts } = learner
  const flat = (at: Point<P, S>): Tensor[] => [
    ...stateTensors(parts, at.state),
    ...tensorsOf([...learnedBy(parts), ...buffersOf(parts)], at.params),
  ]
  const work = engine(parts, backend, flat(point), options.seed)
  const withoutPorts = Object.keys(parts.optimiser.ports).length === 0
  return {
    step: (x, y, ...[ports]) => {
      const [inputs, labels] = [listOf(x), listOf(y)]
      checkLabels(parts.loss.classes, labels)
      work.step(batchSize(inputs), { x: inputs, y: labels }, numbersFor(parts, ports))
    },
    hold(x, y) {
      const [inputs, labels] = [listOf(x), listOf(y)]
      checkLabels(parts.loss.classes, labels)
      const n = batchSize(inputs, 'hold')
      const held = work.hold(n, { x: inputs, y: labels })
      const batch: OwnBatch<A, Y> = { input: learner.input, label: learner.label, size: n, held, by: work }
      return batch
    },
    stepOn(batch, ...[ports]) {
      const { held, by } = batch as OwnBatch<A, Y>
      if (by !== work) throw new TypeError('session: the batch is held by another session')
      work.stepOn(held, withoutPorts ? none : numbersFor(parts, ports))
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

/** The point of the tensors that a session owns. */
function pointFrom<P, S>(parts: Composite, tensors: readonly Tensor[]): Point<P, S> {
  const n = tensors.length - learnedBy(parts).length - buffersOf(parts).length
  return {
    state: stateTree(parts, tensors.slice(0, n)),
    params: paramsTree(parts, tensors.slice(n)),
  } as Point<P, S>
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
  checkInput(parts, point.x)
  const given = tensorsOf(parts.model.parameters, params)
  const work = engine(parts, backend, [...stateTensors(parts, point.state), ...point.x])
  return {
    step: (y, ...[ports]) => {
      const labels = y as unknown as readonly Tensor[]
      checkLabels(parts.loss.classes, labels)
      work.step(undefined, { params: given, y: labels }, numbersFor(parts, ports))
    },
    losses: work.losses,
    read: async () => (await work.read()).slice(-parts.model.dom.length) as never,
    dispose: work.dispose,
  }
}

/** Throws `dream: x is float32[63], needs float32[64]`. */
function checkInput({ model }: Composite, x: readonly Tensor[]): void {
  for (const [i, t] of model.dom.entries()) {
    const given = x[i]
    const [shown, needs] = [given === undefined ? 'missing' : showType(typeOf(given)), showType(normal(t))]
    if (shown !== needs) throw new TypeError(`dream: x is ${shown}, needs ${needs}`)
  }
}

/** The pure step: a new point and the loss, everything copied. Where the model draws, by the first key of seed 0. */
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
