import type { Netlist } from '../../compile/netlist/index.js'
import type { Pool } from '../wasm/thread/pool.js'
import { checkLanes, checkNetlist } from './check.js'
import { lanesOf, wordsOf, type Lanes } from './lanes.js'
import { backwardMachine, type BackwardMachine } from './machine/backward.js'
import { forwardMachine, type ForwardMachine, type ForwardPhase } from './machine/forward.js'
import { takeIn, takeOut } from './machine/stage.js'
import { absorb } from './plan/absorb.js'

/** A netlist that runs on samples, many at a time. */
export interface Evaluator {
  /** The outputs at samples of the inputs. */
  forward(x: Lanes): Lanes
  /** The reverse derivative over Z2 of the gates' polynomials: cotangents of the inputs at x, from those of the outputs. */
  reverse(x: Lanes, dy: Lanes): Lanes
  /** Frees the memory, and lets threads forget it; it runs no more. */
  dispose(): void
}

/** Options of evaluators. */
export interface EvaluatorOptions {
  /** Threads that share the work, from `startPool`; the results do not depend on it. */
  readonly pool?: Pool
  /** Vectors of 128 samples that a wire has in a block; chosen by size unless given. */
  readonly vectors?: number
}

/** The blocks of so many words of a plane. */
export const blocksOf = (words: number, block: number): number => Math.ceil((32 * words) / block)

/** Goes over planes a chunk after the other: the body is given the first word of each, and how many blocks it has. */
export function eachChunk(
  samples: number,
  { chunk, block }: { readonly chunk: number; readonly block: number },
  body: (first: number, blocks: number) => void,
): void {
  const words = wordsOf(samples)
  for (let first = 0; first < words; first += chunk) body(first, blocksOf(Math.min(chunk, words - first), block))
}

/** The outputs of a machine that evaluates. */
export function runForward(machine: ForwardMachine, x: Lanes): Lanes {
  const y = lanesOf(machine.output.planes, x.samples)
  const phases: readonly ForwardPhase[] = machine.small ? ['straight'] : ['load', 'forward', 'store']
  eachChunk(x.samples, machine, (first, blocks) => {
    takeIn(machine.planes, machine.input, x, first, machine.chunk)
    machine.run(phases, blocks)
    takeOut(machine.planes, machine.output, y, first, machine.chunk)
  })
  return y
}

/** The cotangents of the inputs, of a machine over Z2. */
export function runReverse(machine: BackwardMachine, x: Lanes, dy: Lanes): Lanes {
  const dx = lanesOf(machine.input.planes, x.samples)
  const [[seeds], [drains]] = [machine.cotangents, machine.gradients]
  eachChunk(x.samples, machine, (first, blocks) => {
    takeIn(machine.planes, machine.input, x, first, machine.chunk)
    if (seeds !== undefined) takeIn(machine.planes, seeds, dy, first, machine.chunk)
    machine.run(['load', 'forward', 'seed', 'backward', 'drain'], blocks)
    if (drains !== undefined) takeOut(machine.planes, drains, dx, first, machine.chunk)
  })
  return dx
}

/**
 * The evaluator of a netlist on WebAssembly with SIMD: inverters absorbed, gates by level and truth table, interpreted in blocks of 64
 * to 256 bytes a wire; straight-line code where the netlist is small. Throws a RangeError where the netlist is none, and a
 * `BackendError` where the engine refuses the module.
 */
export function evaluator(netlist: Netlist, options: EvaluatorOptions = {}): Evaluator {
  checkNetlist('evaluator', netlist)
  const inner = absorb(netlist)
  const { inputs, outputs } = netlist
  const forward = forwardMachine(inner, false, {}, options)
  let backward: BackwardMachine | undefined
  return {
    forward(x) {
      checkLanes('forward', x, inputs)
      return runForward(forward, x)
    },
    reverse(x, dy) {
      checkLanes('reverse', x, inputs)
      checkLanes('reverse', dy, outputs.length, x.samples)
      backward ??= backwardMachine(inner, false, false, options)
      return runReverse(backward, x, dy)
    },
    dispose() {
      forward.dispose()
      backward?.dispose()
    },
  }
}
