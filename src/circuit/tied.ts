import { object, product, type Type } from '../object/index.js'
import { scanTerm } from '../optic/index.js'
import { concat, constant, slice } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { apply, diagram, type Term } from '../term/index.js'
import { lookup } from './lookup.js'

const vector = (n: number): Type => ({ dtype: 'float32', shape: [n] })

/** `table ⊗ state ⊗ x → state ⊗ y`, one look-up whose first outputs are the next state; y is absent where it has no bits. */
function cellTerm(state: number, inputs: number, outputs: number): Term {
  const model = lookup(state + inputs, state + outputs)
  const table = object(model.parameters.map((p) => p.type))
  return diagram(product(table, object([vector(state), vector(inputs)])), (wires, algebra) => {
    const [values, s, x] = wires as [Wire, Wire, Wire]
    const [row] = apply(model.term, [values, concat([s, x], 0)], algebra) as [Wire]
    return outputs === 0 ? [row] : [slice(row, [0], [state]), slice(row, [state], [outputs])]
  })
}

/** The cell over n rows from a state of zeros, all that it answers: the last state, and rows where there are outputs. */
export function tied(n: number, state: number, inputs: number, outputs: number): Term {
  const table: Type = { dtype: 'float32', shape: [2 ** (state + inputs), state + outputs] }
  const cells = scanTerm(n, object([table]), object([vector(state)]), cellTerm(state, inputs, outputs))
  return diagram(object([table, { dtype: 'float32', shape: [n, inputs] }]), ([values, rows], algebra) =>
    apply(cells, [values as Wire, constant(algebra, 0, 'float32', [state]), rows as Wire], algebra),
  )
}
