import { size } from '../../../object/index.js'
import { viewsOf, type Node, type NodeProgram } from '../../wasm/lower/node.js'
import type { View } from '../../wasm/lower/view.js'
import { groupNodes, isEmpty, type Group } from '../../wasm/plan/group.js'
import { chosen } from '../../wasm/pass.js'
import { arraysFor, type Arrays } from './arrays.js'
import { scalarOf, type Dialect, type Limits, type Slot } from './dialect.js'
import { entryOf, type OwnNode } from './entry.js'
import { arraysOf, entriesAt, type Sources } from './evaluate.js'
import { placeAt } from './place.js'
import { lengthOf, product, type Product } from './product.js'
import { reduced, running, turnsOf, type Reduction } from './reduce.js'
import { texelsOf } from './texture.js'
import { writer, type Writer } from './writer.js'

/** One program of a device: what it computes, its source, and the arrays that it reads and writes. */
export interface Program {
  readonly name: string
  readonly source: string
  readonly reads: readonly number[]
  readonly writes: readonly number[]
  readonly threads: number
  /** Whether it reads scalars. */
  readonly scalar: boolean
  /** Texels of each array that it writes, where arrays are textures. */
  readonly rooms: number
}
/** The programs of a node program, in order. */
export interface ShaderPlan {
  readonly programs: readonly Program[]
  readonly slot: (array: number) => Slot
  readonly scalars: readonly number[]
}

/** A sum this long, of fewer entries than {@link many}, is taken in parts. */
const long = 1024
const many = 4096

/** The programs that compute a node program on a device with a language and limits. */
export function shaderPlan(program: NodeProgram, dialect: Dialect, limits: Limits): ShaderPlan {
  const grouping = groupNodes(program, chosen())
  const arrays = arraysFor(grouping, limits)
  const build = builder(arrays, dialect, limits)
  for (const group of grouping.groups) if (!isEmpty(group)) build.group(group)
  return { programs: build.programs, slot: arrays.slot, scalars: arrays.scalars }
}

function builder(arrays: Arrays, dialect: Dialect, limits: Limits) {
  const { nodes } = arrays
  const programs: Program[] = []
  const node = (i: number): Node => nodes[i] as Node
  const mostRead = Math.min(limits.reads, limits.arrays - 1)

  /** A program that writes arrays, whose entries at `i` its body gives. */
  const emit = (name: string, writes: readonly number[], body: (w: Writer) => readonly string[]): void => {
    const w = writer(dialect, arrays)
    const results = body(w)
    const slots = writes.map(arrays.slot)
    const threads = slots[0]?.size ?? 0
    const source = w.shader({ writes: slots, threads, results })
    programs.push({
      name,
      source,
      reads: w.reads,
      scalar: w.scalar,
      writes,
      threads,
      rooms: threads * texelsOf(slots[0]?.dtype ?? 'bit'),
    })
  }

  /** The arrays without some that are computed here. */
  const without = (own: ReadonlySet<number>): Sources => ({ nodes, held: (i) => arrays.held(i) && !own.has(i) })
  const none: ReadonlySet<number> = new Set()

  const scalars = new Set(arrays.scalars)
  /** How many arrays are bound for views. */
  const bound = (sources: Sources, views: readonly View[]): number =>
    [...arraysOf(sources, views)].filter((a) => !scalars.has(a)).length

  /** Keeps operands in memory until few enough arrays are read for views; answers the nodes that it kept. */
  const settle = (views: readonly View[], most: number): number[] => {
    const kept: number[] = []
    const visit = (list: readonly View[]): void => {
      for (;;) {
        const reads = (v: View): number => bound(arrays, [v])
        const inner = list.filter((v) => typeof v.source === 'number' && !arrays.held(v.source))
        if (bound(arrays, list) <= most || inner.length === 0) return
        const largest = inner.reduce((a, b) => (reads(b) > reads(a) ? b : a))
        visit(viewsOf(node(largest.source as number)))
        arrays.keep(largest.source as number)
        kept.push(largest.source as number)
      }
    }
    visit(views)
    return kept
  }

  /** Whether one program may write roots that it computes from views. */
  const fits = (roots: readonly number[], views: readonly View[], own: ReadonlySet<number>): boolean => {
    const reads = bound(without(own), views)
    const rooms = new Set(roots.map(arrays.slot).map(({ dtype, size }) => size * texelsOf(dtype)))
    return (
      reads <= limits.reads &&
      roots.length <= limits.writes &&
      reads + roots.length <= limits.arrays &&
      (!limits.sameRoom || rooms.size === 1)
    )
  }
  /** Roots in runs, as many in each as one program may write. */
  const runs = (roots: readonly number[], fit: (run: readonly number[]) => boolean): number[][] => {
    const out: number[][] = []
    for (const root of roots) {
      const last = out.at(-1)
      if (last !== undefined && fit([...last, root])) last.push(root)
      else out.push([root])
    }
    return out
  }

  /** Entrywise nodes that are kept, of one shape, in order. */
  const maps = (roots: readonly number[], shape: readonly number[]): void => {
    const added = roots.flatMap((r) => settle(viewsOf(node(r)), mostRead))
    const all = [...new Set([...roots, ...added])].sort((a, b) => a - b)
    for (const run of runs(all, (run) =>
      fits(
        run,
        run.flatMap((r) => viewsOf(node(r))),
        new Set(run),
      ),
    ))
      emit('entrywise', run, (w) => {
        const entry = entriesAt(w, without(new Set(run)), placeAt(w, 'i', shape))
        return run.map((r) => entry(wholeOf(r, node(r))))
      })
  }

  const reductions = (roots: readonly number[]): void => {
    const of = (r: number): Reduction => node(r) as Reduction
    for (const r of roots) {
      const added = settle([of(r).arg], mostRead)
      if (added.length > 0) maps(added, of(r).arg.shape)
    }
    const views = (run: readonly number[]): readonly View[] => run.map((r) => of(r).arg)
    for (const run of runs(roots, (run) => fits(run, views(run), none))) {
      const list = run.map(of)
      const [turns, entries] = [turnsOf(of(run[0] ?? 0)), size(of(run[0] ?? 0).shape)]
      if (turns <= long || entries >= many || list.some((r) => r.op === 'argmax'))
        emit(list.map((r) => r.op).join(), run, (w) => reduced(w, arrays, list, 'i', ['0', String(turns)]))
      else {
        const parts = partsOf(turns)
        const slots = list.map((r): Slot => ({ dtype: r.dtype, size: entries * parts.count }))
        const partial = slots.map(arrays.add)
        emit(`${list.map((r) => r.op).join()} in parts`, partial, (w) =>
          reduced(w, arrays, list, w.let('int', `i / ${parts.count}`), share(w, parts, turns)),
        )
        for (const [n, r] of list.entries())
          emit(`${r.op} of parts`, [run[n] ?? 0], (w) => [joined(w, r.op, r.dtype, partial[n] ?? 0, parts.count)])
      }
    }
  }

  /** A product, and entrywise nodes of its entries that are kept. */
  const products = (head: number, members: readonly number[], shape: readonly number[]): void => {
    const contract = node(head) as Product
    const kept = members.filter(arrays.held)
    const own = new Set([head, ...members])
    const roots = [...(arrays.held(head) || kept.length === 0 ? [head] : []), ...kept]
    const [turns, entries] = [lengthOf(contract), size(shape)]
    const divided = turns > long && entries < many
    const views = roots.map((r) => wholeOf(r, node(r)))
    const alone = !fits(roots, views, own)
    const written = alone ? [head] : roots
    const results = (w: Writer, value: string): string[] => {
      if (alone) return [value]
      const known = new Map([[head, w.let(scalarOf(contract.dtype), value)]])
      const entry = entriesAt(w, without(own), placeAt(w, 'i', shape), known)
      return roots.map((r) => entry(wholeOf(r, node(r))))
    }
    if (alone) arrays.keep(head)
    if (divided) {
      const parts = partsOf(turns)
      const partial = arrays.add({ dtype: contract.dtype, size: entries * parts.count })
      emit('product in parts', [partial], (w) => [
        product(w, contract, w.let('int', `i / ${parts.count}`), share(w, parts, turns)),
      ])
      emit('product of parts', written, (w) => results(w, joined(w, 'sum', contract.dtype, partial, parts.count)))
    } else emit('product', written, (w) => results(w, product(w, contract, 'i', ['0', String(turns)])))
    if (alone) maps(kept, shape)
  }

  /** A node with a program of its own; many parts are placed a few at a time. */
  const owned = (i: number): void => {
    const body = node(i) as Node & OwnNode
    if (body.kind !== 'place') {
      emit(body.kind, [i], (w) => [entryOf(w, arrays, body)])
      return
    }
    let before: number | undefined
    let rest = body.parts
    while (rest.length > 0) {
      const room = mostRead - (before === undefined ? 0 : 1)
      let count = rest.length
      while (
        count > 1 &&
        bound(
          arrays,
          rest.slice(0, count).map((p) => p.view),
        ) > room
      )
        count -= 1
      const last = count === rest.length
      const to = last ? i : arrays.add(arrays.slot(i))
      const [parts, from] = [rest.slice(0, count), before]
      emit('place', [to], (w) => [entryOf(w, arrays, { ...body, parts }, from)])
      before = to
      rest = rest.slice(count)
    }
  }

  const group = ({ kind, shape, members, reductions: sums, head = -1 }: Group): void => {
    if (kind === 'product') products(head, members, shape)
    else if (kind === 'own') owned(head)
    else {
      maps(members.filter(arrays.held), shape)
      reductions(sums)
    }
  }
  return { programs, group }
}

/** All of a node's array. */
const wholeOf = (i: number, { dtype, shape }: Node): View => ({
  source: i,
  dtype,
  offset: 0,
  shape,
  strides: shape.map((_, a) => size(shape.slice(a + 1))),
})

interface Division {
  readonly count: number
  readonly length: number
}
/** About as many parts as a part has turns. */
function partsOf(turns: number): Division {
  const length = Math.ceil(Math.sqrt(turns))
  return { count: Math.ceil(turns / length), length }
}

/** The turns of the part that `i` is of. */
function share(w: Writer, { count, length }: Division, turns: number): [string, string] {
  const from = w.let('int', `i % ${count} * ${length}`)
  return [from, w.let('int', `min(${from} + ${length}, ${turns})`)]
}

/** The parts of entry `i` as one. */
function joined(w: Writer, op: Reduction['op'], dtype: Node['dtype'], partial: number, count: number): string {
  const { take, result } = running(w, op, dtype)
  w.loop('0', String(count), (t) => take(w.let(scalarOf(dtype), w.read(partial, `i * ${count} + ${t}`)), ''))
  return result
}
