import { dual, evaluate, interpret, plain } from '../../src/backend/reference/index.js'
import { size, types, type Tensor } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import { retype, type Term } from '../../src/term/index.js'
import { law, type Law, type Sides } from '../law/law.js'
import { sameText } from '../value/compare.js'
import { circuitBatchLaws } from './circuit-batch.js'
import { bitPoints, bitsOf, entriesOf, tensorsOf } from './circuit-point.js'

/** A circuit: a term over bits, of whose inputs the first are parameters. */
export interface Circuit {
  readonly name: string
  readonly term: Term
  /** Tensors of the domain that are parameters. */
  readonly parameters: number
  /** The polynomial that it is, where it is a box with an optic of its own; of this D is taken. */
  readonly expansion?: Term
}

/** A circuit with what the laws ask of it. */
export interface Reading {
  readonly circuit: Circuit
  /** Bits of P ⊗ A and of B. */
  readonly n: number
  readonly m: number
  f(x: readonly number[]): number[]
  /** `R[f](x, w)`. */
  reverse(x: readonly number[], w: readonly number[]): number[]
  /** `D[f](x, v)` by dual numbers: the formal derivative. */
  forward(x: readonly number[], v: readonly number[]): number[]
}

const source =
  'Wilson and Zanasi, Reverse Derivative Ascent, 2020, and Cockett et al., Reverse derivative categories, 2020, Ex. 14'

/** The functions of a circuit. */
export function readingOf(circuit: Circuit): Reading {
  const { term } = circuit
  const polynomial = circuit.expansion ?? term
  const r = reverseDerivative(term)
  const duals = dual(plain)
  const bits = plain('bit')
  return {
    circuit,
    n: bitsOf(term.dom),
    m: bitsOf(term.cod),
    f: known((x) => entriesOf(evaluate(term, tensorsOf(term.dom, x)))),
    reverse: known((x, w = []) => entriesOf(evaluate(r, [...tensorsOf(term.dom, x), ...tensorsOf(term.cod, w)]))),
    forward(x, v) {
      const along = tensorsOf(term.dom, v)
      const point = tensorsOf(term.dom, x).map((t, i) => ({
        dtype: t.dtype,
        shape: t.shape,
        data: Array.from(t.data as ArrayLike<number>, (value, k) => ({
          value: value,
          tangent: (along[i] as Tensor).data[k] ?? bits.zero,
        })),
      }))
      return interpret(polynomial, point, duals).flatMap((t) => Array.from(t.data, ({ tangent }) => Number(tangent)))
    },
  }
}

/** A function of bits that is computed once at each point: the laws of a circuit speak about the same few thousand. */
function known<X extends readonly (readonly number[])[]>(f: (...x: X) => number[]): (...x: X) => number[] {
  const values = new Map<string, number[]>()
  return (...x) => {
    const key = x.map((bits) => bits.join('')).join(' ')
    const value = values.get(key) ?? f(...x)
    values.set(key, value)
    return value
  }
}

/** Equality of lists of bits. */
export function sameBits(lhs: readonly number[], rhs: readonly number[]): Sides {
  const sides = sameText(lhs.join(''), rhs.join(''))
  return sides.equal ? { ...sides, by: 'value' } : sides
}

/** The i-th unit vector, zeros where i is none. */
export const unit = (n: number, i: number): number[] => Array.from({ length: n }, (_, k) => (k === i ? 1 : 0))
/** `x + y` over bits. */
export const plus = (a: readonly number[], b: readonly number[]): number[] => a.map((x, i) => x ^ (b[i] ?? 0))
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** The laws of every circuit. */
export function circuitLaws(r: Reading): readonly Law[] {
  const { n, m, circuit } = r
  const { term } = circuit
  return [
    law({
      name: 'dot test',
      equation: '⟨w, D[f](x, eᵢ)⟩ = R[f](x, w)ᵢ, D by dual numbers: the formal derivative',
      source,
      forall: bitPoints({ x: n, w: m }),
      holds({ x, w }) {
        const along = range(n).map((i) => dot(w, r.forward(x, unit(n, i))))
        return sameBits(r.reverse(x, w), along)
      },
    }),
    law({
      name: 'RD.2',
      equation: 'R[f](x, w) = Σⱼ wⱼ R[f](x, eⱼ)',
      source: 'Cockett et al., Reverse derivative categories, 2020, Def. 13',
      forall: bitPoints({ x: n, w: m }),
      holds({ x, w }) {
        const parts = range(m).map((j) => (w[j] === 1 ? r.reverse(x, unit(m, j)) : unit(n, -1)))
        return sameBits(r.reverse(x, w), parts.reduce(plus, unit(n, -1)))
      },
    }),
    ...(r.n === 0 ? [] : circuitBatchLaws(r)),
    ...integerLaws(circuit.expansion ?? term, r),
    law({
      name: 'GetPut',
      equation: 'U(p, x, f(p, x)) = p, U(p, x, y) = p + ∂p R[f](p, x, y + f(p, x))',
      source: 'Wilson and Zanasi, Reverse Derivative Ascent, 2020: RD.2 at zero',
      forall: bitPoints({ x: n }),
      holds: ({ x }) => sameBits(update(r, x, r.f(x)), x.slice(0, parameterBits(circuit))),
    }),
  ]
}

/** A box with an optic of its own is its expansion, and so is its derivative. */
export function expansionLaws({ n, m, f, reverse }: Reading, expansion: Term): readonly Law[] {
  const wide = readingOf({ name: 'expansion', term: expansion, parameters: 0 })
  const source = 'a box is its expansion, and its optic is R of it'
  return [
    law({
      name: 'expansion',
      equation: 'f(x) = e(x), e the expansion',
      source,
      forall: bitPoints({ x: n }),
      holds: ({ x }) => sameBits(f(x), wide.f(x)),
    }),
    law({
      name: 'reverse of the expansion',
      equation: 'R[f](x, w) = R[e](x, w), e the expansion',
      source,
      forall: bitPoints({ x: n, w: m }),
      holds: ({ x, w }) => sameBits(reverse(x, w), wide.reverse(x, w)),
    }),
  ]
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((t, x, i) => t ^ (x & (b[i] ?? 0)), 0)

/** Bits of the parameters: of all inputs where no tensor is one. */
export function parameterBits({ term, parameters }: Circuit): number {
  const all = types(term.dom)
  const own = parameters === 0 ? all : all.slice(0, parameters)
  return own.reduce((k, t) => k + size(t.shape), 0)
}

/** The step of reverse derivative ascent, its parameters. */
export function update(r: Reading, x: readonly number[], y: readonly number[]): number[] {
  const k = parameterBits(r.circuit)
  return plus(x.slice(0, k), r.reverse(x, plus(y, r.f(x))).slice(0, k))
}

/** A circuit of sums and products is one over the integers too, of which it is the residue; so is its derivative. */
function integerLaws(term: Term, r: Reading): readonly Law[] {
  const over = attempt(() => retype(term, 'integer', 'bit'))
  if (over === undefined) return []
  const back = reverseDerivative(over)
  const lift = (bits: readonly number[], from: Term['dom']): Tensor[] => {
    let at = 0
    return types(from).map((t) => {
      const data = range(size(t.shape)).map(() => BigInt(3 * (bits[at++] ?? 0)))
      return { dtype: 'integer', shape: [...t.shape], data } as unknown as Tensor
    })
  }
  const residue = (all: readonly Tensor[]): number[] =>
    all.flatMap((t) => Array.from(t.data as ArrayLike<number | bigint>, (a) => Math.abs(Number(BigInt(a) % 2n))))
  return [
    law({
      name: 'integers',
      equation: 'f over Z at 3x, mod 2 = f(x), and R[f] likewise',
      source: 'Z → Z₂ is a homomorphism of rings',
      forall: bitPoints({ x: r.n, w: r.m }),
      holds({ x, w }) {
        const point = lift(x, over.dom)
        const whole = residue(evaluate(back, [...point, ...lift(w, over.cod)]))
        return sameBits([...residue(evaluate(over, point)), ...whole], [...r.f(x), ...r.reverse(x, w)])
      },
    }),
  ]
}

function attempt<T>(f: () => T): T | undefined {
  try {
    return f()
  } catch {
    return undefined
  }
}
