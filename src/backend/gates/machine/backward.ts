import { gates, type Netlist } from '../../../compile/netlist/index.js'
import { pairCount, wideCount } from '../emit/count.js'
import { dispatch, type Streamed } from '../emit/dispatch.js'
import { addFromStage, clear, fromStage, mover, toStage, type Listed } from '../emit/move.js'
import { pairBackward, pairForward, parity, union } from '../emit/pair.js'
import { mostLeaves, wideBackward, wideForward } from '../emit/tree.js'
import { drainVotes, seedVotes } from '../emit/votes.js'
import { neededGates } from '../plan/absorb.js'
import { backwardOf } from '../plan/backward.js'
import { kindNumber, type Sequence } from '../plan/kind.js'
import { planOf } from '../plan/plan.js'
import { streamOf, type Stream } from '../plan/stream.js'
import { arityOf, operandOf } from '../table.js'
import { arena } from './arena.js'
import { bucketsOf } from './bucket.js'
import { begin } from './control.js'
import { vectorsFor, wordsOfKind, type MachineOptions } from './forward.js'
import { machine, type Machine } from './machine.js'
import type { Stage } from './stage.js'
import { tablesIn } from './table.js'

/** Phases of a reverse: values, cotangents of outputs, back through the gates, and the counts of votes. */
export type BackwardPhase = 'load' | 'forward' | 'seed' | 'backward' | 'drain' | 'tally'

/** A machine that evaluates a netlist and its reverse. */
export interface BackwardMachine extends Machine<BackwardPhase> {
  readonly input: Stage
  /** Stages of cotangents of outputs, one for each plane that they have, and of inputs. */
  readonly cotangents: readonly Stage[]
  readonly gradients: readonly Stage[]
  readonly chunk: number
  readonly block: number
  /** Addresses of the counts of each thread, and where those of each gate begin among them, in words. */
  readonly counts: readonly number[]
  readonly countOf: Int32Array
  readonly countWords: number
  readonly update: (tables: Uint32Array, gate: number) => void
}

/** Words of counts of a gate of so many operands. */
const countsOf = (arity: number): number => (arity <= 2 ? 4 : 2 ** arity)

/** The machine of a netlist: over Z2 by parity, or of votes in two planes with counts for each entry of its tables. */
export function backwardMachine(
  netlist: Netlist,
  open: boolean,
  votes: boolean,
  options: MachineOptions,
): BackwardMachine {
  const { inputs, outputs } = netlist
  const plan = planOf(netlist, { open, reuse: false })
  const back = backwardOf(plan)
  const areas = votes ? 2 : 1
  // Sums of votes are bytes, which hold those of 15 vectors.
  const vectors = options.vectors ?? vectorsFor((1 + areas) * plan.slots, 8)
  const stride = 16 * vectors
  const space = arena(begin)
  const threads = options.pool?.threads ?? 1
  const planes = (1 + areas) * inputs + areas * outputs.length
  const blocks = Math.max(threads, Math.floor(Math.min(2048, (1 << 25) / planes) / stride), 1)
  const pitch = blocks * stride + 64
  const stage = (count: number): Stage => ({ at: space.room(count * pitch), planes: count, pitch })
  const needed = neededGates(netlist)
  const { tableOf, write } = tablesIn(space, netlist, needed)
  const none = new Uint8Array(gates(netlist))
  const placed = (order: Sequence, swapped: Uint8Array): Placed => {
    const stream = streamOf(plan, order, swapped, stride, tableOf)
    const records = space.put(stream.records)
    const runs = space.put(stream.runs.map((x, i) => (i % 2 === 1 ? records + 4 * x : x)))
    return { stream, at: { records, runs: [runs, runs + 4 * stream.runs.length], kinds: stream.kinds } }
  }
  const [forth, reverse] = [placed(plan, none), placed(back, back.swapped)]
  const place = (wire: number): number => stride * (plan.slotOf[wire] ?? 0)
  const listed = (wires: readonly (readonly [number, number])[]): Listed => {
    const pairs = wires.flatMap(([wire, plane]) => [place(wire), plane * pitch])
    const from = space.put(Int32Array.from(pairs))
    return { from, to: from + 4 * pairs.length }
  }
  const ins = listed(Array.from({ length: inputs }, (_, i) => [i, i] as const))
  const outs = Array.from(outputs, (wire, i) => [wire, i] as const)
  const leads = listed(outs.filter((_, i) => back.leads[i] === 1))
  const joins = listed(outs.filter((_, i) => back.leads[i] === 0))
  const cleared = listed(back.cleared.map((wire) => [wire, 0] as const))
  const { countOf, countWords, tally } = tallied(netlist, plan.order, place, stride * inputs, tableOf)
  const tallyRecords = votes ? space.put(tally.records) : 0
  const tallyRuns = votes ? space.put(tally.runs.map((x, i) => (i % 2 === 1 ? tallyRecords + 4 * x : x))) : 0
  const input = stage(inputs)
  const cotangents = Array.from({ length: areas }, () => stage(outputs.length))
  const gradients = Array.from({ length: areas }, () => stage(inputs))
  const counts: number[] = []
  const scratch = Math.max(...tally.kinds.map((kind) => kind - 48), 0)
  const adding = votes ? union : parity
  const ends = (stages: readonly Stage[]): readonly [number, number] => [stages[0]?.at ?? 0, stages[1]?.at ?? 0]
  const made = machine<BackwardPhase>(
    space,
    (own) => {
      const at = own.room(votes ? 4 * countWords : 0)
      counts.push(at)
      return {
        ...{ vectors, stride, pitch, counts: at },
        position: own.room(4),
        wires: own.room(plan.slots * stride),
        cotangents: Array.from({ length: areas }, () => own.room(plan.slots * stride)),
        scratch: own.room(16 * Math.max(2 ** Math.min(scratch, mostLeaves), 16)),
      }
    },
    {
      load: (site) => mover(site, [{ list: ins, move: fromStage(site.wires, input.at) }]),
      forward: (site) =>
        dispatch(forth.at, wordsOfKind, (f, record, kind) =>
          'pair' in kind ? pairForward(f, site, record, kind.pair) : wideForward(f, site, record, kind.operands),
        ),
      seed: (site) => {
        const [area = 0] = site.cotangents
        const [first] = ends(cotangents)
        return mover(site, [
          { list: leads, move: votes ? seedVotes(site, ends(cotangents), false) : fromStage(area, first) },
          { list: joins, move: votes ? seedVotes(site, ends(cotangents), true) : addFromStage(area, first) },
          { list: cleared, move: clear(site.cotangents) },
        ])
      },
      backward: (site) =>
        dispatch(reverse.at, wordsOfKind, (f, record, kind) =>
          'pair' in kind
            ? pairBackward(f, site, record, kind.pair, kind.first, adding)
            : wideBackward(f, site, record, kind.operands, adding),
        ),
      drain: (site) =>
        mover(site, [
          {
            list: ins,
            move: votes ? drainVotes(site, ends(gradients)) : toStage(site.cotangents[0] ?? 0, ends(gradients)[0]),
          },
        ]),
      tally: (site) =>
        dispatch(
          {
            records: tallyRecords,
            runs: votes ? [tallyRuns, tallyRuns + 4 * tally.runs.length] : [0, 0],
            kinds: tally.kinds,
          },
          (kind) => ('pair' in kind ? 4 : kind.operands + 3),
          (f, record, kind) =>
            'pair' in kind ? pairCount(f, site, record) : wideCount(f, site, record, kind.operands),
        ),
    },
    options.pool,
  )
  const moving = open
    ? [
        bucketsOf(plan, plan, none, forth.stream, forth.at.records, forth.at.runs[0]),
        bucketsOf(plan, back, back.swapped, reverse.stream, reverse.at.records, reverse.at.runs[0]),
      ]
    : []
  return {
    ...made,
    ...{ input, cotangents, gradients, counts, countOf, countWords },
    chunk: (blocks * stride) / 4,
    block: 128 * vectors,
    update(tables, gate) {
      if (arityOf(netlist, gate) > 2) write(made.words, tables, gate)
      else for (const buckets of moving) buckets.move(made.words, tables, gate)
    },
  }
}

interface Placed {
  readonly stream: Stream
  readonly at: Streamed
}

/** The stream of counts: the places of operands and gate, and of the gate's counts; gates of many operands last. */
function tallied(
  netlist: Netlist,
  order: Int32Array,
  place: (wire: number) => number,
  zeros: number,
  tableOf: Int32Array,
): { countOf: Int32Array; countWords: number; tally: Pick<Stream, 'records' | 'runs' | 'kinds'> } {
  const { inputs } = netlist
  const countOf = new Int32Array(gates(netlist)).fill(-1)
  let countWords = 0
  const arities = [...new Set(Array.from(order, (g) => Math.max(arityOf(netlist, g), 2)))].sort((p, q) => p - q)
  const records: number[] = []
  const runs: number[] = []
  for (const [i, arity] of arities.entries()) {
    for (const g of order) {
      const own = arityOf(netlist, g)
      if (Math.max(own, 2) !== arity) continue
      countOf[g] = countWords
      const count = 4 * countWords
      const wires = Array.from({ length: own }, (_, k) => place(operandOf(netlist, g, k)))
      const [x = zeros, y = x] = wires
      if (arity > 2) records.push(place(inputs + g), tableOf[g] ?? 0, count, ...wires)
      else records.push(x, y, place(inputs + g), count)
      countWords += countsOf(arity)
    }
    runs.push(i, records.length)
  }
  return {
    countOf,
    countWords,
    tally: {
      records: Int32Array.from(records),
      runs: Int32Array.from(runs),
      kinds: arities.map((arity) => (arity === 2 ? 0 : kindNumber({ operands: arity }))),
    },
  }
}
