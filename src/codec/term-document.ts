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
  | { readonly kind: 'compose'; readonly parts: readonly number[] }
  | { readonly kind: 'tensor'; readonly parts: readonly number[] }
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
export const envelope: t.Decoder<
  unknown,
  Pick<TermDocument, 'root'> & { readonly types: readonly unknown[]; readonly nodes: readonly unknown[] }
> = exact({ format: t.unknown, version: t.unknown, types: list(t.unknown), nodes: list(t.unknown), root: natural })

/** The codec of a row of the table of types. */
export const typeRow: t.Type<TermDocument['types'][number]> = exact({ dtype, shape })

const kind = <K extends TermNode['kind']>(name: K): t.Type<K> => t.literal(name)
/** The codecs of the rows of the table of nodes. */
export const nodeRows: { readonly [K in TermNode['kind']]: t.Decoder<unknown, Extract<TermNode, { kind: K }>> } = {
  primitive: exact({ kind: kind('primitive'), name: t.string, attributes: t.unknown, dom: places }),
  compose: exact({ kind: kind('compose'), parts: places }),
  tensor: exact({ kind: kind('tensor'), parts: places }),
  diagram: exact({ kind: kind('diagram'), dom: places, boxes: list(places), outs: places }),
  box: exact({ kind: kind('box'), name: t.string, body: natural }),
}
