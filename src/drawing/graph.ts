import { showObject, showType, types } from '../object/index.js'
import type { Attributes } from '../structure/index.js'
import { expand, showOperation, type BoxTerm, type Diagram, type PrimitiveTerm, type Term } from '../term/index.js'

/** A box as it is drawn: name, attributes, and the whole of both as a tooltip. */
export interface Node {
  readonly kind: 'box' | 'primitive' | 'constant'
  readonly label: string
  readonly detail: string
  readonly title: string
  readonly inputs: readonly number[]
  readonly outputs: number
}
/** Boxes and wires; wires are numbered as in a diagram. */
export interface Graph {
  readonly inputs: number
  readonly nodes: readonly Node[]
  readonly outs: readonly number[]
  /** The type of each wire. */
  readonly wires: readonly string[]
}

/** A term as boxes and wires: composites are dissolved, named boxes are opened down to a depth. */
export function graphOf(term: Term, depth: number): Graph {
  let program: Diagram = expand(term, () => true)
  for (let level = 0; level < depth && program.boxes.some(({ term: t }) => t.kind === 'box'); level++)
    program = expand(
      { ...program, boxes: program.boxes.map((b) => (b.term.kind === 'box' ? { ...b, term: b.term.body } : b)) },
      () => true,
    )
  const wires = types(program.dom).map(showType)
  const nodes = program.boxes.map(({ term: t, inputs }): Node => {
    for (const type of types(t.cod)) wires.push(showType(type))
    return { ...describe(t as PrimitiveTerm | BoxTerm), inputs, outputs: t.cod.length }
  })
  return { inputs: program.dom.length, nodes, outs: program.outs, wires }
}

function describe(leaf: PrimitiveTerm | BoxTerm): Pick<Node, 'kind' | 'label' | 'detail' | 'title'> {
  const boundary = `${showObject(leaf.dom)} → ${showObject(leaf.cod)}`
  if (leaf.kind === 'box')
    return { kind: 'box', label: cut(leaf.name, 32), detail: '', title: `${leaf.name} : ${boundary}` }
  const { name } = leaf.operation
  const title = `${showOperation(name, leaf.attributes)} : ${boundary}`
  const { value } = leaf.attributes
  if (name === 'constant' && typeof value === 'number')
    return { kind: 'constant', label: short(value), detail: '', title }
  return { kind: 'primitive', label: name, detail: detailOf(leaf.attributes), title }
}

/** `ij,jk→ik` of a contraction, else the values of the attributes. */
function detailOf(attributes: Attributes): string {
  const { left, right, out } = attributes
  if (typeof left === 'string' && typeof right === 'string' && typeof out === 'string') return `${left},${right}→${out}`
  const values = Object.values(attributes).map((v) =>
    typeof v === 'number' ? short(v) : typeof v === 'object' ? JSON.stringify(v) : String(v),
  )
  return cut(values.join(' '), 18)
}

/** A number in at most seven digits. */
const short = (n: number): string => String(Number(n.toPrecision(7)))

/** A text of at most n characters. */
export function cut(text: string, n: number): string {
  const all = [...text]
  return all.length <= n ? text : `${all.slice(0, n - 1).join('')}…`
}
