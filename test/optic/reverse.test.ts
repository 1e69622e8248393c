import { describe, expect, it } from 'vitest'
import { float64, int, objectOf, tensorOf, unit, type Tensor } from '../../src/object/index.js'
import { evaluate } from '../../src/backend/reference/evaluate.js'
import {
  addTerm,
  close,
  composeOptic,
  forwardDerivative,
  getOf,
  gradient,
  hessianVectorProduct,
  identityOptic,
  lensOptic,
  optic,
  putOf,
  reverse,
  reverseDerivative,
  zeroTerm,
  type Optic,
} from '../../src/optic/index.js'
import {
  add,
  argmax,
  cast,
  contract,
  exp,
  lens,
  less,
  multiply,
  relu,
  select,
  sin,
  sum,
} from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import {
  box,
  compose,
  copy,
  diagram,
  discard,
  flatten,
  identity,
  normalForm,
  occurrences,
  tensor,
  type Term,
} from '../../src/term/index.js'

const A = objectOf([float64(3)])
const S = objectOf([float64()])
const unary = (f: (x: Wire) => Wire): Term => diagram(A, ([x]) => [f(x as Wire)])
const square = unary((x) => multiply(x, x))
const norm = unary((x) => sum(multiply(x, x)))
const vector = (...xs: number[]): Tensor => tensorOf(float64(xs.length), xs)
const values = (ts: readonly Tensor[]): number[][] => ts.map((t) => Array.from(t.data, Number))
const names = (f: Term): Record<string, number> =>
  Object.fromEntries([...occurrences(flatten(f))].sort(([a], [b]) => (a < b ? -1 : 1)))

describe('what does not fit throws where it is written', () => {
  const other: Optic = identityOptic(objectOf([[4]]))
  const table: readonly (readonly [construct: () => unknown, message: string])[] = [
    [() => composeOptic(reverse(square), other), 'compose: codomain float64[3] does not match domain [4]'],
    [
      () => composeOptic(reverse(square), identityOptic(A, S)),
      'compose: cotangent float64[] does not match float64[3]',
    ],
    [
      () => optic(S, identity(A), identity(A), A, A),
      'optic: the forward part ends in float64[3], not in M ⊗ B = float64[] ⊗ float64[3]',
    ],
    [
      () => optic(unit, identity(A), identity(A), A, S),
      'optic: the backward part begins in float64[3], not in M ⊗ B′ = float64[]',
    ],
    [
      () => close(reverse(square), zeroTerm(A, S)),
      'close: the cap float64[3] → float64[] does not fit float64[3] → float64[3]',
    ],
    [() => gradient(square), 'gradient: the codomain is not one scalar; apply sum or mean first'],
    [() => addTerm(square, norm), 'add: float64[3] → float64[3] and float64[3] → float64[] are not parallel'],
    [
      () => reverse(unary((x) => cast(cast(x, 'int32'), 'float64'))),
      'reverse: cast from int32 to float64 has no derivative',
    ],
  ]
  for (const [construct, message] of table)
    it(message, () => {
      expect(construct).toThrow(new TypeError(message))
    })
})

describe('reverse', () => {
  it('runs each primitive forward once, and keeps what each needs', () => {
    const f = unary((x) => exp(sin(multiply(x, x))))
    const r = reverse(f)
    expect(names(getOf(r))).toEqual({ exp: 1, multiply: 1, sin: 1 })
    expect(r.residual.length).toBe(3)
    expect(names(close(r, identity(A)))).toEqual({ add: 1, cos: 1, exp: 1, multiply: 4, sin: 1 })
  })

  it('adds the cotangents of a wire read k times k − 1 times', () => {
    for (const k of [1, 2, 3, 7]) {
      const f = unary((x) =>
        Array.from({ length: k }, (_, i) => sin(i === 0 ? x : multiply(x, i))).reduce((a, b) => multiply(a, b)),
      )
      expect(names(reverseDerivative(f))['add'] ?? 0).toBe(k - 1)
    }
  })

  it('does no work for what has no cotangent', () => {
    const f = unary((x) => select(less(x, 0), x, 0))
    expect(names(reverseDerivative(f))).toEqual({ constant: 1, less: 1, select: 1 })
    const dead = unary((x) => (argmax(x, 0), multiply(x, x)))
    expect(names(reverseDerivative(dead))).toEqual({ add: 1, multiply: 1 })
    expect(names(reverseDerivative(discard(A)))).toEqual({ constant: 1 })
  })

  it('asks for a derivative exactly where a cotangent comes', () => {
    const f = diagram(objectOf([float64(3), int(3)]), ([x, i]) => [x as Wire, cast(i as Wire, 'float64')])
    expect(() => reverse(f)).toThrow(new TypeError('reverse: cast from int32 to float64 has no derivative'))
    const ignored = compose(f, tensor(identity(A), discard(A)))
    expect(normalForm(getOf(reverse(ignored)))).toBe(normalForm(ignored))
  })

  it('uses the optic of a box that declares one, and otherwise that of its body', () => {
    const own = box(
      'double',
      square,
      lens((_, [x], dy) => [multiply(2, multiply(x as Wire, dy))]),
    )
    const open = box('square', square)
    expect(names(putOf(reverse(own)))).toEqual({ constant: 1, multiply: 2 })
    expect(normalForm(reverseDerivative(open))).toBe(normalForm(reverseDerivative(square)))
    const [x, w] = [vector(1, 2, 3), vector(1, 1, 0.5)]
    expect(values(evaluate(reverseDerivative(own), [x, w]))).toEqual(
      values(evaluate(reverseDerivative(square), [x, w])),
    )
  })

  it('makes sums where wires are copied, whatever copies them', () => {
    const [f, g] = [unary((x) => multiply(multiply(x, x), x)), square]
    const paired = diagram(A, (x, algebra) => [...algebra.box(f, x), ...algebra.box(g, x)])
    const rf = reverseDerivative(compose(copy(A), tensor(f, g)))
    expect(normalForm(reverseDerivative(paired))).toBe(normalForm(rf))
  })
})

describe('derived from reverse', () => {
  it('close runs the cap on the output and returns both', () => {
    const closed = close(
      reverse(square),
      unary((x) => multiply(x, 2)),
    )
    expect(values(evaluate(closed, [vector(1, 2, 3)]))).toEqual([
      [4, 32, 108],
      [1, 4, 9],
    ])
  })

  it('gradient, Hessian-vector product and forward derivative of Σ x²', () => {
    const [x, v] = [vector(1, -2, 3), vector(0.5, 1, 2)]
    expect(values(evaluate(gradient(norm), [x]))).toEqual([[2, -4, 6]])
    expect(values(evaluate(hessianVectorProduct(norm), [x, v]))).toEqual([[1, 2, 4]])
    expect(values(evaluate(forwardDerivative(norm), [x, v]))).toEqual([[9]])
    expect(names(forwardDerivative(norm))['add']).toBe(1)
  })

  it('the gradient of xᵀ W y is an outer product', () => {
    const f = diagram(objectOf([float64(2), float64(2, 3), float64(3)]), ([x, W, y]) => [
      contract(x as Wire, contract(W as Wire, y as Wire, { left: 'ij', right: 'j', out: 'i' }), {
        left: 'i',
        right: 'i',
        out: '',
      }),
    ])
    const at = [vector(1, 2), tensorOf(float64(2, 3), [1, 2, 3, 4, 5, 6]), vector(1, 0, -1)]
    expect(values(evaluate(gradient(f), at))).toEqual([
      [-2, -2],
      [1, 0, -1, 2, 0, -2],
      [9, 12, 15],
    ])
  })

  it('relu has slope 0 at 0', () => {
    expect(values(evaluate(reverseDerivative(unary(relu)), [vector(-1, 0, 1), vector(1, 1, 1)]))).toEqual([[0, 0, 1]])
  })

  it('a lens is the optic whose residual is its domain', () => {
    const l = lensOptic(square, reverseDerivative(square), A)
    expect(l.residual).toBe(square.dom)
    expect(normalForm(getOf(l))).toBe(normalForm(square))
    expect(normalForm(putOf(l))).toBe(normalForm(reverseDerivative(square)))
    expect(normalForm(putOf(reverse(square)))).toBe(normalForm(putOf(l)))
  })

  it('the sum of morphisms adds their values', () => {
    const both = addTerm(
      square,
      unary((x) => add(x, 1)),
    )
    expect(values(evaluate(both, [vector(1, 2, 3)]))).toEqual([[3, 7, 13]])
  })
})
