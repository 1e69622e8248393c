import type { Term } from '../term/index.js'
import { cut, graphOf } from './graph.js'
import { layered } from './layer.js'
import { placed } from './place.js'
import { svg } from './svg.js'

/** How a term is drawn. */
export interface DrawingOptions {
  /** How many levels of named boxes are opened; 0 draws them closed, `Infinity` draws primitives only. Default 0. */
  readonly depth?: number
  /** Most wires that are labelled with their types; above, only those of the boundary are. Default 300. */
  readonly labels?: number
  /** Names of the domain's wires, in order, before their types. */
  readonly inputs?: readonly string[]
  /** Names of the codomain's wires, in order. */
  readonly outputs?: readonly string[]
  /** The accessible title of the picture. */
  readonly title?: string
}

/**
 * The string diagram of a term as an SVG document, from left to right: boxes in columns, wires with their types, copies
 * as dots, discards as circles (A. Joyal, R. Street, "The geometry of tensor calculus I", 1991). The same term gives the
 * same text. Throws a RangeError where it is too large to be drawn.
 */
export function drawTerm(term: Term, options: DrawingOptions = {}): string {
  const { depth = 0, labels = 300, inputs = [], outputs = [], title = 'string diagram' } = options
  const graph = graphOf(term, depth)
  const all = graph.wires.length <= labels
  const named = (name: string | undefined, type: string): string =>
    name === undefined ? type : `${cut(name, 24)} ${type}`
  const labelOf = (wire: number): string => {
    const type = cut(graph.wires[wire] ?? '', 20)
    return wire < graph.inputs ? named(inputs[wire], type) : all ? type : ''
  }
  const ends = graph.outs.map((wire, i) => named(outputs[i], cut(graph.wires[wire] ?? '', 20)))
  return svg(placed(layered(graph), labelOf), labelOf, ends, title)
}
