import type { HeldDtype, KernelName, Kernels, Values } from './kernel.js'

/** A place for the entries of one array. */
export interface Storage {
  readonly index: number
  readonly dtype: HeldDtype
  readonly size: number
}

/** A storage read or written in a shape of its size. */
export interface Operand {
  readonly storage: Storage
  readonly shape: readonly number[]
}

/** One call of a kernel. */
export type Instruction = { readonly [K in KernelName]: InstructionOf<K> }[KernelName]
/** A call of the kernel K. */
export interface InstructionOf<K extends KernelName> {
  readonly kernel: K
  readonly attributes: Kernels[K]
  readonly inputs: readonly Operand[]
  readonly out: Operand
}

/** A program as kernel calls in order; `literals` are known before it runs. */
export interface Code {
  readonly storages: readonly Storage[]
  readonly inputs: readonly Storage[]
  readonly literals: ReadonlyMap<Storage, Values>
  readonly instructions: readonly Instruction[]
  readonly outs: readonly Operand[]
}

/** A call, and the storages that nothing reads after it. */
export interface Step {
  readonly instruction: Instruction
  readonly dead: readonly Storage[]
}

/** Code in two parts: what depends on literals alone is computed once, the rest at every run. */
export interface Plan {
  readonly code: Code
  /** Literals that are read. */
  readonly literals: ReadonlyMap<Storage, Values>
  readonly setup: readonly Instruction[]
  /** Storages of literals and of the setup that the steps or the outputs read. */
  readonly kept: ReadonlySet<Storage>
  readonly steps: readonly Step[]
}

/** The plan of code: dead calls are dropped, constant ones moved to the setup, disposals put after the last reader. */
export function plan(code: Code): Plan {
  const live = liveInstructions(code)
  const fixed = new Set<Storage>(code.literals.keys())
  const setup: Instruction[] = []
  const steps: Instruction[] = []
  for (const instruction of live) {
    const constant = instruction.inputs.every((x) => fixed.has(x.storage))
    if (constant) fixed.add(instruction.out.storage)
    ;(constant ? setup : steps).push(instruction)
  }
  const read = new Set(
    [...setup, ...steps].flatMap((i) => i.inputs.map((x) => x.storage)).concat(code.outs.map((x) => x.storage)),
  )
  const needed = new Set(steps.flatMap((i) => i.inputs.map((x) => x.storage)).concat(code.outs.map((x) => x.storage)))
  return {
    code,
    literals: new Map([...code.literals].filter(([storage]) => read.has(storage))),
    setup,
    kept: new Set([...fixed].filter((s) => needed.has(s))),
    steps: withDisposals(code, steps),
  }
}

function liveInstructions(code: Code): Instruction[] {
  const needed = new Set(code.outs.map((x) => x.storage))
  const live: Instruction[] = []
  for (const instruction of [...code.instructions].reverse()) {
    if (!needed.has(instruction.out.storage)) continue
    for (const x of instruction.inputs) needed.add(x.storage)
    live.push(instruction)
  }
  return live.reverse()
}

function withDisposals(code: Code, steps: readonly Instruction[]): Step[] {
  const made = new Set(steps.map((i) => i.out.storage))
  for (const x of code.outs) made.delete(x.storage)
  const seen = new Set<Storage>()
  const out: Step[] = []
  for (const instruction of [...steps].reverse()) {
    const dead: Storage[] = []
    for (const { storage } of instruction.inputs)
      if (made.has(storage) && !seen.has(storage)) {
        seen.add(storage)
        dead.push(storage)
      }
    out.push({ instruction, dead })
  }
  return out.reverse()
}
