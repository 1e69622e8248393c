import { size } from '../../../object/index.js'
import { viewsOf, type Node } from '../lower/node.js'
import type { View } from '../lower/view.js'
import type { Chosen } from '../pass.js'
import type { Group, Grouping } from './group.js'

/** Bytes after every array, so that any vector may be loaded and flat loops may write whole vectors. */
const padding = 128
const aligned = (bytes: number, to = 64): number => Math.ceil(bytes / to) * to

/** Bytes of an array of a node in memory: four an entry, eight of a float64. */
export function bytesOfNode({ dtype, shape }: Pick<Node, 'dtype' | 'shape'>): number {
  return size(shape) * (dtype === 'float64' ? 8 : 4)
}
/** The room that an array takes: its bytes and what may be read and written behind it. */
export function roomOf(node: Pick<Node, 'dtype' | 'shape'>): number {
  return aligned(bytesOfNode(node) + padding)
}

/** Where every array is, and what has to be copied at the end because it could not be made in its place. */
export interface Plan {
  readonly grouping: Grouping
  /** Addresses in bytes, by node; of an array that is kept nowhere, none. */
  readonly address: ReadonlyMap<number, number>
  /** Nodes whose array is written: outputs, and what another group reads. */
  readonly kept: ReadonlySet<number>
  /** Nodes whose array is written over what the same group reads. */
  readonly inPlace: ReadonlySet<number>
  readonly copies: readonly { readonly from: number; readonly to: number; readonly bytes: number }[]
  /** The first byte behind all arrays. */
  readonly end: number
}

/** An input that an output replaces, at its address. */
export interface Owned {
  readonly input: number
  readonly output: number
  readonly address: number
}

/**
 * Addresses by lifetimes in group numbers, first fit. Outputs of owned inputs are made in their place where no later
 * group reads what was there; else they are copied at the end.
 */
export function planBuffers(grouping: Grouping, begin: number, owned: readonly Owned[], on: Chosen): Plan {
  const { program, groups, at, inlined } = grouping
  const { nodes, inputs, outs } = program
  const outputs = new Set(outs)
  const readers = readersOf(grouping)
  const address = new Map<number, number>()
  let top = aligned(begin)
  const ownedInputs = new Map(owned.map((o) => [o.input, o.address]))
  for (const [i, node] of inputs.entries()) {
    if (node < 0) continue
    const given = ownedInputs.get(i)
    if (given === undefined) {
      address.set(node, top)
      top += roomOf(nodes[node] as Node)
    } else address.set(node, given)
  }
  const kept = keptNodes(grouping, readers)
  const copies: { from: number; to: number; bytes: number }[] = []
  const inPlace = new Set<number>()
  const later: { readonly node: number; readonly to: number }[] = []
  for (const { input, output, address: place } of owned) {
    const [p, o] = [inputs[input] ?? -1, outs[output] ?? -1]
    if (o < 0 || o === p) continue
    const k = at[o] ?? -1
    const group = groups[k]
    const free =
      on.inPlace &&
      group !== undefined &&
      !address.has(o) &&
      [...(readers[p] ?? [])].every((r) => r < k || (r === k && mayOverwrite(nodes, group, o, p, inlined)))
    if (free) {
      address.set(o, place)
      if (readers[p]?.has(k) === true) inPlace.add(o)
    } else later.push({ node: o, to: place })
  }
  const begun = top
  /** What has a place, by address. */
  const live: { readonly a: number; readonly length: number; readonly from: number; readonly to: number }[] = []
  for (const [i, node] of nodes.entries()) {
    if (!kept.has(i) || address.has(i)) continue
    const from = at[i] ?? 0
    const to = outputs.has(i) ? Infinity : Math.max(from, ...(readers[i] ?? []))
    const length = roomOf(node)
    let a = begun
    for (const busy of live) {
      if (on.reuse && (busy.to < from || busy.from > to)) continue
      if (a + length <= busy.a) break
      a = Math.max(a, busy.a + busy.length)
    }
    const behind = live.findIndex((b) => b.a > a)
    live.splice(behind < 0 ? live.length : behind, 0, { a, length, from, to })
    address.set(i, a)
    top = Math.max(top, a + length)
  }
  for (const { node, to } of later)
    copies.push({ from: address.get(node) ?? 0, to, bytes: bytesOfNode(nodes[node] as Node) })
  return { grouping, address, kept, inPlace, copies, end: top }
}

/** The nodes of a grouping that are written to memory: outputs, what another group reads, and what no loop or tile makes. */
export function keptNodes(
  grouping: Grouping,
  readers: readonly ReadonlySet<number>[] = readersOf(grouping),
): ReadonlySet<number> {
  const { program, groups, at } = grouping
  const outputs = new Set(program.outs)
  const kept = new Set<number>()
  for (const [i, k] of at.entries()) {
    const group = groups[k]
    if (group === undefined) continue
    const read = [...(readers[i] ?? [])]
    const apart =
      group.reductions.includes(i) || (group.kind !== 'product' && group.head === i) || group.kind === 'scalar'
    if (outputs.has(i) || apart || read.some((r) => r !== k)) kept.add(i)
  }
  return kept
}

/** Whether an output may be written over an input that its own group reads: entry by entry, at the entry that is written. */
function mayOverwrite(
  nodes: readonly Node[],
  group: Group,
  output: number,
  input: number,
  inlined: ReadonlySet<number>,
): boolean {
  if (!group.members.includes(output)) return false
  if (group.kind === 'scalar') return true
  const head = group.head === undefined ? [] : viewsOf(nodes[group.head] as Node)
  if (head.some((v) => v.source === input)) return false
  const { shape } = group
  const whole = (v: View): boolean =>
    v.offset === 0 &&
    v.shape.length === shape.length &&
    v.shape.every((n, a) => n === shape[a]) &&
    size(v.shape) === size((nodes[input] as Node).shape) &&
    v.strides.every((s, a) => v.shape[a] === 1 || s === rowMajorStride(shape, a))
  const check = (views: readonly View[]): boolean =>
    views.every((v) =>
      v.source === input
        ? whole(v)
        : typeof v.source === 'number' && inlined.has(v.source)
          ? check(viewsOf(nodes[v.source] as Node))
          : true,
    )
  return [...group.members, ...group.reductions].every((i) => check(viewsOf(nodes[i] as Node)))
}

const rowMajorStride = (shape: readonly number[], axis: number): number => size(shape.slice(axis + 1))

/** The groups that read each array from memory, also through nodes computed by their readers. */
function readersOf({ program, groups, at, inlined }: Grouping): readonly ReadonlySet<number>[] {
  const readers: Set<number>[] = program.nodes.map(() => new Set())
  for (const [k, group] of groups.entries()) {
    const own = new Set(group.members)
    const seen = new Set<number>()
    const walk = (i: number): void => {
      if (seen.has(i)) return
      seen.add(i)
      for (const { source } of viewsOf(program.nodes[i] as Node)) {
        if (typeof source !== 'number') continue
        if (inlined.has(source)) walk(source)
        else if (own.has(source) || (group.kind === 'product' && source === group.head)) continue
        else readers[source]?.add(k)
      }
    }
    for (const i of [...group.members, ...group.reductions, ...(group.head === undefined ? [] : [group.head])]) walk(i)
  }
  // What a group makes and reads itself stays in registers, but for scalars, which are kept.
  for (const [i, k] of at.entries()) if (groups[k]?.kind === 'scalar') readers[i]?.add(k)
  return readers
}
