import { sameShape, size } from '../../../object/index.js'
import { viewsOf, type MapNode, type Node, type NodeProgram, type ReduceNode } from '../lower/node.js'
import { isWhole, type View } from '../lower/view.js'
import type { Chosen } from '../pass.js'
import { fitsProduct } from './fit.js'

/** Nodes computed by one kernel. The order of groups is the schedule. */
export interface Group {
  /** A loop nest; a matrix product with its epilogue; scalars in float64; or a node with a kernel of its own. */
  readonly kind: 'loop' | 'product' | 'scalar' | 'own'
  /** The shape of what is computed entry by entry; before the reductions. */
  readonly shape: readonly number[]
  /** Entrywise nodes, in order; of scalars all nodes. */
  readonly members: number[]
  readonly reductions: number[]
  /** The product, or the node with a kernel of its own. */
  readonly head?: number
}
/** A program's groups: `at[i]` is the group that makes node i, −1 where none does; inlined nodes are computed by their readers. */
export interface Grouping {
  readonly program: NodeProgram
  readonly groups: readonly Group[]
  readonly at: readonly number[]
  readonly inlined: ReadonlySet<number>
  readonly users: readonly (readonly number[])[]
}
const cheap: ReadonlySet<string> = new Set([
  'step',
  'negate',
  'relu',
  'add',
  'subtract',
  'multiply',
  'equal',
  'less',
  'select',
])

/** The nodes that an output depends on. */
export function liveNodes({ nodes, outs }: NodeProgram): ReadonlySet<number> {
  const live = new Set<number>()
  const stack = outs.filter((i) => i >= 0)
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    if (live.has(i)) continue
    live.add(i)
    for (const { source } of viewsOf(nodes[i] as Node)) if (typeof source === 'number') stack.push(source)
  }
  return live
}

/** Nodes in order, but first the scalars in float64 that depend on inputs alone: what reads them need not wait. */
function scalarsFirst(nodes: readonly Node[]): number[] {
  const early = new Set<number>()
  for (const [i, node] of nodes.entries()) {
    const views = viewsOf(node)
    const scalar = node.dtype === 'float64' || views.some((v) => v.dtype === 'float64')
    const ready = views.every(
      ({ source }) => typeof source !== 'number' || nodes[source]?.kind === 'input' || early.has(source),
    )
    if (scalar && ready && node.kind !== 'input') early.add(i)
  }
  const rest = nodes.map((_, i) => i).filter((i) => !early.has(i))
  return [...early, ...rest]
}

/** Whether a group has anything to compute; what was in it may have gone to its readers. */
export function isEmpty({ kind, members, reductions }: Group): boolean {
  return (kind === 'loop' || kind === 'scalar') && members.length + reductions.length === 0
}

/** The groups of a program: placement in program order, so every fusion is legal. */
export function groupNodes(program: NodeProgram, on: Chosen): Grouping {
  const { nodes } = program
  const live = liveNodes(program)
  const outs = new Set(program.outs)
  const groups: Group[] = []
  const at = nodes.map(() => -1)
  const inlined = new Set<number>()
  const users: number[][] = nodes.map(() => [])
  for (const [i, node] of nodes.entries())
    if (live.has(i))
      for (const j of new Set(viewsOf(node).map((v) => v.source))) if (typeof j === 'number') users[j]?.push(i)

  const nodeOf = (i: number): Node => nodes[i] as Node
  const identity = (view: View): boolean => {
    if (typeof view.source !== 'number') return false
    const { shape } = nodeOf(view.source)
    return sameShape(shape, view.shape) && isWhole(view, size(shape))
  }
  const readsWhole = (i: number, source: number): boolean =>
    viewsOf(nodeOf(i)).every((v) => v.source !== source || identity(v))
  const isLeaf = (view: View): boolean =>
    typeof view.source !== 'number' || nodeOf(view.source).kind === 'input' || inlined.has(view.source)
  /** The arrays that views read, through nodes computed in place. */
  const sourcesOf = (views: readonly View[]): { readonly source: number; readonly same: boolean }[] =>
    views.flatMap((v) =>
      typeof v.source !== 'number'
        ? []
        : inlined.has(v.source)
          ? sourcesOf(viewsOf(nodeOf(v.source)))
          : [{ source: v.source, same: identity(v) }],
    )
  const entrywise = (source: number): boolean => {
    const { kind } = groups[at[source] ?? -1] ?? { kind: 'own' }
    return kind === 'product' || kind === 'scalar' || (kind === 'loop' && nodeOf(source).kind === 'map')
  }
  /** The first group that may read these. */
  const earliest = (views: readonly View[], apart = false): number =>
    Math.max(
      0,
      ...sourcesOf(views).map(({ source, same }) => {
        const made = at[source] ?? -1
        return made < 0 ? 0 : same && entrywise(source) && !apart ? made : made + 1
      }),
    )
  /** Loops and products by their shape, ascending. */
  const byShape = new Map<string, number[]>()
  const make = (group: Omit<Group, 'members' | 'reductions'>): number => {
    const k = groups.push({ ...group, members: [], reductions: [] }) - 1
    const key = group.shape.join()
    if (group.kind !== 'loop' && group.kind !== 'product') return k
    const alike = byShape.get(key)
    if (alike === undefined) byShape.set(key, [k])
    else alike.push(k)
    return k
  }
  /** Those of a shape from a group on. */
  const candidates = (shape: readonly number[], from: number): readonly number[] => {
    const alike = byShape.get(shape.join()) ?? []
    let first = alike.length
    while (first > 0 && (alike[first - 1] ?? 0) >= from) first -= 1
    return alike.slice(first)
  }
  /** How many nodes of each group read an array. */
  const reading: Map<number, number>[] = []
  const reads = (k: number, i: number, by: 1 | -1): void => {
    const counts = (reading[k] ??= new Map())
    for (const { source } of sourcesOf(viewsOf(nodeOf(i)))) counts.set(source, (counts.get(source) ?? 0) + by)
  }
  /** Whether a group reads any of these arrays. */
  const readsAny = (k: number, wanted: ReadonlySet<number>): boolean => {
    for (const source of wanted) if ((reading[k]?.get(source) ?? 0) > 0) return true
    return false
  }

  for (const i of on.scalars ? scalarsFirst(nodes) : nodes.keys()) {
    const node = nodeOf(i)
    if (!live.has(i) || node.kind === 'input') continue
    const views = viewsOf(node)
    if (node.dtype === 'float64' || views.some((v) => v.dtype === 'float64')) {
      const last = groups.length - 1
      at[i] = groups[last]?.kind === 'scalar' ? last : make({ kind: 'scalar', shape: [] })
      groups[at[i] ?? 0]?.members.push(i)
    } else if (node.kind === 'contract') at[i] = make({ kind: 'product', shape: node.shape, head: i })
    else if (node.kind === 'reduce') at[i] = placeReduction(i, node)
    else if (node.kind !== 'map') at[i] = make({ kind: 'own', shape: node.shape, head: i })
    else if (canInline(i, node)) inlined.add(i)
    else at[i] = placeMap(i, node)
  }
  if (on.recomputing) rematerialise()
  return { program, groups, at, inlined, users }

  function canInline(i: number, node: MapNode & Node): boolean {
    const readers = users[i] ?? []
    const few = readers.length === 1 || (readers.length <= 3 && cheap.has(node.op))
    return (
      on.inlining &&
      few &&
      !outs.has(i) &&
      node.args.every(isLeaf) &&
      readers.every(
        (r) => ['map', 'reduce'].includes(nodeOf(r).kind) && nodeOf(r).dtype !== 'float64' && readsWhole(r, i),
      )
    )
  }

  function placeMap(i: number, node: MapNode & Node): number {
    const read = sourcesOf(node.args)
    const from = earliest(node.args)
    const scalar = size(node.shape) === 1
    const sources = new Set(read.map((s) => s.source))
    let chosen = -1
    for (const k of candidates(node.shape, from)) {
      if (chosen >= 0) break
      const group = groups[k] as Group
      const mine = read.some((s) => at[s.source] === k && s.same && entrywise(s.source))
      if (group.kind === 'product') {
        if (mine && on.epilogues && fitsProduct(program, group, node, users, inlined)) chosen = k
      } else if (group.kind === 'loop' && on.loops && (on.reductions || group.reductions.length === 0)) {
        const related = mine || scalar || readsAny(k, sources)
        if (related && !group.reductions.some((r) => (nodeOf(r) as Node & ReduceNode).op === 'argmax')) chosen = k
      }
    }
    if (chosen < 0) chosen = make({ kind: 'loop', shape: node.shape })
    groups[chosen]?.members.push(i)
    reads(chosen, i, 1)
    return chosen
  }

  function placeReduction(i: number, node: ReduceNode & Node): number {
    const { arg, axes, op } = node
    const x = typeof arg.source === 'number' && identity(arg) && !inlined.has(arg.source) ? arg.source : -1
    const fits = (k: number): boolean => {
      const group = groups[k]
      if (group?.kind !== 'loop' || !on.reductions || !sameShape(group.shape, arg.shape) || op === 'argmax')
        return false
      return group.reductions.every((r) => {
        const other = nodeOf(r) as Node & ReduceNode
        return other.op !== 'argmax' && sameShape(other.axes, axes)
      })
    }
    let chosen = -1
    if (x >= 0 && (at[x] ?? -1) >= 0 && entrywise(x) && fits(at[x] ?? -1)) chosen = at[x] ?? -1
    const sole =
      on.reductions && x >= 0 && nodeOf(x).kind === 'map' && users[x]?.length === 1 && !outs.has(x) && entrywise(x)
    if (chosen < 0) {
      const views = sole ? viewsOf(nodeOf(x)) : [arg]
      const from = sole ? Math.max(0, ...sourcesOf(views).map((s) => joinable(s))) : earliest(views, true)
      const shares = new Set(sourcesOf(views).map((s) => s.source))
      chosen =
        candidates(arg.shape, from).find(
          (k) => fits(k) && (groups[k]?.reductions.length ?? 0) > 0 && readsAny(k, shares),
        ) ?? -1
      if (chosen < 0) chosen = make({ kind: 'loop', shape: arg.shape })
      if (sole) {
        const old = groups[at[x] ?? -1]
        old?.members.splice(old.members.indexOf(x), 1)
        reads(at[x] ?? -1, x, -1)
        groups[chosen]?.members.push(x)
        reads(chosen, x, 1)
        at[x] = chosen
      }
    }
    groups[chosen]?.reductions.push(i)
    reads(chosen, i, 1)
    return chosen
  }
  /** The first loop in which an array may be read. */
  function joinable({ source, same }: { readonly source: number; readonly same: boolean }): number {
    const made = at[source] ?? -1
    if (made < 0) return 0
    return same && entrywise(source) && groups[made]?.kind === 'loop' ? made : made + 1
  }

  /** A cheap node read by one later group, whose operands are in memory anyway, is computed there. */
  function rematerialise(): void {
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodeOf(i)
      const k = at[i] ?? -1
      if (node.kind !== 'map' || k < 0 || groups[k]?.kind === 'scalar') continue
      if (!cheap.has(node.op) || outs.has(i) || users[i]?.length !== 1) continue
      const [reader = -1] = users[i] ?? []
      if (at[reader] === k || (at[reader] ?? -1) < 0 || nodeOf(reader).kind !== 'map' || !readsWhole(reader, i))
        continue
      if (!node.args.every((v) => staysInMemory(v, i, k))) continue
      if (groups[at[reader] ?? -1]?.kind === 'product' && !node.args.every(identityOrConstant)) continue
      const { members } = groups[k] as Group
      members.splice(members.indexOf(i), 1)
      at[i] = -1
      inlined.add(i)
    }
  }
  function identityOrConstant(view: View): boolean {
    return typeof view.source !== 'number' || identity(view)
  }
  function staysInMemory({ source }: View, reader: number, k: number): boolean {
    if (typeof source !== 'number') return true
    if (inlined.has(source) || nodeOf(source).kind === 'input' || (at[source] ?? -1) < 0) return false
    const elsewhere = (users[source] ?? []).some((u) => u !== reader && (at[u] ?? -1) >= 0 && at[u] !== k)
    return outs.has(source) || elsewhere
  }
}
