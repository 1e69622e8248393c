import { heap } from '../../src/backend/wasm/memory.js'
import { emitProgram } from '../../src/backend/wasm/emit/program.js'
import { instantiate } from '../../src/backend/wasm/instance.js'
import { prepare, type Prepared, type PrepareOptions } from '../../src/backend/wasm/prepare.js'
import type { MapNode, Node } from '../../src/backend/wasm/lower/node.js'
import type { Plan } from '../../src/backend/wasm/plan/buffer.js'
import { chosen, passNames, rulesOf, type PassName, type Passes } from '../../src/backend/wasm/pass.js'
import { simplify } from '../../src/compile/index.js'
import type { Tensor, Type } from '../../src/object/index.js'
import type { Flat } from '../../src/term/index.js'
import { difference } from './draw.js'

/** How many times more seeds are tried than usual: more than one where the environment says so. */
export const times: number = Number(process.env['PARALENS_FUZZ'] ?? 1)

/** Choices of passes: all, none, each alone, and all but each. */
export const choices: { readonly [name: string]: Passes } = {
  all: {},
  none: without(passNames),
  ...Object.fromEntries(passNames.map((name) => [`${name} alone`, without(passNames.filter((n) => n !== name))])),
  ...Object.fromEntries(passNames.map((name) => [`all but ${name}`, without([name])])),
}
function without(names: readonly PassName[]): Passes {
  return Object.fromEntries(names.map((name) => [name, false]))
}

/** All passes, none, and some of the other choices, others at every seed. */
export function choicesAt(seed: number): readonly (readonly [string, Passes])[] {
  const [all, none, ...others] = Object.entries(choices)
  return [all, none, ...[0, 1, 2].map((i) => others[(3 * seed + i) % others.length])].flatMap((c) =>
    c === undefined ? [] : [c],
  )
}

/** A program compiled with a choice of passes, those on the program itself among them. */
export function preparedBy(program: Flat, passes: Passes, options: PrepareOptions = {}): Prepared {
  return prepare(simplify(program, rulesOf(chosen(passes))), { ...options, passes })
}

/** The outputs of two runs of a prepared program, over a memory that held only NaN. */
export function runPrepared(made: Prepared, inputs: readonly Tensor[]): readonly [Tensor[], Tensor[]] {
  const memory = heap()
  memory.reserve(made.emitted.end)
  memory.floats().fill(Number.NaN)
  const { run } = instantiate(made.emitted.bytes, memory)
  if (run === undefined) throw new TypeError('the module has no run')
  const once = (): Tensor[] => {
    for (const [i, tensor] of inputs.entries()) {
      const address = made.inputs[i] ?? -1
      if (address >= 0) memory.write(address, tensor)
    }
    run()
    return made.cod.map((type: Type, i) => memory.read(made.outputs[i] ?? -1, type))
  }
  const first = once()
  run()
  return [first, made.cod.map((type: Type, i) => memory.read(made.outputs[i] ?? -1, type))]
}

/** What is wrong with a program compiled with choices of passes, entry by entry; undefined where nothing is. */
export function faultOf(
  program: Flat,
  inputs: readonly Tensor[],
  wanted: readonly Tensor[],
  of: readonly (readonly [string, Passes])[] = Object.entries(choices),
): string | undefined {
  for (const [name, passes] of of) {
    for (const [turn, outs] of runPrepared(preparedBy(program, passes), inputs).entries())
      for (const [i, out] of outs.entries()) {
        const found = difference(out, wanted[i] as Tensor)
        if (found !== undefined) return `passes: ${name}, run ${turn + 1}, output ${i}: ${found}`
      }
  }
  return undefined
}

const mutations: { readonly [op: string]: MapNode['op'] } = {
  add: 'subtract',
  subtract: 'add',
  multiply: 'add',
  negate: 'copy',
  relu: 'abs',
  maximum: 'add',
}

/** A plan in which one entrywise node computes something else, and its module; undefined where it has no such node. */
export function mutated(made: Prepared): Prepared | undefined {
  const { grouping } = made.plan
  const { nodes } = grouping.program
  const [chosen = -1] = nodes
    .flatMap((node, i) =>
      node.kind === 'map' && mutations[node.op] !== undefined && node.dtype !== 'bit' && (grouping.at[i] ?? -1) >= 0
        ? [i]
        : [],
    )
    .slice(-1)
  if (chosen < 0) return undefined
  const changed = nodes.map((node, i): Node =>
    i === chosen && node.kind === 'map' ? { ...node, op: mutations[node.op] ?? node.op } : node,
  )
  const plan: Plan = { ...made.plan, grouping: { ...grouping, program: { ...grouping.program, nodes: changed } } }
  return { ...made, plan, emitted: emitProgram(plan) }
}
