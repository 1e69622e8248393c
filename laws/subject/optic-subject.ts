import { object, product, showObject, types, type Obj } from '../../src/object/index.js'
import { getOf, optic, optics, putOf, type Optic, type Pair } from '../../src/optic/index.js'
import type { Blueprint, Symmetric } from '../../src/structure/index.js'
import { show } from '../../src/term/index.js'
import type { Sides } from '../law/law.js'
import type { Subject } from './subject.js'
import type { TermSubject } from './term-subject.js'

/** Optics of terms as the subject of laws; `terms` is the subject from which it is derived. */
export interface OpticSubject extends Subject<Pair, Optic, Symmetric<Pair, Optic>> {
  readonly terms: TermSubject
}

/**
 * Optics over terms: arbitrary ones, with a residual of their own and objects that flow back unlike those that flow
 * forward. Equality is that of the induced lenses.
 */
export function opticsOver(terms: TermSubject): OpticSubject {
  const { decode } = terms
  const decodeOptic = (dom: Pair, codBack: Obj | undefined, blueprint: readonly Blueprint[]): Optic => {
    const [[at = 0, , turn = 0] = [], ...rest] = blueprint
    const half = Math.ceil(rest.length / 2)
    const f = decode.morphism(dom.forward, rest.slice(0, half))
    const wires = types(f.cod)
    const cut = at % (wires.length + 1)
    const [residual, cod] = [object(wires.slice(0, cut)), object(wires.slice(cut))]
    const back = codBack ?? (turn % 2 === 0 ? cod : decode.object([turn, at]))
    return optic(residual, f, decode.between(product(residual, back), dom.back, rest.slice(half)), cod, back)
  }
  return {
    name: `optics over ${terms.name}`,
    category: optics,
    terms,
    decode: {
      object: (blueprint) => ({
        forward: decode.object(blueprint.slice(0, 2)),
        back: decode.object(blueprint.slice(1)),
      }),
      morphism: (dom, blueprint) => decodeOptic(dom, undefined, blueprint),
      between: (dom, cod, blueprint) => {
        const [[at = 0] = []] = blueprint
        const residual = decode.object([at])
        const forward = decode.between(dom.forward, product(residual, cod.forward), blueprint.slice(1))
        const backward = decode.between(product(residual, cod.back), dom.back, blueprint.slice(1))
        return optic(residual, forward, backward, cod.forward, cod.back)
      },
    },
    showObject: (a) => `(${showObject(a.forward)}, ${showObject(a.back)})`,
    show: (o) => `forward ${show(o.forward)}\nbackward ${show(o.backward)}`,
    showPoint: (a, point) => terms.showPoint(a.forward, point),
    compare: (f, g, point) =>
      both(terms.compare(getOf(f), getOf(g), point), () => terms.compare(putOf(f), putOf(g), point)),
  }
}

const both = (a: Sides, b: () => Sides): Sides => (a.equal ? b() : a)
