import { types, type Obj } from '../../../src/object/index.js'
import { differentialTerms, reverseDerivative } from '../../../src/optic/index.js'
import { add, lens, linear, multiply, transpose, type PrimitiveName } from '../../../src/primitive/index.js'
import type { OpticRule, Wire } from '../../../src/structure/index.js'
import { compose, diagram, expand, flatten, identity, tensor, walk, type Term } from '../../../src/term/index.js'
import { first, pair, second } from '../../../laws/index.js'
import { derivativeOracle, reverseDerivative as axioms, reverseStructure } from '../../../laws/laws.js'
import { differential } from '../../../laws/structure/differential.js'
import { doubled, mapped, own, termsWith } from './dictionary.js'
import type { Mutant } from './mutant.js'
import { withoutSums } from './without-sums.js'

type Reverse = (f: Term) => Term

/** R with the rule of one primitive replaced. */
export function withRule(name: PrimitiveName, optic: OpticRule): Reverse {
  return (f) =>
    reverseDerivative(
      diagram(f.dom, (inputs, algebra) =>
        walk<Wire>(f, inputs, (leaf, wires) => {
          if (leaf.kind === 'box') return undefined
          const changed = leaf.operation.name === name ? { ...leaf.operation, optic } : leaf.operation
          return algebra.op(changed, leaf.attributes, wires)
        }),
      ),
    )
}

const product = (x: Wire | undefined, y: Wire | undefined): Wire => multiply(x as Wire, y as Wire)
/** R with another product rule. */
const productRule = (rule: (x: Wire, y: Wire, dy: Wire) => readonly [Wire, Wire]): Reverse =>
  withRule(
    'multiply',
    lens((_, [x, y], dy) => rule(x as Wire, y as Wire, dy)),
  )

/** `R[f ; g] = ⟨π₀, ⟨π₀ ; at, π₁⟩ ; R[g]⟩ ; R[f]` where there is an `at : A → B`. */
const chainRule = (at: (f: Term) => Term | undefined): Reverse => {
  const rule: Reverse = (f) => {
    const [g, h] = f.kind === 'compose' ? f.parts : []
    const c = differentialTerms
    if (g === undefined || h === undefined || f.kind !== 'compose' || f.parts.length !== 2) return reverseDerivative(f)
    const point = at(g)
    if (point === undefined) return reverseDerivative(f)
    const x = first(c, f.dom, f.cod)
    return compose(pair(c, x, compose(pair(c, compose(x, point), second(c, f.dom, f.cod)), rule(h))), rule(g))
  }
  return rule
}
const sameEnds = (f: Term): boolean => differentialTerms.sameObject(f.dom, f.cod)

/** `R[⟨f, g⟩] = (1 ⊗ π₀) ; R[f]`. */
function pairWithoutSecond(f: Term): Term {
  const c = differentialTerms
  if (f.kind !== 'compose') return reverseDerivative(f)
  const [delta, both, ...rest] = f.parts
  if (delta?.kind !== 'diagram' || both?.kind !== 'tensor' || rest.length > 0) return reverseDerivative(f)
  const [g, h] = both.parts
  const copies = delta.boxes.length === 0 && delta.outs.join() === [...range(f.dom), ...range(f.dom)].join()
  if (!copies || g === undefined || h === undefined || g.dom.length !== f.dom.length) return reverseDerivative(f)
  return compose(tensor(identity(f.dom), first(c, g.cod, h.cod)), reverseDerivative(g))
}
const range = (a: Obj): number[] => types(a).map((_, i) => i)

/** R, and 1 more where an input is not read. */
function oneWhereUnread(f: Term): Term {
  const { boxes, outs } = expand(f)
  const read = new Set([...outs, ...boxes.flatMap((b) => b.inputs)])
  return mapped(reverseDerivative(f), (x, i) => (read.has(i) ? x : add(x, 1)))
}

/** The eight mutants of R of laws.md 2.5, in its order. */
export const planted: readonly (readonly [mistake: string, killedBy: string, reverse: Reverse])[] = [
  [
    'components of the product rule swapped',
    'derivative oracle/dot test at generators',
    productRule((x, y, dy) => [product(x, dy), product(y, dy)]),
  ],
  [
    'product rule with a factor 2',
    'reverse derivative/RD.7 at generators',
    productRule((x, y, dy) => [multiply(2, product(y, dy)), product(x, dy)]),
  ],
  [
    'product rule affine in the cotangent',
    'reverse derivative/RD.2 at zero',
    productRule((x, y, dy) => [add(1, product(y, dy)), product(x, dy)]),
  ],
  [
    'product rule quadratic in the cotangent',
    'reverse derivative/RD.2',
    productRule((x, y, dy) => [product(product(y, dy), dy), product(x, dy)]),
  ],
  [
    'chain rule at x instead of f(x)',
    'reverse structure/RD.5 at equal objects',
    chainRule((f) => (sameEnds(f) ? identity(f.dom) : undefined)),
  ],
  ['pairing forgets the second', 'reverse structure/RD.4', pairWithoutSecond],
  [
    'sum forgets the second',
    'reverse structure/RD.1',
    withRule(
      'add',
      linear((_, dy) => [dy, undefined]),
    ),
  ],
  [
    'square matrices are not transposed',
    'derivative oracle/dot test at generators',
    withRule(
      'transpose',
      linear(({ axes }, dy, [x]) => {
        const back = (axes as readonly number[]).map((_, i) => (axes as readonly number[]).indexOf(i))
        const square = x?.shape.length === 2 && x.shape[0] === x.shape[1]
        return [square ? dy : transpose(dy, back)]
      }),
    ),
  ],
]

const more: typeof planted = [
  ['an input that nothing reads, not even in vain, has cotangent 1', 'reverse structure/RD.1 at zero', oneWhereUnread],
  [
    'the derivative of what only moves wires, doubled',
    'reverse structure/RD.3 at 1',
    (f) => (flatten(f).boxes.length === 0 ? doubled(reverseDerivative(f)) : reverseDerivative(f)),
  ],
  ['chain rule at 0', 'reverse structure/RD.5', chainRule((f) => differentialTerms.zero(f.dom, f.cod))],
  ['a wire that is read twice hears one reader', 'derivative oracle/dot test', withoutSums],
]

/** Derivatives with a mistake. */
export const reverseMutants: readonly Mutant[] = [...planted, ...more].map(([mistake, killedBy, reverse]) => ({
  mistake,
  killedBy,
  sets() {
    const s = termsWith({ reverse })
    return [reverseStructure(s), axioms(s), derivativeOracle(s), differential(s)].map(own)
  },
}))
