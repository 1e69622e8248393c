import * as t from 'io-ts'
import type { Dtype } from '../object/index.js'
import { dtype, shape } from './attribute.js'
import { exact, list, natural } from './exact.js'

/** The version that is written, and the only one that is read. */
export const version = 1

/** A node of the table; nodes are named by their places, and a node names only nodes before it. */
export type TermNode =
  | {
      readonly kind: 'primitive'
      readonly name: string
      readonly attributes: unknown
      /** Places in the table of types. */
      readonly dom: readonly number[]
    }
  | { readonly kind: 'compose' | 'tensor'; readonly parts: readonly number[] }
  | {
      readonly kind: 'diagram'
      readonly dom: readonly number[]
      /** The node of a box, then the wires that it reads. */
      readonly boxes: readonly (readonly number[])[]
      readonly outs: readonly number[]
    }
  | { readonly kind: 'box'; readonly name: string; readonly body: number }

/** A term as a JSON value: a flat table of its distinct sub-terms, and one of the types that occur. */
export interface TermDocument {
  readonly format: 'paralens/term'
  readonly version: typeof version
  readonly types: readonly { readonly dtype: Dtype; readonly shape: readonly number[] }[]
  readonly nodes: readonly TermNode[]
  /** The node that is the term. */
  readonly root: number
}

/** A term that has no encoding, or a value that encodes none. */
export interface TermCodecError {
  readonly kind: 'term'
  readonly message: string
  /** Where, such as `nodes[3].parts[0]`; empty where the whole is meant. */
  readonly path: string
}

const places = list(natural)
/** The codec of a document without its tables, whose rows are read one by one. */
export const envelope: t.Type<{ readonly types: readonly unknown[]; readonly nodes: readonly unknown[]; readonly root: number }> = exact({
  format: t.unknown,
  version: t.unknown,
  types: t.UnknownArray,
  nodes: t.UnknownArray,
  root: natural,
})
/** The codec of a row of the table of types. */
export const typeRow = exact({ dtype, shape })

const kind = t.unknown
/** The codecs of the rows of the table of nodes, by kind. */
export const nodeRows = {
  primitive: exact({ kind, name: t.string, attributes: t.unknown, dom: places }),
  compose: exact({ kind, parts: places }),
  tensor: exact({ kind, parts: places }),
  diagram: exact({ kind, dom: places, boxes: list(places), outs: places }),
  box: exact({ kind, name: t.string, body: natural }),
}
