import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Backend } from '../backend/index.js'
import { keyOf, permutation, split } from '../initialiser/index.js'
import { normal, numbersOf, showType, typeOf, type TensorType } from '../object/index.js'
import { pathOf } from '../optic/index.js'
import { labelled, rows, splitAt, type Dataset, type DatasetError, type LabelError } from './dataset/index.js'
import { lossesKept } from './pending.js'
import type { Composite, Learner } from './learner.js'
import { start, tensorsOf, type Point } from './point.js'
import { judge, type Judge, type Judgement, type Metric } from './predict.js'
import { session, type PortArguments, type PortValues, type Session } from './session.js'

/** The loss, the validation loss or a parameter stopped being finite; `step` counts from 1 and is the last one taken where it is not the loss. */
export interface DivergedError {
  readonly kind: 'diverged'
  readonly message: string
  readonly step: number
  readonly loss: number
}
/** An option, a batch or a backend that does not fit; nothing was changed. */
export interface FitProblem {
  readonly kind: 'options' | 'program'
  readonly message: string
}
/** Why a fit did not end well. */
export type FitError = DivergedError | DatasetError | LabelError | FitProblem

/** What an epoch was like. */
export interface Epoch {
  readonly epoch: number
  /** Mean loss over its steps. */
  readonly loss: number
  readonly seconds: number
  readonly validation?: Judgement
}
/** Where a fit is. */
export interface Progress {
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly steps: number
  /** Mean loss of the last steps read. */
  readonly loss: number
  readonly stepsPerSecond: number
  /** Seconds that are left at this speed. */
  readonly eta: number
  /** Present at the end of an epoch. */
  readonly ended?: Epoch
}
/** What came out. */
export interface Trained<P, S> {
  /** The last point, or with early stop the one of the best validation loss. */
  readonly point: Point<P, S>
  readonly history: readonly Epoch[]
  readonly steps: number
  readonly seconds: number
  /** The epoch that `point` is of. */
  readonly best: number
}

/** The values of the ports in the options of a fit, where there are ports. */
export type PortOption<Q> = [keyof Q] extends [never] ? unknown : { readonly ports: PortValues<Q> }
/** Options of a fit. */
export interface FitOptions<P, S, Q, A extends TensorType, Y extends TensorType> {
  readonly backend: Backend
  readonly epochs: number
  /** Examples a step; the last step of an epoch takes what is left. 32 unless said. */
  readonly batch?: number
  /** Decides the first parameters, the order of examples, the validation split, and what a model draws. */
  readonly seed?: number
  /** A data set, or the fraction of the data that is set aside. */
  readonly validation?: number | Dataset<A, Y>
  /** Stops after so many epochs without a better validation loss. */
  readonly patience?: number
  readonly metrics?: readonly Metric[]
  readonly point?: Point<P, S>
  readonly ports?: PortValues<Q>
  readonly onProgress?: (progress: Progress) => void
  /** Steps between two readings of the loss. */
  readonly every?: number
}

/** Seconds, of a clock that only goes forward. */
const now = (): number => performance.now() / 1000

/**
 * Trains a learner on a data set by mini-batches in an order that the seed decides. Left, with the session's buffers
 * released, where the loss is not a number (naming the first such step), where data do not fit the learner, and where
 * the backend lacks what the step needs.
 */
export function fit<P, S, Q, A extends TensorType, Y extends TensorType>(
  learner: Learner<P, S, Q, [A], [Y]>,
  data: Dataset<NoInfer<A>, NoInfer<Y>>,
  options: FitOptions<NoInfer<P>, NoInfer<S>, NoInfer<Q>, NoInfer<A>, NoInfer<Y>> & PortOption<NoInfer<Q>>,
): TaskEither<FitError, Trained<P, S>> {
  return async () => {
    const problem = optionProblem(options)
    if (problem !== undefined) return E.left({ kind: 'options', message: `fit: ${problem}` })
    const parts = partsOf(learner, data, options)
    if (E.isLeft(parts)) return parts
    const judging = judge(learner.parts, options.backend, options.metrics ?? [])
    let work: Session<P, S, Q, [A], [Y]> | undefined
    try {
      work = session(learner, options.backend, options.point ?? start(learner, options.seed ?? 0), {
        seed: options.seed ?? 0,
      })
      return await run(learner, parts.right, options, work, judging)
    } catch (error) {
      return E.left({ kind: 'program', message: error instanceof Error ? error.message : String(error) })
    } finally {
      work?.dispose()
      judging.dispose()
    }
  }
}

/** Training and validation data, checked. */
interface Data<A extends TensorType, Y extends TensorType> {
  readonly training: Dataset<A, Y>
  readonly validation?: Dataset<A, Y>
}

function optionProblem(o: {
  readonly epochs: number
  readonly batch?: number
  readonly patience?: number
  readonly every?: number
  readonly validation?: unknown
  readonly seed?: number
  readonly metrics?: readonly unknown[]
}): string | undefined {
  for (const [name, n] of [
    ['epochs', o.epochs] as const,
    ['batch', o.batch] as const,
    ['patience', o.patience] as const,
    ['every', o.every] as const,
  ])
    if (n !== undefined && !(Number.isInteger(n) && n >= 1)) return `${name} is ${n}, needs an integer ≥ 1`
  if ((o.epochs as unknown) === undefined) return 'epochs is missing, needs an integer ≥ 1'
  if (o.metrics !== undefined && o.metrics.length > 0 && o.validation === undefined)
    return 'metrics need validation data: pass validation'
  if (o.seed !== undefined && !Number.isSafeInteger(o.seed)) return `seed is ${o.seed}, needs an integer`
  return o.patience !== undefined && o.validation === undefined
    ? 'patience needs validation data: pass validation'
    : undefined
}

function partsOf<P, S, Q, A extends TensorType, Y extends TensorType>(
  learner: Learner<P, S, Q, [A], [Y]>,
  data: Dataset<A, Y>,
  { validation, seed = 0 }: FitOptions<P, S, Q, A, Y>,
): E.Either<FitError, Data<A, Y>> {
  const { classes } = learner.parts.loss
  const checked = (d: Dataset<A, Y>, what: string): E.Either<FitError, Dataset<A, Y>> => {
    const misfit = misfitOf(what, learner.parts, d)
    if (misfit !== undefined) return E.left({ kind: 'dataset', message: misfit })
    return classes === undefined
      ? E.right(d)
      : labelled(d, d.classes.length === classes ? d.classes : Array.from({ length: classes }, (_, i) => String(i)))
  }
  const all = checked(data, 'data')
  if (E.isLeft(all)) return all
  if (validation === undefined) return E.right({ training: all.right })
  if (typeof validation !== 'number') {
    const other = checked(validation, 'validation data')
    return E.isLeft(other) ? other : E.right({ training: all.right, validation: other.right })
  }
  if (!(validation > 0 && validation < 1))
    return E.left({
      kind: 'options',
      message: `fit: validation is ${validation}, needs a fraction between 0 and 1, or a data set`,
    })
  const two = splitAt(all.right, 1 - validation, split(keyOf(seed), 'validation'))
  return E.isLeft(two) ? two : E.right({ training: two.right[0], validation: two.right[1] })
}

/** What is wrong with the types of a data set, or undefined. */
function misfitOf(what: string, { model, loss }: Composite, { input, label, count }: Dataset): string | undefined {
  for (const [name, tensor, wanted] of [
    ['inputs', input, model.dom[0]],
    ['labels', label, loss.label[0]],
  ] as const) {
    if (wanted === undefined) continue
    const { dtype, shape } = normal(wanted)
    const needs = showType({ dtype, shape: [count, ...shape] })
    const given = showType(typeOf(tensor))
    if (given !== needs) return `fit: the ${what} has ${name} ${given}, the learner needs ${needs}`
  }
  return undefined
}

async function run<P, S, Q, A extends TensorType, Y extends TensorType>(
  learner: Learner<P, S, Q, [A], [Y]>,
  { training, validation }: Data<A, Y>,
  options: FitOptions<P, S, Q, A, Y>,
  work: Session<P, S, Q, [A], [Y]>,
  judging: Judge,
): Promise<E.Either<FitError, Trained<P, S>>> {
  const { epochs, batch = 32, seed = 0, patience, ports, onProgress, every = 50 } = options
  const perEpoch = Math.ceil(training.count / batch)
  const steps = epochs * perEpoch
  const began = now()
  const history: Epoch[] = []
  let best: { readonly loss: number; readonly epoch: number; readonly point: Point<P, S> } | undefined
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = permutation(split(split(keyOf(seed), 'order'), epoch), training.count)
    const started = now()
    let [total, seen, recent] = [0, 0, Number.NaN]
    for (let at = 0; at < training.count; at += batch) {
      const part = rows(training, order.subarray(at, at + batch))
      work.step(part.input, part.label, ...([ports] as PortArguments<Q>))
      const done = at + batch >= training.count
      if (!done && work.steps % Math.min(every, lossesKept) !== 0) continue
      const losses = await work.losses()
      const bad = losses.findIndex((x) => !Number.isFinite(x))
      if (bad >= 0) return E.left(diverged(work.steps - losses.length + bad + 1, losses[bad] ?? Number.NaN))
      for (const x of losses) total += x
      seen += losses.length
      recent = losses.reduce((a, b) => a + b, 0) / losses.length
      if (!done) onProgress?.(progressOf(epoch, epochs, work.steps, steps, recent, now() - began))
    }
    const seconds = now() - started
    const reached = await work.read()
    const broken = infinite(learner.parts, reached)
    if (broken !== undefined) return E.left(diverged(work.steps, recent, broken))
    const judged = validation === undefined ? undefined : await validate(learner, judging, reached, validation)
    if (judged !== undefined && !Number.isFinite(judged.loss))
      return E.left(diverged(work.steps, judged.loss, 'the validation loss'))
    const ended: Epoch = { epoch, loss: total / seen, seconds, ...(judged === undefined ? {} : { validation: judged }) }
    history.push(ended)
    onProgress?.({ ...progressOf(epoch, epochs, work.steps, steps, recent, now() - began), ended })
    if (judged !== undefined && patience !== undefined) {
      if (best === undefined || judged.loss < best.loss) best = { loss: judged.loss, epoch, point: reached }
      else if (epoch - best.epoch >= patience) break
    }
  }
  const point = best?.point ?? (await work.read())
  return E.right({ point, history, steps: work.steps, seconds: now() - began, best: best?.epoch ?? history.length })
}

async function validate<P, S, Q, A extends TensorType, Y extends TensorType>(
  learner: Learner<P, S, Q, [A], [Y]>,
  judging: Judge,
  point: Point<P, S>,
  data: Dataset<A, Y>,
): Promise<Judgement> {
  const params = tensorsOf(learner.parts.model.parameters, point.params)
  return judging.judge(params, [data.input], [data.label])
}

/** The name of the first parameter that is not finite. */
function infinite<P, S>(parts: Composite, point: Point<P, S>): string | undefined {
  const all = parts.model.parameters
  const at = tensorsOf(all, point.params).findIndex((t) => !numbersOf(t).every(Number.isFinite))
  const parameter = all[at]
  return parameter === undefined ? undefined : `the parameter ${pathOf(parameter)}`
}

function diverged(step: number, loss: number, what?: string): DivergedError {
  const found = what === undefined ? `the loss is ${loss} at step ${step}` : `${what} is not finite after step ${step}`
  return {
    kind: 'diverged',
    step,
    loss,
    message: `fit: ${found}; lower the rate, clip the gradient, or look for infinities in the data`,
  }
}

function progressOf(
  epoch: number,
  epochs: number,
  step: number,
  steps: number,
  loss: number,
  seconds: number,
): Progress {
  const stepsPerSecond = step / Math.max(seconds, 1e-9)
  return { epoch, epochs, step, steps, loss, stepsPerSecond, eta: (steps - step) / stepsPerSecond }
}
