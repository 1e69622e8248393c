import { types, type Obj } from '../../../src/object/index.js'
import { differentialTerms, reverseDerivative } from '../../../src/optic/index.js'
import { add, lens, linear, multiply, transpose, type PrimitiveName } from '../../../src/primitive/index.js'
import type { OpticRule, ReverseDerivative, Wire } from '../../../src/structure/index.js'
import { compose, diagram, identity, tensor, walk, type Term } from '../../../src/term/index.js'
import { first, pair, second } from '../../../laws/index.js'

/** A derivative with a mistake in it: the category of terms with that R. */
export type Mutant = ReverseDerivative<Obj, Term>

const mutant = (reverse: (f: Term) => Term): Mutant => ({ ...differentialTerms, reverse })

/** R with the rule of one primitive replaced. */
function withRule(name: PrimitiveName, optic: OpticRule): Mutant {
  return mutant((f) =>
    reverseDerivative(
      diagram(f.dom, (inputs, algebra) =>
        walk<Wire>(f, inputs, (leaf, wires) => {
          if (leaf.kind === 'box') return undefined
          const changed = leaf.operation.name === name ? { ...leaf.operation, optic } : leaf.operation
          return algebra.op(changed, leaf.attributes, wires)
        }),
      ),
    ),
  )
}

const product = (x: Wire | undefined, y: Wire | undefined): Wire => multiply(x as Wire, y as Wire)

/** `R[f ; g] = ⟨π₀, ⟨π₀, π₁⟩ ; R[g]⟩ ; R[f]` where that is well typed. */
function chainRuleAtX(f: Term): Term {
  const [g, h] = f.kind === 'compose' ? f.parts : []
  const c = differentialTerms
  if (g === undefined || h === undefined || f.kind !== 'compose' || f.parts.length !== 2) return reverseDerivative(f)
  if (!c.sameObject(g.dom, g.cod)) return reverseDerivative(f)
  const at = first(c, f.dom, f.cod)
  return compose(pair(c, at, compose(pair(c, at, second(c, f.dom, f.cod)), chainRuleAtX(h))), chainRuleAtX(g))
}

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

/** A mistake that was planted, and a law that has to find it; the axioms RD.1–RD.7 miss one that is marked. */
export interface Planted {
  readonly category: Mutant
  readonly killedBy: string
  readonly axiomsMiss?: true
}

/** The mistakes of a derivative, by name. */
export const mutants: { readonly [mistake: string]: Planted } = {
  'components of the product rule swapped': {
    category: withRule(
      'multiply',
      lens((_, [x, y], dy) => [product(x, dy), product(y, dy)]),
    ),
    killedBy: 'dot test at generators',
  },
  'product rule with a factor 2': {
    category: withRule(
      'multiply',
      lens((_, [x, y], dy) => [multiply(2, product(y, dy)), product(x, dy)]),
    ),
    killedBy: 'RD.7 at generators',
  },
  'product rule affine in the cotangent': {
    category: withRule(
      'multiply',
      lens((_, [x, y], dy) => [add(1, product(y, dy)), product(x, dy)]),
    ),
    killedBy: 'RD.2 at zero',
  },
  'product rule quadratic in the cotangent': {
    category: withRule(
      'multiply',
      lens((_, [x, y], dy) => [product(product(y, dy), dy), product(x, dy)]),
    ),
    killedBy: 'RD.2',
  },
  'chain rule at x instead of f(x)': { category: mutant(chainRuleAtX), killedBy: 'RD.5 at equal objects' },
  'pairing forgets the second': { category: mutant(pairWithoutSecond), killedBy: 'RD.4' },
  'sum forgets the second': {
    category: withRule(
      'add',
      linear((_, dy) => [dy, undefined]),
    ),
    killedBy: 'RD.1',
  },
  'square matrices are not transposed': {
    category: withRule(
      'transpose',
      linear(({ axes }, dy, [x]) => {
        const back = (axes as readonly number[]).map((_, i) => (axes as readonly number[]).indexOf(i))
        const square = x?.shape.length === 2 && x.shape[0] === x.shape[1]
        return [square ? dy : transpose(dy, back)]
      }),
    ),
    killedBy: 'dot test at generators',
    axiomsMiss: true,
  },
}
