import type { Backend, Compiled } from '../backend/index.js'
import { keyOf, split } from '../initialiser/index.js'
import { sameShape, size, type Tensor, type Type } from '../object/index.js'
import { pathOf } from '../optic/index.js'
import { flatten } from '../term/index.js'
import { noLosses } from './pending.js'
import { storeOf, type Store, type StoredStep } from './store.js'
import { stepOf, wiresOfSegment, type Composite, type StepPorts } from './learner.js'

/** The segments of a step that are given at each. */
type Given = 'params' | 'x' | 'y'
/** Those that the engine or its caller provides at each. */
type Provided = Given | 'key' | 'rate'

/** A step at a batch size: what it is given beside what the engine owns, and of which types. */
interface Prepared {
  readonly step: StoredStep
  readonly inputs: readonly Input[]
  readonly types: readonly (Type | undefined)[]
  /** The inputs that every step has anew: its key and its rates. */
  readonly fresh: readonly number[]
}

/** An input that a step is given: the i-th tensor of a segment, its wire, and its name in messages. */
interface Input {
  readonly segment: Provided
  readonly i: number
  readonly wire: number
  readonly name: string
}

/** The inputs of a step, in the order of its domain. */
function inputsOf(parts: Composite, ports: StepPorts): Input[] {
  const names = namesOf(parts)
  const given = (['params', 'key', 'rate', 'x', 'y'] as const).filter((segment) => segment !== ports.learned)
  return given.flatMap((segment) =>
    wiresOfSegment(ports, segment).map((wire, i) => ({ segment, i, wire, name: names[segment][i] ?? segment })),
  )
}

/** The tensors that a step is given. */
type Provisions = { readonly [K in Given]?: readonly Tensor[] }

/** What is held for many steps of a size. */
export interface Held {
  readonly at: Prepared
  /** By the number of the input; absent of keys and rates, which every step has anew. */
  readonly tensors: readonly (Tensor | undefined)[]
}

/** The engine of a session: it keeps what is learned, is given the rest, and answers nothing. */
export interface Engine {
  step(n: number | undefined, given: Provisions, rates: readonly number[]): void
  /** What a step is given, checked and copied, for many steps. */
  hold(n: number | undefined, given: Provisions): Held
  /** A step on what this engine holds. */
  stepOn(held: Held, rates: readonly number[]): void
  losses(): Promise<number[]>
  read(): Promise<Tensor[]>
  write(tensors: readonly Tensor[]): void
  prepare(n: number | undefined): Compiled
  readonly steps: () => number
  dispose(): void
}

/**
 * The engine of a composite on a backend, from the first values of its state, of what it learns and of its buffers. The
 * key of a step is that of its number under the seed.
 */
export function engine(parts: Composite, backend: Backend, first: readonly Tensor[], seed = 0): Engine {
  const steps = new Map<number | undefined, Prepared>()
  const losses = noLosses()
  let last: Held | undefined
  let store: Store | undefined
  let count = 0
  let disposed = false
  const alive = (): void => {
    if (disposed) throw new TypeError('session: it is disposed')
  }
  const prepared = (n: number | undefined): Prepared => {
    const known = steps.get(n)
    if (known !== undefined) return known
    alive()
    const { term, ports } = stepOf({ parts }, n)
    const program = flatten(term)
    const owned = (['state', ports.learned, 'buffers'] as const).flatMap((name) => wiresOfSegment(ports, name))
    const at = store ?? storeOf(backend, first, program)
    const step = at.step(program, owned)
    store = at
    const inputs = inputsOf(parts, ports)
    const fresh = inputs.flatMap(({ segment }, k) => (segment === 'key' || segment === 'rate' ? [k] : []))
    const made: Prepared = { step, inputs, types: inputs.map((i) => step.compiled.dom[i.wire]), fresh }
    steps.set(n, made)
    return made
  }
  /** What the inputs of a step are given, checked; those that every step has anew are absent. */
  const provided = ({ inputs, types }: Prepared, given: Provisions): (Tensor | undefined)[] =>
    inputs.map(({ segment, i, name }, k) =>
      segment === 'key' || segment === 'rate' ? undefined : checkGiven(name, given[segment]?.[i], types[k]),
    )
  const giveAll = ({ step }: Prepared, tensors: readonly (Tensor | undefined)[]): void => {
    for (let k = 0; k < tensors.length; k++) {
      const tensor = tensors[k]
      if (tensor !== undefined) step.give(k, tensor)
    }
  }
  const advance = ({ step, inputs, types, fresh }: Prepared, rates: readonly number[], keeps: boolean): void => {
    for (const k of fresh) {
      const { segment, i, name } = inputs[k] as Input
      const type = types[k]
      const tensor = segment === 'key' ? keyTensor(seed, count) : scalarOf(rates[i] ?? Number.NaN, type?.dtype)
      step.give(k, checkGiven(name, tensor, type))
    }
    losses.push(step.run(keeps))
    count += 1
  }
  return {
    prepare: (n) => prepared(n).step.compiled,
    steps: () => count,
    step(n, given, rates) {
      alive()
      const at = prepared(n)
      const tensors = provided(at, given)
      last = undefined
      giveAll(at, tensors)
      advance(at, rates, false)
    },
    hold(n, given) {
      const at = prepared(n)
      return { at, tensors: provided(at, given).map((t) => (t === undefined ? undefined : copied(t))) }
    },
    stepOn(held, rates) {
      alive()
      if (last !== held) giveAll(held.at, held.tensors)
      last = held
      advance(held.at, rates, true)
    },
    async losses() {
      alive()
      return losses.drain()
    },
    async read() {
      alive()
      return store === undefined ? first.map(copied) : await store.read()
    },
    write(tensors) {
      alive()
      if (store === undefined) prepared(1)
      store?.write(tensors)
    },
    dispose() {
      disposed = true
      losses.clear()
      steps.clear()
      store?.dispose()
    },
  }
}

const copied = (t: Tensor): Tensor => ({ ...t, data: t.data.slice() })

/** The key of a step: of its number, from 0, under the seed. */
function keyTensor(seed: number, step: number): Tensor {
  return { dtype: 'int32', shape: [2], data: Int32Array.from(split(split(keyOf(seed), 'step'), step)) }
}

function scalarOf(value: number, dtype: string | undefined): Tensor {
  return dtype === 'float64'
    ? { dtype, shape: [], data: Float64Array.of(value) }
    : { dtype: 'float32', shape: [], data: Float32Array.of(value) }
}

/** The names of what a step is given, by segment. */
function namesOf({ model, loss, optimiser }: Composite): { readonly [K in Provided]: readonly string[] } {
  return {
    params: model.parameters.map(pathOf),
    key: ['key'],
    rate: Object.keys(optimiser.ports),
    x: numbered('x', model.dom.length),
    y: numbered('y', loss.label.length),
  }
}

function checkGiven(name: string, tensor: Tensor | undefined, wanted: Type | undefined): Tensor {
  if (
    tensor !== undefined &&
    wanted !== undefined &&
    tensor.dtype === wanted.dtype &&
    sameShape(tensor.shape, wanted.shape) &&
    tensor.data.length === size(wanted.shape)
  )
    return tensor
  const needs = wanted === undefined ? 'nothing' : `${wanted.dtype}[${wanted.shape.join(', ')}]`
  if (tensor === undefined) throw new TypeError(`step: ${name} is missing`)
  const given = `${tensor.dtype}[${tensor.shape.join(', ')}]`
  if (given !== needs) throw new TypeError(`step: ${name} is ${given}, needs ${needs}`)
  const entries = size(tensor.shape)
  if (tensor.data.length !== entries)
    throw new TypeError(`step: ${name} is ${given} and has ${tensor.data.length} entries, needs ${entries}`)
  return tensor
}

const numbered = (name: string, n: number): string[] =>
  n === 1 ? [name] : Array.from({ length: n }, (_, i) => `${name}[${i}]`)
