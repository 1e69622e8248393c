import * as E from 'fp-ts/lib/Either.js'
import { excerpt } from '../data/excerpt.js'
import { types, type Obj, type Type } from '../object/index.js'
import { primitives } from '../primitive/index.js'
import { partsOf, type Term } from '../term/index.js'
import { attributes } from './attribute.js'
import { version, type TermCodecError, type TermDocument, type TermNode } from './term-document.js'
import { meter, ownWires, typeFault, type Meter } from './term-limit.js'
import { isPrimitive } from './term-node.js'

/** What becomes of boxes with an optic or a training reading of their own, which are functions and have no encoding. */
export interface EncodeOptions {
  /** `refuse`: they are an error. `drop`: only the expansion is written, whose optic by law is the same. Default `refuse`. */
  readonly optics?: 'refuse' | 'drop'
  /** `refuse`: training readings are an error. `drop`: what is written is what the model predicts by. Default `refuse`. */
  readonly training?: 'refuse' | 'drop'
}

/**
 * The document of a term. Equal sub-terms and types stand in it once, so that its size is that of the term as a graph,
 * not as a tree. Left on operations that are not of `primitives`, and on boxes with an optic or a training
 * reading of their own.
 */
export function encodeTerm(term: Term, options: EncodeOptions = {}): E.Either<TermCodecError, TermDocument> {
  const nodes = table<TermNode>()
  const kinds = table<TermDocument['types'][number]>()
  const known = new Map<Term, number>()
  const limit = meter()
  const place = (t: Term): number => known.get(t) ?? 0
  const dom = (a: Obj): number[] => types(a).map((t: Type) => kinds.place({ dtype: t.dtype, shape: t.shape }))
  const stack: { readonly term: Term; entered: boolean }[] = [{ term, entered: false }]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (!top.entered && !known.has(top.term)) {
      top.entered = true
      for (const part of partsOf(top.term)) if (!known.has(part)) stack.push({ term: part, entered: false })
      continue
    }
    stack.pop()
    if (known.has(top.term)) continue
    const node = nodeOf(top.term, place, dom, options)
    if (E.isLeft(node)) return node
    const before = nodes.rows.length
    known.set(top.term, nodes.place(node.right))
    const fault = nodes.rows.length === before ? undefined : faultOf(top.term, limit)
    if (fault !== undefined) return fail(`a ${top.term.kind} ${fault}`)
    limit.place(top.term)
  }
  return E.right({ format: 'paralens/term', version, types: kinds.rows, nodes: nodes.rows, root: place(term) })
}

/** The document of a term as JSON text. */
export function termToJson(term: Term, options: EncodeOptions = {}): E.Either<TermCodecError, string> {
  return E.map((document: TermDocument) => JSON.stringify(document))(encodeTerm(term, options))
}

/** Rows, each kept once. */
function table<R>(): { readonly rows: R[]; place(row: R): number } {
  const rows: R[] = []
  const known = new Map<string, number>()
  const place = (row: R): number => {
    const key = JSON.stringify(row)
    const at = known.get(key) ?? rows.length
    if (at === rows.length) {
      rows.push(row)
      known.set(key, at)
    }
    return at
  }
  return { rows, place }
}

/** Why a node is not written, though it is a term: what the decoder would refuse. */
function faultOf(term: Term, limit: Meter): string | undefined {
  const large = limit.fault(term.kind, ownWires(term), partsOf(term))
  if (large !== undefined || (term.kind !== 'primitive' && term.kind !== 'diagram')) return large
  return [...types(term.dom), ...(term.kind === 'primitive' ? types(term.cod) : [])]
    .map(typeFault)
    .find((f) => f !== undefined)
}

function nodeOf(
  term: Term,
  place: (t: Term) => number,
  dom: (a: Obj) => number[],
  { optics, training }: EncodeOptions,
): E.Either<TermCodecError, TermNode> {
  switch (term.kind) {
    case 'primitive': {
      const { name } = term.operation
      if (!isPrimitive(name) || primitives[name] !== term.operation)
        return fail(`the operation ${excerpt(name)} is not one of the primitives`)
      const codec = attributes[name]
      if (!codec.is(term.attributes))
        return fail(`the attributes ${excerpt(JSON.stringify(term.attributes))} of ${name} are not ${codec.name}`)
      return E.right({ kind: 'primitive', name, attributes: codec.encode(term.attributes), dom: dom(term.dom) })
    }
    case 'compose':
    case 'tensor':
      return E.right({ kind: term.kind, parts: term.parts.map(place) })
    case 'diagram':
      return E.right({
        kind: 'diagram',
        dom: dom(term.dom),
        boxes: term.boxes.map((b) => [place(b.term), ...b.inputs]),
        outs: term.outs,
      })
    case 'box':
      if (term.optic !== undefined && optics !== 'drop')
        return fail(
          `the box ${excerpt(term.name)} has an optic of its own, which is a function; encode with { optics: 'drop' } to write its expansion only`,
        )
      if (term.training !== undefined && training !== 'drop')
        return fail(
          `the box ${excerpt(term.name)} has a training reading of its own, which is a function; encode with { training: 'drop' } to write what it predicts by only`,
        )
      return E.right({ kind: 'box', name: term.name, body: place(term.body) })
  }
}

function fail(reason: string): E.Either<TermCodecError, never> {
  return E.left({ kind: 'term', message: `encodeTerm: ${reason}`, path: '' })
}
