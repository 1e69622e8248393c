import {
  complementOf,
  draft,
  gateAt,
  gates,
  rewritten,
  tableOfWord,
  type Draft,
  type Gate,
  type NetlistPass,
} from '../../../src/compile/index.js'
import { netlistPass, type NetlistPassClaim } from '../../../laws/part/netlist-pass.js'
import type { Mutant } from './mutant.js'

const each =
  (rule: (gate: Gate, out: Draft, g: number) => number): NetlistPass =>
  (f) =>
    rewritten(f, rule)
const mutant = (law: string, mistake: string, pass: NetlistPass, claims: readonly NetlistPassClaim[] = []): Mutant => ({
  mistake,
  sets: () => [netlistPass('mutant', pass, { claims })],
  killedBy: `netlist pass/${law}`,
})

/** A gate whose complement is there is taken for it. */
const unsigned: NetlistPass = (f) => {
  const seen = new Map<string, number>()
  return rewritten(f, ({ operands, table }, out) => {
    const k = operands.length
    const keys = [table, complementOf(table, k)].map((t) => `${operands.join()}:${t.join()}`)
    const same = seen.get(keys[0] ?? '') ?? seen.get(keys[1] ?? '')
    if (same !== undefined) return same
    const wire = out.put(operands, table)
    seen.set(keys[0] ?? '', wire)
    return wire
  })
}
/** Every gate is the inverter of an inverter, which claims to leave things as they are. */
const doubled = each(({ operands, table }, out) => {
  const wire = out.put(operands, table)
  return out.put([out.put([wire], tableOfWord(1))], tableOfWord(1))
})
/** The last output is lost. */
const short: NetlistPass = (f) => ({ ...f, outputs: f.outputs.slice(0, -1) })
/** The first gate reads the last wire. */
const late: NetlistPass = (f) => {
  const out = draft(f.inputs)
  for (let g = 0; g < gates(f); g++) {
    const { operands, table } = gateAt(f, g)
    out.put(g === 0 ? operands.map(() => f.inputs + gates(f) - 1) : operands, table)
  }
  return out.finish(f.outputs)
}
/** Half of a table is lost. */
const cut = each(({ operands, table }, out) => out.put(operands, table.subarray(0, 1)))

/** Passes of netlists with a mistake in them. */
export const netlistMutants: readonly Mutant[] = [
  mutant('netlist', 'a pass of netlists that loses an output', short),
  mutant('netlist', 'a pass of netlists whose first gate reads the last wire', late),
  mutant('netlist', 'a pass of netlists that keeps one word of each table', cut),
  mutant('meaning', 'a pass of netlists that takes the complement of a gate for the gate', unsigned),
  mutant(
    'meaning',
    'a pass of netlists that reads operands in the reverse order',
    each(({ operands, table }, out) => out.put([...operands].reverse(), table)),
  ),
  mutant('smaller', 'a pass of netlists that inverts every gate twice, said to make them smaller', doubled, [
    'smaller',
  ]),
  mutant('idempotent', 'a pass of netlists that inverts every gate twice, said to be idempotent', doubled, [
    'idempotent',
  ]),
]
