import { showType, types } from '../object/index.js'
import type { Attributes } from '../structure/index.js'
import { flatten } from './flatten.js'
import type { Term } from './term.js'

/** `contract ij,jk→ik`, `sum 0`, `constant 0.5`: an operation with its attributes, short. */
export function showOperation(name: string, attributes: Attributes): string {
  const values = Object.values(attributes).map((v) => (typeof v === 'object' ? JSON.stringify(v) : String(v)))
  return [name, ...values].join(' ')
}

/** A term as a straight-line program, one line a primitive: `x2 = add(x0, x1) : [3]`. */
export function show(term: Term): string {
  const program = flatten(term)
  const dom = types(program.dom).map((t, i) => `x${i} : ${showType(t)}`)
  const lines = program.boxes.map(({ term: leaf, inputs, first }) => {
    const outs = types(leaf.cod)
    const names = outs.map((_, i) => `x${first + i}`).join(', ')
    const operands = inputs.map((i) => `x${i}`).join(', ')
    return `  ${names} = ${showOperation(leaf.operation.name, leaf.attributes)}(${operands}) : ${outs.map(showType).join(' ⊗ ')}`
  })
  return [`(${dom.join(', ')}) ↦`, ...lines, `  (${program.outs.map((i) => `x${i}`).join(', ')})`].join('\n')
}
