import { relu, leakyRelu, tanh, softmax, exponential, dense, bias } from '../../../src/layer/index.js'
import { layerAt, type Parameter, type Pointwise, type Untyped } from '../../../src/optic/index.js'
import { objectOf } from '../../../src/object/index.js'
import {
  abs,
  add,
  bespoke,
  broadcast,
  contract,
  equal,
  iota,
  log,
  multiply,
  negate,
  reciprocal,
  select,
  sum,
} from '../../../src/primitive/index.js'
import type { OpticRule, Wire } from '../../../src/structure/index.js'
import { box, diagram } from '../../../src/term/index.js'
import { layer } from '../../../laws/part/layer.js'
import type { LayerClaim } from '../../../laws/part/layer-claim.js'
import type { Mutant } from './mutant.js'
import { on, wrong } from './operation.js'

const at = (body: (x: Wire) => Wire, shape = [2, 3]): Untyped =>
  layerAt({ pointwise: 'mutant', body: (x) => body(x) } satisfies Pointwise, [shape])
const model = (name: string): Untyped => {
  const made: { readonly [n: string]: unknown } = { dense: dense(3, 2), bias: bias(3) }
  return made[name] as Untyped
}

/** A dense layer without bias, square, as a box with a backward pass of its own. */
function boxed(back: (w: Wire, x: Wire, dy: Wire) => readonly [Wire, Wire]): Untyped {
  const dom = objectOf([[3, 3], [3]])
  const term = diagram(dom, ([w, x]) => [contract(x as Wire, w as Wire, { left: 'i', right: 'ij', out: 'j' })])
  const optic = bespoke(
    (inputs) => inputs,
    (_, [w, x], dy) => back(w as Wire, x as Wire, dy),
  ) as OpticRule
  const parameters: Parameter[] = [
    { path: ['weight'], type: { dtype: 'float32', shape: [3, 3] }, draw: () => new Float64Array(9) },
  ]
  return { dom: [[3]], cod: [[3]], params: { weight: [3, 3] }, parameters, term: box('matrix', term, optic) }
}
const outer = (x: Wire, dy: Wire): Wire => contract(x, dy, { left: 'i', right: 'j', out: 'ij' })
const transposed = (w: Wire, dy: Wire): Wire => contract(dy, w, { left: 'j', right: 'ij', out: 'i' })

/** The projection `[3] ⊗ [3] → [3]` to the first, whose reverse drops its component. */
function projection(): Untyped {
  const dom = objectOf([[3], [3]])
  const term = diagram(dom, ([x]) => [negate(x as Wire)])
  const optic = bespoke(
    () => [],
    () => [undefined, undefined],
  ) as OpticRule
  return { dom: [[3], [3]], cod: [[3]], params: {}, parameters: [], term: box('first', term, optic) }
}

function difference(): Untyped {
  const minus = on(wrong.commuting)
  const term = diagram(objectOf([[3], [3]]), ([x, y]) => [minus(x as Wire, y as Wire), minus(y as Wire, x as Wire)])
  return { dom: [[3], [3]], cod: [[3], [3]], params: {}, parameters: [], term }
}

function drawnAtRandom(): Untyped {
  let calls = 0
  const b = model('bias')
  const parameters = b.parameters.map((p) => ({ ...p, draw: () => [0, 0, (calls += 1)] }))
  return { ...b, parameters }
}

const core = (mistake: string, law: string, wrongModel: () => Untyped): Mutant => ({
  mistake,
  sets: () => [layer('mutant', wrongModel())],
  killedBy: `layer/${law}`,
})
const claimed = (claim: LayerClaim, mistake: string, wrongModel: () => Untyped): Mutant => ({
  mistake: `${mistake} claims to be ${claim}`,
  sets: () => [layer('mutant', wrongModel(), { claims: [claim] })],
  killedBy: `layer/${claim}`,
})

/** `2x` at the first place of an axis, else `x`. */
const weighted = (axis: number) => (x: Wire) => select(equal(iota(x.algebra, x.type.shape, axis), 0), multiply(2, x), x)
/** Softmax along the first axis. */
const columns = (x: Wire): Wire => {
  const e = exponential.body(x)
  return multiply(e, broadcast(reciprocal(sum(e, [0])), [0], x.type.shape))
}

/** Layers with a mistake, and layers that claim what does not hold of them. */
export const layerMutants: readonly Mutant[] = [
  core('a dense layer whose tree has its bias first', 'types', () => ({
    ...model('dense'),
    params: { bias: [2], weight: [3, 2] },
  })),
  core('a dense layer that says it answers three', 'types', () => ({ ...model('dense'), cod: [[3]] })),
  core('a layer that takes the logarithm of −x²', 'numbers', () => at((x) => log(negate(multiply(x, x))))),
  core('a layer that counts its calls', 'determinism', () => at(on(wrong.counting))),
  core('a difference that is said to commute', 'normal form', difference),
  core('a cotangent with an axis more', 'types of gradients', () => at(on(wrong.misshapen))),
  core('a leaky ReLU whose backward ignores its cotangent', 'zero cotangent', () => at(on(wrong.ignoring))),
  core('a backward that squares its cotangent', 'RD.2', () => at(on(wrong.squaring))),
  core('a square with half its derivative', 'dot test', () => at(on(wrong.half))),
  core('a dense layer that forgets to transpose W in its backward', 'dot test', () =>
    boxed((w, x, dy) => [outer(x, dy), contract(dy, w, { left: 'i', right: 'ij', out: 'j' })]),
  ),
  core('a projection whose reverse drops a component', 'dot test', projection),
  core('a derivative that is constant to the next', 'second derivatives', () => at(on(wrong.flat))),
  core('a box whose optic doubles the gradient of W', 'boxes opened', () =>
    boxed((w, x, dy) => [multiply(2, outer(x, dy)), transposed(w, dy)]),
  ),
  core('a batching rule that shares the first example', 'batch', () => at(on(wrong.sharing))),
  core('a batching rule whose derivative is another', 'gradient of a batch', () => at(on(wrong.forgetting))),
  core('parameters drawn from a counter', 'first parameters', drawnAtRandom),
  core('parameters drawn infinite', 'first parameters', () => ({
    ...model('bias'),
    parameters: model('bias').parameters.map((p) => ({ ...p, draw: () => [0, 0, Infinity] })),
  })),
  claimed('linear', 'a layer with a bias', () => model('dense')),
  claimed('linearInParameters', 'a bias', () => model('bias')),
  claimed('bilinear', 'a layer with a bias', () => model('dense')),
  claimed('affine', 'relu', () => at(relu.body)),
  claimed('dagger', 'a layer with a bias', () => model('dense')),
  claimed('isomorphism', 'a scaling by 2', () => at((x) => multiply(2, x))),
  claimed('piecewiseLinear', 'tanh', () => at(tanh.body)),
  claimed('idempotent', 'a leaky relu', () => at(leakyRelu(0.5).body)),
  claimed('homogeneous', 'a relu with its kink at −1', () => at((x) => relu.body(add(x, 1)))),
  claimed('odd', 'a leaky relu', () => at(leakyRelu(0.5).body)),
  claimed('monotone', 'a leaky relu with negative slope', () => at(leakyRelu(-0.5).body)),
  claimed('nonNegative', 'a leaky relu', () => at(leakyRelu(0.5).body)),
  claimed('translation', 'a scaling by 2', () => at((x) => multiply(2, x))),
  claimed('shiftInvariant', 'softmax along another axis', () => at(columns)),
  claimed('scaleInvariant', 'x / (1 + |x|)', () => at((x) => multiply(x, reciprocal(add(1, abs(x)))))),
  claimed('gradientSumsToZero', 'softmax along another axis', () => at(columns)),
  claimed('simplex', 'softmax along another axis', () => at(columns)),
  claimed('simplex', 'the difference of two points of the simplex and a third', () =>
    at((x) => add(add(softmax.body(x), negate(softmax.body(negate(x)))), softmax.body(multiply(0, x)))),
  ),
  claimed('elementwise', 'softmax', () => at(softmax.body)),
  claimed('permutationEquivariant', 'a layer that weighs positions', () => at(weighted(1))),
  claimed('rowEquivariant', 'a layer that weighs rows', () => at(weighted(0))),
]
