import { get, i32, int, ints, lanes, slotAddress, tee, type Code } from '../assembler/index.js'
import type { Group } from '../plan/group.js'
import { viewsOf, type MapNode, type Node } from '../lower/node.js'
import { keyOfView, type View } from '../lower/view.js'
import type { Kernel } from './context.js'
import { numberOf, operate, origin, storeLanes } from './operation.js'

/** Where a view's entries are at the place a kernel has reached: a pointer in bytes (absent where it stays), an offset, and the stride between lanes. */
export interface Access {
  readonly pointer: Code | undefined
  /** In bytes, without the address of the array. */
  readonly offset: number
  /** In entries. */
  readonly lane: number
}
/** The place that a kernel has reached. */
export interface Place {
  access(view: View): Access
  /** The product's entries, where the group has one. */
  readonly accumulator?: Code
}

/** The group that a kernel computes. */
export const groupOf = ({ plan, group }: Kernel): Group => plan.grouping.groups[group] as Group
/** A node of the program. */
export const nodeAt = ({ plan }: Kernel, i: number): Node => plan.grouping.program.nodes[i] as Node

/** Four entries of each of the views at a place: every node and every load once. Operands in memory, inlined, or in registers. */
export function evaluate(kernel: Kernel, place: Place, roots: readonly View[]): Code[] {
  const { plan, routine } = kernel
  const group = groupOf(kernel)
  const own = new Set(group.members)
  const { inlined } = plan.grouping
  const uses = new Map<string, number>()
  const locals = new Map<string, number>()
  const computed = (source: number): boolean => inlined.has(source) || own.has(source)
  const keyOf = (view: View): string =>
    typeof view.source === 'number' && computed(view.source) ? `n${view.source}` : keyOfView(view)
  const count = (view: View): void => {
    const key = keyOf(view)
    const n = (uses.get(key) ?? 0) + 1
    uses.set(key, n)
    if (n === 1 && typeof view.source === 'number' && computed(view.source))
      for (const v of viewsOf(nodeAt(kernel, view.source))) count(v)
  }
  for (const v of roots) count(v)
  const value = (view: View): Code => {
    if (typeof view.source === 'object') return numberOf(routine, view.dtype, view.source.constant)
    if (group.kind === 'product' && view.source === group.head && place.accumulator !== undefined)
      return place.accumulator
    const key = keyOf(view)
    const known = locals.get(key)
    if (known !== undefined) return get(known)
    const code =
      typeof view.source === 'number' && computed(view.source) ? entry(view.source) : loaded(kernel, place, view)
    if ((uses.get(key) ?? 0) < 2) return code
    const local = routine.local('v128')
    locals.set(key, local)
    return tee(local, code)
  }
  const entry = (i: number): Code => {
    const node = nodeAt(kernel, i) as Node & MapNode
    const [first, second] = node.args
    const from = (node.op === 'select' ? second : first)?.dtype ?? node.dtype
    return operate(kernel, node, from, node.args.map(value))
  }
  return roots.map(value)
}

/** The views of arrays in memory, and of positions, that evaluating views reads. */
export function memoryViews(kernel: Kernel, roots: readonly View[]): View[] {
  const group = groupOf(kernel)
  const own = new Set(group.members)
  const { inlined } = kernel.plan.grouping
  const out: View[] = []
  const seen = new Set<number>()
  const walk = (view: View): void => {
    const { source } = view
    if (typeof source === 'object' || (group.kind === 'product' && source === group.head)) return
    if (typeof source !== 'number' || !(own.has(source) || inlined.has(source))) {
      out.push(view)
      return
    }
    if (seen.has(source)) return
    seen.add(source)
    for (const v of viewsOf(nodeAt(kernel, source))) walk(v)
  }
  for (const v of roots) walk(v)
  return out
}

/** Stores the first lanes of a vector where a view is. */
export function storeTo(kernel: Kernel, place: Place, view: View, value: Code, count: number): Code {
  const { pointer, offset } = place.access(view)
  return storeLanes(kernel.routine, pointer ?? origin, addressOf(kernel, view) + offset, value, count)
}

/** The address of a view's array, in its slot. */
export function addressOf({ slots }: Kernel, { source }: View): number {
  const slot = typeof source === 'number' ? slots.get(source) : undefined
  if (slot === undefined) throw new TypeError(`compiled wasm: node ${JSON.stringify(source)} has no place in memory`)
  return slotAddress(slot)
}

function loaded(kernel: Kernel, place: Place, view: View): Code {
  const { routine } = kernel
  const { pointer, offset, lane } = place.access(view)
  if (view.source === 'index') return positions(routine, pointer, offset, lane)
  const at = addressOf(kernel, view) + offset
  if (pointer === undefined && lane === 0) return routine.hoist(`load ${at}`, lanes.loadSplat(origin, at))
  const from = pointer ?? origin
  if (lane === 0) return lanes.loadSplat(from, at)
  if (lane === 1) return lanes.load(from, at)
  return [1, 2, 3].reduce<Code>((v, i) => lanes.loadLane(from, at + 4 * lane * i, v, i), lanes.loadZero(from, at))
}

/** The positions that a view of the index has: a quarter of the byte offset, and the lanes' own. */
function positions(routine: Kernel['routine'], pointer: Code | undefined, offset: number, lane: number): Code {
  const vector = [0, 1, 2, 3].map((i) => offset / 4 + i * lane)
  const fixed = routine.hoist(`index ${vector.join()}`, lanes.constant(vector))
  if (pointer === undefined) return fixed
  return ints.add(lanes.splatInt(int.shiftRight(pointer, i32(2))), fixed)
}
