import type { Algebra, Wire } from '../structure/index.js'
import { diagram, flatten, type Flat, type PrimitiveTerm } from '../term/index.js'
import { walk } from '../term/index.js'

/** How a wire of the program being rewritten was made. */
export interface Definition {
  readonly name: string
  readonly attributes: PrimitiveTerm['attributes']
  readonly inputs: readonly Wire[]
}

/** What a rule sees: the operation, its operands, and how they were made. */
export interface Redex extends Definition {
  readonly leaf: PrimitiveTerm
  readonly algebra: Algebra
  readonly made: (wire: Wire) => Definition | undefined
}

/** An equation used from left to right, with the law it rests on. It answers undefined where it does not apply. */
export interface Rule {
  readonly name: string
  readonly law: string
  readonly apply: (redex: Redex) => Wire | undefined
}

/**
 * The program rewritten by the first rule that applies at each line, in program order, until no rule applies (at most
 * `rounds` times). Rules hold in programs, after R: they are equations between functions, not always between terms.
 */
export function rewrite(program: Flat, rules: readonly Rule[], rounds = 8): Flat {
  let current = program
  for (let round = 0; round < rounds; round++) {
    const { next, changed } = once(current, rules)
    if (!changed) return current
    current = next
  }
  return current
}

function once(program: Flat, rules: readonly Rule[]): { readonly next: Flat; readonly changed: boolean } {
  const definitions = new Map<Wire, Definition>()
  let changed = false
  const made = (w: Wire): Definition | undefined => definitions.get(w)
  const term = diagram(program.dom, (inputs, given) => {
    const algebra = recording(given, definitions)
    return walk<Wire>(program, inputs, (leaf, operands) => {
      if (leaf.kind === 'box') return undefined
      const definition: Definition = { name: leaf.operation.name, attributes: leaf.attributes, inputs: operands }
      const redex: Redex = { ...definition, leaf, algebra, made }
      for (const rule of rules) {
        const out = rule.apply(redex)
        if (out !== undefined) {
          changed = true
          return [out]
        }
      }
      // The line as it stands, whose types are known.
      const outs = given.box(leaf, operands)
      for (const w of outs) definitions.set(w, definition)
      return outs
    })
  })
  return { next: flatten(term), changed }
}

/** The algebra, remembering how each wire is made; wires keep the algebra of the diagram. */
function recording(algebra: Algebra, definitions: Map<Wire, Definition>): Algebra {
  return {
    op(operation, attributes, inputs) {
      const outs = algebra.op(operation, attributes, inputs)
      for (const w of outs) definitions.set(w, { name: operation.name, attributes, inputs })
      return outs
    },
    box: (morphism, inputs) => algebra.box(morphism, inputs),
  }
}
