/**
 * Terms as files. A term is a graph of shared sub-terms; its document is that graph as a flat table of nodes, each of which
 * names only nodes before it, so that one weight or one block used in a hundred places stands there once. Laws:
 * `decodeTerm(encodeTerm(f)) = f` structurally, nesting included; what is sharing in f, or equal in it, is sharing after.
 *
 *     termToJson(identity(objectOf([[2]])))
 *     // right: {"format":"paralens/term","version":1,"types":[{"dtype":"float32","shape":[2]}],
 *     //         "nodes":[{"kind":"diagram","dom":[0],"boxes":[],"outs":[0]}],"root":0}
 */
export type { TermCodecError, TermDocument, TermNode } from './term-document.js'
export { encodeTerm, termToJson, type EncodeOptions } from './term-encode.js'
export { decodeTerm, termFromJson } from './term-decode.js'
