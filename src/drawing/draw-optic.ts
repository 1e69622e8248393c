import { product } from '../object/index.js'
import type { Optic } from '../optic/index.js'
import { apply, box, diagram } from '../term/index.js'
import { drawTerm, type DrawingOptions } from './draw-term.js'

/**
 * The string diagram of an optic `(A, A′) → (B, B′)`, unfolded to `A ⊗ B′ → B ⊗ A′`: forward, then backward, joined by
 * the residual. Depth counts from the two of them.
 */
export function drawOptic(o: Optic, options: DrawingOptions = {}): string {
  const [forward, backward] = [box('forward', o.forward), box('backward', o.backward)]
  const term = diagram(product(o.dom, o.codBack), (x, algebra) => {
    const out = apply(forward, x.slice(0, o.dom.length), algebra)
    const m = out.slice(0, o.residual.length)
    return [...out.slice(o.residual.length), ...apply(backward, [...m, ...x.slice(o.dom.length)], algebra)]
  })
  return drawTerm(term, options)
}
