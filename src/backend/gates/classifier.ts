import type { Netlist } from '../../compile/netlist/index.js'
import { checkLanes, checkNetlist } from './check.js'
import { planesFor } from './emit/head.js'
import { eachChunk, type EvaluatorOptions } from './evaluator.js'
import { lanesOf, unpackLanes, wordsOf, type Lanes } from './lanes.js'
import { forwardMachine, type ForwardMachine } from './machine/forward.js'
import { takeIn, takeOut } from './machine/stage.js'
import { absorb } from './plan/absorb.js'

/** A netlist whose outputs are groups of votes, one after the other and each as long. */
export interface Classifier {
  /** How many outputs are 1 in each group, [samples, groups]. */
  counts(x: Lanes): Int32Array
  /** The group that has most, of each sample; of those with as many the first. */
  classes(x: Lanes): Uint8Array
  /** Frees the memory, and lets threads forget it; it runs no more. */
  dispose(): void
}
/** A netlist on rows of bytes, whose outputs are groups of votes. */
export interface ByteClassifier {
  /** The group that has most, of each row of `width` bytes. */
  classes(rows: Uint8Array): Uint8Array
  /** Frees the memory, and lets threads forget it; it runs no more. */
  dispose(): void
}
/** How rows of bytes become inputs: input t · width + i is whether byte i is more than threshold t. */
export interface Rows {
  readonly width: number
  readonly thresholds: readonly number[]
}

/** Throws a RangeError where outputs are not so many groups, from 1 to 256. */
export function checkGroups(name: string, outputs: number, groups: number): void {
  if (!Number.isInteger(groups) || groups < 1 || groups > 256 || outputs % groups !== 0)
    throw new RangeError(`${name}: ${outputs} outputs are not ${groups} groups of as many`)
}
/** Throws a RangeError where rows are not as many inputs. */
export function checkRows(name: string, inputs: number, { width, thresholds }: Rows): void {
  if (!Number.isInteger(width) || width < 1 || width * thresholds.length !== inputs)
    throw new RangeError(`${name}: ${width} bytes at ${thresholds.length} thresholds, needs ${inputs} inputs`)
  for (const threshold of thresholds)
    if (!Number.isInteger(threshold) || threshold < 0 || threshold > 255)
      throw new RangeError(`${name}: threshold ${threshold}, needs a whole number from 0 to 255`)
}
/** How many rows of a width bytes are. Throws a RangeError where they are not whole rows. */
export function rowsOf(bytes: Uint8Array, width: number): number {
  if (bytes.length % width !== 0) throw new RangeError(`classes: ${bytes.length} bytes are not rows of ${width}`)
  return bytes.length / width
}

/** Numbers whose bits are planes, `planes` of them a number: [samples, numbers]. */
export function numbersOf({ samples, words }: Lanes, planes: number, numbers: number): Int32Array {
  const out = new Int32Array(samples * numbers)
  const width = wordsOf(samples)
  for (let n = 0; n < numbers; n++)
    for (let i = 0; i < planes; i++)
      for (let s = 0; s < samples; s++) {
        const bit = ((words[(n * planes + i) * width + (s >>> 5)] ?? 0) >>> (s & 31)) & 1
        const at = s * numbers + n
        out[at] = (out[at] ?? 0) | (bit << i)
      }
  return out
}

/** The counts of groups of a machine's outputs. */
export function countsOfGroups(machine: ForwardMachine, x: Lanes, groups: number, outputs: number): Int32Array {
  if (outputs === 0) return new Int32Array(x.samples * groups)
  const planes = lanesOf(machine.counts.planes, x.samples)
  eachChunk(x.samples, machine, (first, blocks) => {
    takeIn(machine.planes, machine.input, x, first, machine.chunk)
    machine.run(['load', 'forward', 'count'], blocks)
    takeOut(machine.planes, machine.counts, planes, first, machine.chunk)
  })
  return numbersOf(planes, planesFor(outputs / groups), groups)
}

/** Bytes whose bits are planes. */
function bytesOf(planes: Lanes): Uint8Array {
  const out = new Uint8Array(planes.samples)
  if (planes.planes === 0) return out
  const rows = unpackLanes(planes)
  for (let s = 0; s < out.length; s++) {
    let n = 0
    for (let i = 0; i < planes.planes; i++) n |= (rows[s * planes.planes + i] ?? 0) << i
    out[s] = n
  }
  return out
}

/** The classifier of a netlist with so many groups of outputs. Throws a RangeError where they are not as long, and as `evaluator`. */
export function classifier(netlist: Netlist, groups: number, options: EvaluatorOptions = {}): Classifier {
  checkNetlist('classifier', netlist)
  checkGroups('classifier', netlist.outputs.length, groups)
  const machine = forwardMachine(absorb(netlist), false, { groups }, options)
  return {
    counts(x) {
      checkLanes('counts', x, netlist.inputs)
      return countsOfGroups(machine, x, groups, netlist.outputs.length)
    },
    classes(x) {
      checkLanes('classes', x, netlist.inputs)
      const planes = lanesOf(machine.choice.planes, x.samples)
      eachChunk(x.samples, machine, (first, blocks) => {
        takeIn(machine.planes, machine.input, x, first, machine.chunk)
        machine.run(['load', 'forward', 'choose'], blocks)
        takeOut(machine.planes, machine.choice, planes, first, machine.chunk)
      })
      return bytesOf(planes)
    },
    dispose: () => machine.dispose(),
  }
}

/** The classifier of a netlist on rows of bytes: sliced, evaluated, counted and compared block by block. Throws as `classifier`. */
export function byteClassifier(
  netlist: Netlist,
  rows: Rows,
  groups: number,
  options: EvaluatorOptions = {},
): ByteClassifier {
  checkNetlist('byteClassifier', netlist)
  checkGroups('byteClassifier', netlist.outputs.length, groups)
  checkRows('byteClassifier', netlist.inputs, rows)
  const machine = forwardMachine(absorb(netlist), false, { groups, rows }, options)
  const { width } = rows
  return {
    classes(bytes) {
      const samples = rowsOf(bytes, width)
      const planes = lanesOf(machine.choice.planes, samples)
      eachChunk(samples, machine, (first, blocks) => {
        const from = 32 * first * width
        const to = Math.min(bytes.length, from + 32 * machine.chunk * width)
        machine.bytes.set(bytes.subarray(from, to), machine.rows)
        machine.run(['slice', 'forward', 'choose'], blocks)
        takeOut(machine.planes, machine.choice, planes, first, machine.chunk)
      })
      return bytesOf(planes)
    },
    dispose: () => machine.dispose(),
  }
}
