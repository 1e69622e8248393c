import type { Netlist } from '../../../compile/netlist/index.js'
import { routine } from '../../wasm/assembler/index.js'
import type { Pool } from '../../wasm/thread/pool.js'
import { dispatch } from '../emit/dispatch.js'
import { chooser, counter, planesFor } from '../emit/head.js'
import { fromStage, mover, toStage } from '../emit/move.js'
import { pairForward } from '../emit/pair.js'
import { slicer } from '../emit/slice.js'
import { isSmall, straight } from '../emit/straight.js'
import { wideForward } from '../emit/tree.js'
import { neededGates } from '../plan/absorb.js'
import type { Kind } from '../plan/kind.js'
import { planOf } from '../plan/plan.js'
import { recordWords, streamOf } from '../plan/stream.js'
import { arityOf } from '../table.js'
import { arena } from './arena.js'
import { bucketsOf } from './bucket.js'
import { begin } from './control.js'
import { machine, type Machine } from './machine.js'
import type { Stage } from './stage.js'
import { tablesIn } from './table.js'

/** What values are read from, and what is made of outputs. */
export interface Ends {
  /** Rows of bytes that are sliced into inputs, instead of planes. */
  readonly rows?: { readonly width: number; readonly thresholds: readonly number[] }
  /** How many groups outputs are counted in. */
  readonly groups?: number
}
/** Options of a machine. */
export interface MachineOptions {
  /** Vectors of 128 samples a wire has in a block; chosen by size unless given. */
  readonly vectors?: number
  readonly pool?: Pool
}

/** Phases of evaluation: from planes or rows, by table or straight, to planes, counts of groups, or the largest group. */
export type ForwardPhase = 'load' | 'slice' | 'forward' | 'straight' | 'store' | 'count' | 'choose'

/** A machine that evaluates a netlist. */
export interface ForwardMachine extends Machine<ForwardPhase> {
  readonly input: Stage
  readonly output: Stage
  /** The address of rows of bytes. */
  readonly rows: number
  readonly counts: Stage
  readonly choice: Stage
  /** Words of a plane that are staged at a time. */
  readonly chunk: number
  /** Samples of a block. */
  readonly block: number
  /** Whether the netlist is straight-line code. */
  readonly small: boolean
  /** Moves a gate to where its truth table is now. */
  readonly update: (tables: Uint32Array, gate: number) => void
}

/** Bytes of values and cotangents that the second cache holds. */
const near = 1 << 20
/** The vectors of a block for so many slots: as many as stay near, since a run then has longer work for each of its words. */
export const vectorsFor = (slots: number, most: number): number =>
  [16, 8, 4].find((vectors) => vectors <= most && 16 * vectors * slots <= near) ?? 4

/** Words of a record of a kind. */
export const wordsOfKind = (kind: Kind): number => recordWords('pair' in kind ? 2 : kind.operands)

/** The machine of a netlist, whose tables may change where it is open. */
export function forwardMachine(netlist: Netlist, open: boolean, ends: Ends, options: MachineOptions): ForwardMachine {
  const { inputs, outputs } = netlist
  const plan = planOf(netlist, { open, reuse: true })
  const vectors = options.vectors ?? vectorsFor(plan.slots, 16)
  const stride = 16 * vectors
  const space = arena(begin)
  const threads = options.pool?.threads ?? 1
  const width = ends.rows?.width ?? 0
  // No outputs are no groups: counts and choices stay as memory begins, zero.
  const groups = outputs.length === 0 ? 0 : (ends.groups ?? 0)
  const each = groups === 0 ? 0 : outputs.length / groups
  const countPlanes = planesFor(each)
  const planes = inputs + outputs.length + groups * countPlanes
  // About 1 MB of rows, or 32 MB of planes of 2 kB.
  const bytes = width === 0 ? Math.min(2048, (1 << 25) / planes) : (1 << 20) / (8 * width)
  const blocks = Math.max(threads, Math.floor(bytes / stride), 1)
  const pitch = blocks * stride + 64
  const stage = (count: number): Stage => ({ at: space.room(count * pitch), planes: count, pitch })
  const { tableOf, write } = tablesIn(space, netlist, neededGates(netlist))
  const swapped = new Uint8Array(plan.level.length)
  const stream = streamOf(plan, plan, swapped, stride, tableOf)
  const records = space.put(stream.records)
  const runs = space.put(stream.runs.map((x, i) => (i % 2 === 1 ? records + 4 * x : x)))
  const listed = (wires: ArrayLike<number>): { from: number; to: number } => {
    const pairs = Array.from(wires).flatMap((wire, i) => [stride * (plan.slotOf[wire] ?? 0), i * pitch])
    const from = space.put(Int32Array.from(pairs))
    return { from, to: from + 4 * pairs.length }
  }
  const loads = listed(Int32Array.from({ length: inputs }, (_, i) => i))
  const stores = listed(outputs)
  const padded = 8 * Math.ceil(each / 8)
  const places = new Int32Array(groups * padded).fill(stride * inputs)
  for (let i = 0; i < groups * each; i++)
    places[Math.floor(i / each) * padded + (i % each)] = stride * (plan.slotOf[outputs[i] ?? 0] ?? 0)
  const grouped = { from: space.put(places), groups, each: padded }
  const [input, output] = [stage(width === 0 ? inputs : 0), stage(outputs.length)]
  const [counts, choice] = [stage(groups * countPlanes), stage(planesFor(Math.max(groups - 1, 0)))]
  const rows = space.room(blocks * stride * 8 * width + 64)
  const small = !open && isSmall(netlist)
  const end = runs + 4 * stream.runs.length
  const made = machine<ForwardPhase>(
    space,
    (own) => ({
      ...{ vectors, stride, pitch, cotangents: [], counts: 0 },
      position: own.room(4),
      wires: own.room(plan.slots * stride),
      scratch: own.room(16),
    }),
    {
      load: (site) => mover(site, width === 0 ? [{ list: loads, move: fromStage(site.wires, input.at) }] : []),
      slice: (site) => (ends.rows === undefined ? routine() : slicer(site, rows, width, ends.rows.thresholds)),
      forward: (site) =>
        dispatch({ records, runs: [runs, end], kinds: stream.kinds }, wordsOfKind, (f, record, kind) =>
          'pair' in kind ? pairForward(f, site, record, kind.pair) : wideForward(f, site, record, kind.operands),
        ),
      straight: (site) => (small ? straight(site, netlist, input.at, output.at) : routine()),
      store: (site) => mover(site, [{ list: stores, move: toStage(site.wires, output.at) }]),
      count: (site) => (groups === 0 ? routine() : counter(site, grouped, countPlanes, counts.at)),
      choose: (site) => (groups === 0 ? routine() : chooser(site, grouped, countPlanes, choice.at)),
    },
    options.pool,
  )
  const buckets = open ? bucketsOf(plan, plan, swapped, stream, records, runs) : undefined
  return {
    ...made,
    ...{ input, output, counts, choice, rows, small },
    chunk: (blocks * stride) / 4,
    block: 128 * vectors,
    update(tables, gate) {
      if (arityOf(netlist, gate) > 2) write(made.words, tables, gate)
      else buckets?.move(made.words, tables, gate)
    },
  }
}
