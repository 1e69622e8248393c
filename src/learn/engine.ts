import { compile, type Backend, type Program, type Value } from '../backend/index.js'
import { keyOf, split } from '../initialiser/index.js'
import { numbersOf, size, type Tensor, type Type } from '../object/index.js'
import { pathOf } from '../optic/index.js'
import { stepOf, wiresOfSegment, type Composite, type StepPorts } from './learner.js'

/** The number of losses that a session keeps until they are read. */
export const lossesKept = 1024

/** The segments of a step that are given at each. */
type Given = 'params' | 'x' | 'y'
/** Those that the engine or its caller provides at each. */
type Provided = Given | 'key' | 'rate'

/** A step compiled at a batch size, with the numbers of the wires that the engine owns. */
interface Compiled {
  readonly program: Program
  readonly owned: readonly number[]
  readonly given: readonly Input[]
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

/** The engine of a session: it keeps what is learned, is given the rest, and answers nothing. */
export interface Engine {
  step(n: number | undefined, given: { readonly [K in Given]?: readonly Tensor[] }, rates: readonly number[]): void
  losses(): Promise<number[]>
  read(): Promise<Tensor[]>
  write(tensors: readonly Tensor[]): void
  prepare(n: number | undefined): Program
  readonly steps: () => number
  dispose(): void
}

/**
 * The engine of a composite on a backend, from the first values of its state, of what it learns and of its buffers. The
 * key of a step is that of its number under the seed.
 */
export function engine(parts: Composite, backend: Backend, first: readonly Tensor[], seed = 0): Engine {
  const programs = new Map<number | undefined, Compiled>()
  let owned: readonly Value[] = []
  let pending: { readonly program: Program; readonly loss: Value }[] = []
  let count = 0
  let disposed = false
  const alive = (): void => {
    if (disposed) throw new TypeError('session: it is disposed')
  }
  const compiled = (n: number | undefined): Compiled => {
    alive()
    let made = programs.get(n)
    if (made === undefined) {
      const { term, ports } = stepOf({ parts }, n)
      const own = (['state', ports.learned, 'buffers'] as const).flatMap((name) => wiresOfSegment(ports, name))
      made = { program: compile(term, backend), owned: own, given: inputsOf(parts, ports) }
      programs.set(n, made)
    }
    return made
  }
  const anyOf = (): Compiled => programs.values().next().value ?? compiled(1)
  const uploaded = ({ program, owned: at }: Compiled, tensors: readonly Tensor[]): Value[] =>
    tensors.map((t, i) => program.upload(t, at[i] ?? -1))
  const release = (values: readonly Value[]): void => {
    const program = programs.values().next().value?.program
    for (const v of values) program?.release(v)
  }
  return {
    prepare: (n) => compiled(n).program,
    steps: () => count,
    step(n, given, rates) {
      const made = compiled(n)
      const { program } = made
      const tensors = made.given.map(({ segment, i, wire, name }) => {
        const type = program.dom[wire]
        if (segment === 'key') return keyTensor(seed, count)
        return checkGiven(
          name,
          segment === 'rate' ? scalarOf(rates[i] ?? Number.NaN, type?.dtype) : given[segment]?.[i],
          type,
        )
      })
      if (owned.length === 0) owned = uploaded(made, first)
      const values = tensors.map((tensor, i) => program.upload(tensor, made.given[i]?.wire ?? -1))
      const inputs = new Array<Value>(program.dom.length)
      for (const [i, { wire }] of made.given.entries()) inputs[wire] = values[i] as Value
      for (const [i, wire] of made.owned.entries()) inputs[wire] = owned[i] as Value
      let outs: readonly Value[]
      try {
        outs = program.run(inputs)
      } finally {
        release(values)
      }
      release(owned)
      owned = outs.slice(0, owned.length)
      const [loss, ...more] = outs.slice(owned.length)
      release(more)
      if (loss !== undefined) pending.push({ program, loss })
      if (pending.length > lossesKept) release(pending.splice(0, 1).map((p) => p.loss))
      count += 1
    },
    async losses() {
      alive()
      const drained = pending
      pending = []
      const tensors = await Promise.all(drained.map(({ program, loss }) => program.read(loss)))
      release(drained.map((p) => p.loss))
      return tensors.map((t) => numbersOf(t).reduce((a, b) => a + b, 0))
    },
    async read() {
      alive()
      return owned.length === 0 ? first.map(copied) : await Promise.all(owned.map((v) => anyOf().program.read(v)))
    },
    write(tensors) {
      alive()
      const values = uploaded(anyOf(), tensors)
      release(owned)
      owned = values
    },
    dispose() {
      disposed = true
      release(owned)
      release(pending.map((p) => p.loss))
      owned = []
      pending = []
      for (const { program } of programs.values()) program.dispose()
      programs.clear()
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
