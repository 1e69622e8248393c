import { product, types } from '../../../src/object/index.js'
import { walkBack } from '../../../src/optic/walk-back.js'
import { constant } from '../../../src/primitive/index.js'
import type { Cotangent, Wire } from '../../../src/structure/index.js'
import { diagram, walk, type PrimitiveTerm, type Term } from '../../../src/term/index.js'

/** R, but a wire that several read has the cotangent of the one that comes first. */
export function withoutSums(f: Term): Term {
  return diagram(product(f.dom, f.cod), (x, algebra) => {
    const kept: (readonly Wire[])[] = []
    walk<Wire>(f, x.slice(0, f.dom.length), (leaf, given) => {
      if (leaf.kind === 'box') return undefined
      const out = algebra.op(leaf.operation, leaf.attributes, given)
      kept.push(leaf.operation.optic.residual(leaf.attributes, given, out))
      return out
    })
    const back = walkBack(
      f,
      x.slice(f.dom.length),
      () => false,
      (a, b) => b ?? a,
      (leaf, dys) => backward(leaf as PrimitiveTerm, kept.pop() ?? [], dys),
    )
    return types(f.dom).map((t, i) => back[i] ?? constant(algebra, 0, t.dtype, t.shape))
  })
}

function backward(leaf: PrimitiveTerm, kept: readonly Wire[], dys: readonly Cotangent[]): readonly Cotangent[] {
  const { operation, attributes, dom } = leaf
  return dys.every((dy) => dy === undefined) ? [] : operation.optic.backward(attributes, kept, dys, types(dom))
}
