import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { circuitOf, type Circuit } from '../codec/index.js'
import { evaluateNetlist, type Netlist } from '../compile/index.js'
import { provers } from './prover.js'

/** A tool that proves. */
export type Prover = 'abc' | 'yosys'
/** What is known of two circuits; where they differ, an input of the left one and an output that differs there. */
export type Verdict =
  | { readonly kind: 'equal' }
  | { readonly kind: 'different'; readonly input: Uint8Array; readonly output: number }
  | { readonly kind: 'undecided'; readonly seconds: number }
/** A tool that is not installed, or that answered what is no verdict. */
export interface ToolError {
  readonly kind: 'tool'
  readonly message: string
  readonly tool: Prover
}
/** Circuits that cannot be compared: their numbers of inputs or outputs differ. */
export interface BoundaryError {
  readonly kind: 'boundary'
  readonly message: string
}
/** How circuits are compared: by abc unless said, for 60 seconds of search unless said. */
export interface ProveOptions {
  readonly tool?: Prover
  readonly seconds?: number
}

/**
 * Whether two circuits are one function, for every input, as a tool that was written by others finds: inputs and outputs are matched by
 * name where both circuits have the same names, each once, else by position. A counterexample is tried here before it is reported. Left
 * where the tool is not installed or the circuits have different boundaries; rejects where no temporary file can be written.
 */
export async function prove(
  left: Circuit,
  right: Circuit,
  { tool = 'abc', seconds = 60 }: ProveOptions = {},
): Promise<E.Either<ToolError | BoundaryError, Verdict>> {
  if (!Number.isInteger(seconds) || seconds < 1) throw new RangeError(`prove: ${seconds} seconds, needs an integer ≥ 1`)
  const [f, g] = [left.netlist, aligned(left, right)]
  if (f.inputs !== g.inputs || f.outputs.length !== g.outputs.length)
    return E.left({
      kind: 'boundary',
      message: `prove: ${f.inputs} inputs and ${f.outputs.length} outputs do not match ${g.inputs} and ${g.outputs.length}`,
    })
  if (f.outputs.length === 0) return E.right({ kind: 'equal' })
  const folder = await mkdtemp(join(tmpdir(), 'paralens-prove-'))
  try {
    const found = await provers[tool](folder, circuitOf(f), circuitOf(g), seconds)
    if (E.isLeft(found)) return found
    if (found.right === 'equal') return E.right({ kind: 'equal' })
    if (found.right === 'undecided') return E.right({ kind: 'undecided', seconds })
    const values = found.right
    const input = Uint8Array.from({ length: f.inputs }, (_, i) => values.get(i) ?? 0)
    const there = evaluateNetlist(g, input)
    const output = evaluateNetlist(f, input).findIndex((bit, o) => bit !== there[o])
    if (output >= 0) return E.right({ kind: 'different', input, output })
    return E.left({ kind: 'tool', message: `prove: the counterexample of ${tool} is none: both agree there`, tool })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The right netlist with inputs and outputs in the order of the left one's names, where those are the same. */
function aligned(left: Circuit, right: Circuit): Netlist {
  const { netlist } = right
  const ins = places(left.inputs, right.inputs)
  const outs = places(left.outputs, right.outputs)
  if (ins === undefined || outs === undefined) return netlist
  const wires = new Map(ins.map((from, to) => [from, to]))
  return {
    ...netlist,
    operands: netlist.operands.map((w) => wires.get(w) ?? w),
    outputs: Int32Array.from(outs, (o) => wires.get(netlist.outputs[o] ?? 0) ?? netlist.outputs[o] ?? 0),
  }
}

/** Where each of the names stands in a list of the same names, each there once. */
function places(names: readonly string[], among: readonly string[]): readonly number[] | undefined {
  const at = new Map(among.map((name, i) => [name, i]))
  if (at.size !== among.length || new Set(names).size !== names.length || names.length !== among.length)
    return undefined
  const found = names.map((name) => at.get(name) ?? -1)
  return found.includes(-1) ? undefined : found
}
