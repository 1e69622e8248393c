import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { excerpt } from '../data/excerpt.js'
import { types, type Type } from '../object/index.js'
import type { Term } from '../term/index.js'
import { duplicateKey } from './duplicate-key.js'
import { envelope, nodeRows, typeRow, version, type TermCodecError, type TermNode } from './term-document.js'
import { meter, typeFault } from './term-limit.js'
import { fail, read, resolve, show } from './term-node.js'

/**
 * The term of a document's JSON value, checked throughout: what is read is a term that the constructors would have built.
 * Left, with the place and what was needed, on another format or version, unknown primitives and dtypes, attributes that
 * are not those of the primitive, nodes that are not before their readers (so there are no cycles), boundaries that do not
 * match, and sizes beyond 64 axes, 2⁵³ − 1 entries, a million wires, or 8 million nodes and wires once every shared node
 * stands in each of its places. Nothing recurses on the depth of the term.
 */
export function decodeTerm(json: unknown): E.Either<TermCodecError, Term> {
  const head = t.UnknownRecord.is(json) ? json : {}
  if (head.format !== 'paralens/term') return fail('format', `is ${show(head.format)}, needs "paralens/term"`)
  if (head.version !== version) return fail('version', `is ${show(head.version)}, needs ${version}`)
  const document = read(envelope, json, '')
  if (E.isLeft(document)) return document
  const known: Type[] = []
  for (const [i, row] of document.right.types.entries()) {
    const type = read(typeRow, row, `types[${i}]`)
    if (E.isLeft(type)) return type
    const fault = typeFault(type.right)
    if (fault !== undefined) return fail(`types[${i}]`, fault)
    known.push(type.right)
  }
  const terms: Term[] = []
  const limit = meter()
  for (const [i, row] of document.right.nodes.entries()) {
    const at = `nodes[${i}]`
    const node = readNode(row, at)
    if (E.isLeft(node)) return node
    const resolved = resolve(node.right, at, terms, known)
    if (E.isLeft(resolved)) return resolved
    const { own, parts, build } = resolved.right
    const large = limit.fault(node.right.kind, own, parts)
    if (large !== undefined) return fail(at, large)
    const term = E.tryCatch(build, (e) => (e instanceof Error ? e.message : String(e)))
    if (E.isLeft(term)) return fail(at, `is not a term: ${term.left}`)
    const fault =
      node.right.kind === 'primitive'
        ? types(term.right.cod)
            .map(typeFault)
            .find((f) => f !== undefined)
        : undefined
    if (fault !== undefined) return fail(at, fault)
    limit.place(term.right)
    terms.push(term.right)
  }
  const root = terms[document.right.root]
  return root === undefined
    ? fail('root', `is ${document.right.root}, needs one of the ${terms.length} nodes`)
    : E.right(root)
}

/** The term of a JSON text: {@link decodeTerm} of its value. Left also on what is not JSON, and on keys that occur twice. */
export function termFromJson(text: string): E.Either<TermCodecError, Term> {
  const json: E.Either<string, unknown> = E.tryCatch(
    () => JSON.parse(text) as unknown,
    () => `of ${text.length} characters is not JSON`,
  )
  if (E.isLeft(json)) return fail('', json.left)
  const twice = duplicateKey(text)
  return twice === null ? decodeTerm(json.right) : fail('', `has the key ${excerpt(twice)} twice`)
}

function readNode(row: unknown, at: string): E.Either<TermCodecError, TermNode> {
  const kinds = Object.keys(nodeRows) as TermNode['kind'][]
  const given = t.UnknownRecord.is(row) ? row.kind : undefined
  const kind = kinds.find((k) => k === given)
  if (kind === undefined) return fail(`${at}.kind`, `is ${show(given)}, needs one of ${kinds.join(', ')}`)
  return read<TermNode>(nodeRows[kind], row, at)
}
