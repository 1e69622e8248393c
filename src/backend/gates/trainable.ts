import { gates, type Netlist } from '../../compile/netlist/index.js'
import { checkLanes, checkNetlist } from './check.js'
import { countsOfGroups, checkGroups } from './classifier.js'
import { eachChunk, runForward, runReverse, type Evaluator, type EvaluatorOptions } from './evaluator.js'
import { lanesOf, type Lanes } from './lanes.js'
import { backwardMachine, type BackwardMachine } from './machine/backward.js'
import { forwardMachine } from './machine/forward.js'
import { takeIn, takeOut } from './machine/stage.js'
import { arityOf } from './table.js'
import { addVotes, entryStarts } from './vote.js'

/** Of each bit the samples where it should be 1, and where it should be 0; of one with both, neither counts. */
export interface Desires {
  readonly one: Lanes
  readonly zero: Lanes
}
/** What desires of the outputs come to. */
export interface Votes {
  readonly inputs: Desires
  /** For each entry of each table, gate by gate, how many samples would have it 1 less how many would have it 0. */
  readonly entries: Int32Array
}

/** A netlist that runs on samples, and whose truth tables may change between runs. */
export interface Trainable extends Evaluator {
  /** How many outputs are 1 in each of the groups that they make up, [samples, groups]. */
  counts(x: Lanes): Int32Array
  /**
   * Signed votes (the derivative over Z at Boolean points, in two planes): a desire of a gate's value is one of each operand that
   * decides it, for the same value where both agree; desires meet by union, and cancel where they differ. Union makes the
   * cotangent of a sum another than the sum of cotangents.
   */
  votes(x: Lanes, desires: Desires): Votes
  /** Replaces the truth tables, in the order and size of the netlist's. Throws a RangeError where they are more or fewer. */
  update(tables: Uint32Array): void
}

/** Options of a netlist to be trained. */
export interface TrainableOptions extends EvaluatorOptions {
  /** How many groups of as many outputs are counted; 1 unless given. */
  readonly groups?: number
}

/** A netlist to be trained, on WebAssembly with SIMD: as it is wired, with the tables it begins with. Throws as `evaluator`. */
export function trainable(netlist: Netlist, options: TrainableOptions = {}): Trainable {
  checkNetlist('trainable', netlist)
  const { inputs, outputs, tableStart } = netlist
  const groups = options.groups ?? 1
  checkGroups('trainable', outputs.length, groups)
  const tables = netlist.tables.slice()
  // Machines are built from the tables as they are then, which only the order of records depends on.
  const current: Netlist = { ...netlist, tables }
  const forward = forwardMachine(current, true, { groups }, options)
  let parity: BackwardMachine | undefined
  let union: BackwardMachine | undefined
  const starts = entryStarts(netlist)
  const size = starts[starts.length - 1] ?? 0
  return {
    forward(x) {
      checkLanes('forward', x, inputs)
      return runForward(forward, x)
    },
    reverse(x, dy) {
      checkLanes('reverse', x, inputs)
      checkLanes('reverse', dy, outputs.length, x.samples)
      parity ??= backwardMachine({ ...current, tables: tables.slice() }, true, false, options)
      return runReverse(parity, x, dy)
    },
    counts(x) {
      checkLanes('counts', x, inputs)
      return countsOfGroups(forward, x, groups, outputs.length)
    },
    votes(x, { one, zero }) {
      checkLanes('votes', x, inputs)
      checkLanes('votes', one, outputs.length, x.samples)
      checkLanes('votes', zero, outputs.length, x.samples)
      union ??= backwardMachine({ ...current, tables: tables.slice() }, true, true, options)
      const gradient = runVotes(union, x, { one, zero })
      const entries = new Int32Array(size)
      for (const at of union.counts) {
        const counts = union.words.subarray(at >>> 2, (at >>> 2) + union.countWords)
        for (let g = 0; g < gates(netlist); g++) {
          const from = union.countOf[g] ?? -1
          if (from >= 0) addVotes(netlist, tables, g, arityOf(netlist, g), counts, from, entries, starts[g] ?? 0)
        }
      }
      return { inputs: gradient, entries }
    },
    update(next) {
      if (next.length !== tables.length)
        throw new RangeError(`update: ${next.length} words of tables, needs ${tables.length}`)
      for (let g = 0; g < gates(netlist); g++) {
        let changed = false
        for (let w = tableStart[g] ?? 0; w < (tableStart[g + 1] ?? 0); w++) {
          changed ||= tables[w] !== next[w]
          tables[w] = next[w] ?? 0
        }
        if (changed) for (const machine of [forward, parity, union]) machine?.update(tables, g)
      }
    },
    dispose() {
      for (const machine of [forward, parity, union]) machine?.dispose()
    },
  }
}

function runVotes(machine: BackwardMachine, x: Lanes, { one, zero }: Desires): Desires {
  const { words, planes, input, cotangents, gradients, counts, countWords, chunk } = machine
  for (const at of counts) words.fill(0, at >>> 2, (at >>> 2) + countWords)
  const drained = { one: lanesOf(input.planes, x.samples), zero: lanesOf(input.planes, x.samples) }
  eachChunk(x.samples, machine, (first, blocks) => {
    takeIn(planes, input, x, first, chunk)
    for (const [i, desired] of [one, zero].entries()) {
      const stage = cotangents[i]
      if (stage !== undefined) takeIn(planes, stage, desired, first, (blocks * machine.block) / 32, true)
    }
    machine.run(['load', 'forward', 'seed', 'backward', 'drain', 'tally'], blocks)
    for (const [i, to] of [drained.one, drained.zero].entries()) {
      const stage = gradients[i]
      if (stage !== undefined) takeOut(planes, stage, to, first, chunk)
    }
  })
  return drained
}
