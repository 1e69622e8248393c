import { showType, types, type Type } from '../object/index.js'
import type { PrimitiveName } from '../primitive/index.js'
import type { Attributes, Wire } from '../structure/index.js'
import { diagram, flatten, walk, type Flat, type PrimitiveTerm, type Term } from '../term/index.js'
import { BackendError } from './backend.js'

/** What a backend does with a primitive: a kernel of its own, a term over other primitives, or a reason why not. */
export type Entry<K> = { readonly kernel: K } | { readonly lower: Lowering } | { readonly unsupported: string }
/** The primitive as other primitives, over wires. */
export type Lowering = (attributes: Attributes, inputs: readonly Wire[]) => readonly Wire[]

/** The table of a backend, exhaustive: a new primitive stops it from compiling. An entry may look at the operands' types. */
export type Table<K> = {
  readonly [P in PrimitiveName]: Entry<K> | ((dom: readonly Type[], attributes: Attributes) => Entry<K>)
}

/** The entry of a table for a primitive at its domain. */
export function entryOf<K>(table: Table<K>, leaf: PrimitiveTerm): Entry<K> {
  const entry = table[leaf.operation.name as PrimitiveName]
  return typeof entry === 'function' ? entry(types(leaf.dom), leaf.attributes) : entry
}

/**
 * A program in which every primitive has a kernel: lowerings are applied until none is left. Throws a BackendError that
 * lists all that is unsupported.
 */
export function lower<K>(program: Flat, table: Table<K>, backend: string): Flat {
  const missing = new Set<string>()
  let current = program
  for (let round = 0; round < 8; round++) {
    const lowered = current.boxes.some(({ term }) => 'lower' in entryOf(table, term))
    const next: Term = diagram(current.dom, (inputs, algebra) =>
      walk<Wire>(current, inputs, (leaf, given) => {
        if (leaf.kind === 'box') return undefined
        const entry = entryOf(table, leaf)
        if ('lower' in entry) return entry.lower(leaf.attributes, given)
        if ('unsupported' in entry) missing.add(describe(leaf, entry.unsupported))
        return algebra.op(leaf.operation, leaf.attributes, given)
      }),
    )
    if (missing.size > 0) throw new BackendError(`${backend}: ${[...missing].join('; ')}`)
    if (!lowered) return current
    current = flatten(next)
  }
  throw new BackendError(`${backend}: the lowerings of its table do not end`)
}

function describe(leaf: PrimitiveTerm, reason: string): string {
  const dtypes = new Set([...types(leaf.dom), ...types(leaf.cod)].map((t) => t.dtype))
  const where = types(leaf.dom).map(showType).join(' ⊗ ')
  return `"${leaf.operation.name}" is unsupported at dtype ${[...dtypes].join(', ')} (${where === '' ? 'I' : where}): ${reason}`
}
