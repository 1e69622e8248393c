import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import { encodeTerm, termFromJson, termToJson, type TermCodecError, type TermDocument } from '../../src/codec/index.js'
import { objectOf, sameObject } from '../../src/object/index.js'
import { contract, exp } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { box, compose, diagram, identity, tensor, type Term } from '../../src/term/index.js'

export const right = <T>(e: E.Either<TermCodecError, T>): T => {
  if (E.isLeft(e)) throw new Error(e.left.message)
  return e.right
}
export const left = (e: E.Either<TermCodecError, unknown>): TermCodecError => {
  if (E.isRight(e)) throw new Error('it was read')
  return e.left
}
export const again = (f: Term): Term => right(termFromJson(right(termToJson(f))))

/** Where two terms differ as structures, nesting, names and sharing included; without recursion. */
export function difference(f: Term, g: Term): string | undefined {
  const pairs = new Map<Term, Term>()
  const stack: [Term, Term][] = [[f, g]]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const [a, b] = top
    const before = pairs.get(a)
    if (before !== undefined) {
      if (before !== b) return 'what is shared became two'
      continue
    }
    pairs.set(a, b)
    if (a.kind !== b.kind || !sameObject(a.dom, b.dom) || !sameObject(a.cod, b.cod)) return `${a.kind} and ${b.kind}`
    if (a.kind === 'primitive' && b.kind === 'primitive') {
      expect(b.attributes).toEqual(a.attributes)
      if (a.operation !== b.operation) return a.operation.name
    } else if ((a.kind === 'compose' && b.kind === 'compose') || (a.kind === 'tensor' && b.kind === 'tensor')) {
      if (a.parts.length !== b.parts.length) return 'the number of parts'
      for (const [i, part] of a.parts.entries()) stack.push([part, b.parts[i] as Term])
    } else if (a.kind === 'diagram' && b.kind === 'diagram') {
      if (a.outs.join() !== b.outs.join() || a.boxes.length !== b.boxes.length) return 'the wires'
      for (const [i, placed] of a.boxes.entries()) {
        if (placed.inputs.join() !== b.boxes[i]?.inputs.join()) return 'the wires of a box'
        stack.push([placed.term, (b.boxes[i] as typeof placed).term])
      }
    } else if (a.kind === 'box' && b.kind === 'box') {
      if (a.name !== b.name || (a.optic === undefined) !== (b.optic === undefined)) return a.name
      stack.push([a.body, b.body])
    }
  }
  return undefined
}

/** A document that is fine, to be broken. */
export const layer = box(
  'layer',
  diagram(objectOf([[2, 3], [3]]), ([w, x]) => [
    exp(contract(w as Wire, x as Wire, { left: 'ij', right: 'j', out: 'i' })),
  ]),
)
export const model = compose(
  tensor(identity(objectOf([[2, 2]])), layer),
  diagram(objectOf([[2, 2], [2]]), ([w, x]) => [contract(w as Wire, x as Wire, { left: 'ij', right: 'j', out: 'i' })]),
)
export const document = (): TermDocument => right(encodeTerm(model))
