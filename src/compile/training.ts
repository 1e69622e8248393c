import { object, product, types, type Obj, type Type } from '../object/index.js'
import { broadcast, randomBits, reshape, slice } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { diagram, partsOf, walk, type BoxTerm, type Diagram, type Term } from '../term/index.js'
import { batchedBox, batchedPrimitive, checkBatch, type Flagged } from './batch.js'

/** The type of a key. */
const keyType: Type = { dtype: 'int32', shape: [2] }

/** The distinct boxes of a term that are other morphisms while a model learns. */
export function trainingBoxes(term: Term): readonly BoxTerm[] {
  const seen = new Set<Term>([term])
  for (const f of seen) for (const part of partsOf(f)) seen.add(part)
  return [...seen].flatMap((f) => (f.kind === 'box' && f.training !== undefined ? [f] : []))
}

/** The object of the key that the training reading of a term takes: int32[2], or I where it draws nothing. */
export function keyObject(term: Term): Obj {
  return object(trainingBoxes(term).some((b) => b.training?.key === true) ? [keyType] : [])
}

/** A wire of the training reading; `source` says which wire of the domain it is, where it is one. */
interface Read extends Flagged {
  readonly source?: number
}

/**
 * The training reading of a term `A → B`, `K ⊗ A → B ⊗ U`: the functor that replaces each box by what it is while a model
 * learns, on n examples, or on one without the axis of a batch where n is undefined. Wires of A for which `batched` is
 * true carry the axis, all of B does; U are the next values of the wires of A listed as `buffers`, each as its last box
 * leaves it. Boxes that draw split the key in the order in which they are run. A term without such boxes is read as by
 * `batch`. Throws where a box reads as a buffer what is not listed: `training: batchNorm reads as a buffer what is none`.
 */
export function training(
  n: number | undefined,
  term: Term,
  batched: readonly boolean[],
  buffers: readonly number[],
): Diagram {
  if (n !== undefined) checkBatch(n)
  const flagged = (i: number): boolean => n !== undefined && batched[i] === true
  const dom = object(
    types(term.dom).map((t, i): Type => (flagged(i) ? { dtype: t.dtype, shape: [n ?? 1, ...t.shape] } : t)),
  )
  const keys = keyObject(term)
  return diagram(product(keys, dom), (wires, algebra) => {
    const inputs = wires.slice(keys.length)
    const current = new Map(buffers.map((i) => [i, inputs[i] as Wire]))
    let key = wires[0]
    /** A key of its own for a box; another goes on. */
    const drawn = (): Wire => {
      const two = randomBits(key as Wire, [2, 2])
      const [next, own] = [0, 1].map((i) => reshape(slice(two, [i, 0], [1, 2]), [2]))
      key = next
      return own as Wire
    }
    const outs = walk<Read>(
      term,
      inputs.map((wire, i) => ({ wire, batched: flagged(i), source: i })),
      (leaf, given) => {
        if (leaf.kind === 'primitive') return batchedPrimitive(n ?? 1, leaf, given, algebra)
        if (leaf.training === undefined)
          return leaf.optic === undefined ? undefined : batchedBox(n ?? 1, leaf, leaf.optic, given, algebra)
        const sources = leaf.training.buffers.map((i) => bufferOf(leaf, given[i], current))
        const at = given.map(({ wire, source }) => (source === undefined ? undefined : current.get(source)) ?? wire)
        const { outputs, buffers: next } = leaf.training.read(at, leaf.training.key ? drawn() : undefined)
        for (const [i, source] of sources.entries()) current.set(source, next[i] as Wire)
        const many = given.some((g) => g.batched)
        return outputs.map((wire) => ({ wire, batched: many }))
      },
    )
    const answered = outs.map(({ wire, batched: has }) =>
      n === undefined || has ? wire : broadcast(wire, [0], [n, ...wire.type.shape]),
    )
    return [...answered, ...current.values()]
  })
}

/** The position in the domain of a buffer that a box reads. */
function bufferOf(box: BoxTerm, given: Read | undefined, current: ReadonlyMap<number, Wire>): number {
  if (given?.source === undefined || !current.has(given.source))
    throw new TypeError(`training: ${box.name} reads as a buffer what is none`)
  return given.source
}
