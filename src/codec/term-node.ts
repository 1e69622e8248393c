import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { excerpt } from '../data/excerpt.js'
import { object, type Type } from '../object/index.js'
import { primitives, type PrimitiveName } from '../primitive/index.js'
import { box, parallel, primitive, sequential, wired, type Term } from '../term/index.js'
import { attributes } from './attribute.js'
import type { TermCodecError, TermNode } from './term-document.js'

/** A node whose references are resolved: what the meter asks, and its term, whose constructors throw. */
export interface Resolved {
  readonly own: number
  readonly parts: readonly Term[]
  build(): Term
}

/** A node with the types and the nodes before it in place of their numbers. */
export function resolve(
  node: TermNode,
  at: string,
  terms: readonly Term[],
  known: readonly Type[],
): E.Either<TermCodecError, Resolved> {
  switch (node.kind) {
    case 'primitive': {
      const dom = pick(known, node.dom, (i) => `${at}.dom[${i}]`, 'types')
      if (E.isLeft(dom)) return dom
      const { name } = node
      if (!isPrimitive(name)) return fail(`${at}.name`, `is ${excerpt(name)}, needs the name of a primitive`)
      const given = read(attributes[name], node.attributes, `${at}.attributes`)
      if (E.isLeft(given)) return given
      const build = (): Term => primitive(primitives[name], given.right, object(dom.right))
      return E.right({ own: dom.right.length, parts: [], build })
    }
    case 'compose':
    case 'tensor': {
      const parts = pick(terms, node.parts, (i) => `${at}.parts[${i}]`, 'nodes before it')
      if (E.isLeft(parts)) return parts
      if (parts.right.length === 0) return fail(`${at}.parts`, 'is empty, needs at least one node')
      const [first] = parts.right as [Term]
      const alone: Term = { kind: node.kind, dom: first.dom, cod: first.cod, parts: parts.right }
      const join = node.kind === 'compose' ? sequential : parallel
      return E.right({
        own: 0,
        parts: parts.right,
        build: () => (parts.right.length === 1 ? alone : join(parts.right)),
      })
    }
    case 'diagram': {
      const dom = pick(known, node.dom, (i) => `${at}.dom[${i}]`, 'types')
      if (E.isLeft(dom)) return dom
      const empty = node.boxes.findIndex((row) => row.length === 0)
      if (empty >= 0) return fail(`${at}.boxes[${empty}]`, 'is empty, needs a node and the wires that it reads')
      const parts = pick(
        terms,
        node.boxes.map(([id = 0]) => id),
        (i) => `${at}.boxes[${i}][0]`,
        'nodes before it',
      )
      if (E.isLeft(parts)) return parts
      const boxes = node.boxes.map(([, ...inputs], i) => ({ term: parts.right[i] as Term, inputs }))
      const own = dom.right.length + node.outs.length
      return E.right({ own, parts: parts.right, build: () => wired(object(dom.right), boxes, node.outs) })
    }
    case 'box': {
      const body = pick(terms, [node.body], () => `${at}.body`, 'nodes before it')
      if (E.isLeft(body)) return body
      const [f] = body.right as [Term]
      return E.right({ own: 0, parts: body.right, build: () => box(node.name, f) })
    }
  }
}

function pick<R>(
  rows: readonly R[],
  ids: readonly number[],
  where: (i: number) => string,
  what: string,
): E.Either<TermCodecError, R[]> {
  const out: R[] = []
  for (const [i, id] of ids.entries()) {
    const row = rows[id]
    if (row === undefined) return fail(where(i), `is ${id}, needs one of the ${rows.length} ${what}`)
    out.push(row)
  }
  return E.right(out)
}

/** Whether a name is that of a primitive. */
export function isPrimitive(name: string): name is PrimitiveName {
  return Object.hasOwn(primitives, name)
}

/** A value by an io-ts codec, with the place of its first error. */
export function read<A>(codec: t.Decoder<unknown, A>, value: unknown, at: string): E.Either<TermCodecError, A> {
  const result = codec.decode(value)
  if (E.isRight(result)) return result
  const [error] = result.left
  const path = (error?.context ?? [])
    .slice(1)
    .reduce((p, { key }) => p + (/^\d+$/.test(key) ? `[${key}]` : p === '' ? key : `.${key}`), at)
  return fail(
    path,
    error?.message ?? `is ${show(error?.value)}, needs ${error?.context.at(-1)?.type.name ?? 'another value'}`,
  )
}

/** Left at a place of the document. */
export function fail(path: string, reason: string): E.Either<TermCodecError, never> {
  return E.left({ kind: 'term', message: `decodeTerm: ${path === '' ? 'the document' : path} ${reason}`, path })
}

/** A value from outside, short. */
export function show(u: unknown): string {
  if (typeof u === 'string') return excerpt(u)
  if (typeof u === 'object' && u !== null) return Array.isArray(u) ? `a list of ${u.length}` : 'an object'
  return String(u)
}
