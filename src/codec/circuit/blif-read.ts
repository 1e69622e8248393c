import * as E from 'fp-ts/lib/Either.js'
import { netlist, type NetlistParts } from '../../compile/index.js'
import { excerpt } from '../../data/excerpt.js'
import { gatesOfCover } from './blif-cover.js'
import { blifLines, type Token } from './blif-token.js'
import type { BlifError, Circuit } from './circuit.js'

/** A `.names` as it stands: its signals, the last of which it drives, and its rows. */
interface Names {
  readonly command: Token
  readonly reads: readonly Token[]
  readonly drives: Token
  readonly rows: string[]
  value: 0 | 1
}
/** Commands about time and area, which say nothing of the function. */
const ignored = new Set([
  '.area',
  '.delay',
  '.wire_load_slope',
  '.wire',
  '.input_arrival',
  '.default_input_arrival',
  '.output_required',
  '.default_output_required',
  '.input_drive',
  '.default_input_drive',
  '.max_input_load',
  '.default_max_input_load',
  '.output_load',
  '.default_output_load',
])

/**
 * The circuit of a text in the Berkeley Logic Interchange Format: one `.model` with `.inputs`, `.outputs` and `.names` in any order.
 * Left with line and column on anything else: latches, gates of libraries and further models by name, signals that are driven
 * twice or never, rows that do not fit, cycles.
 */
export function readBlif(text: string): E.Either<BlifError, Circuit> {
  let model: string | undefined
  const inputs: Token[] = []
  const outputs: Token[] = []
  const all: Names[] = []
  let last: Names | undefined
  let ended = false
  const lines = blifLines(text)
  for (const tokens of lines) {
    const [head, ...rest] = tokens
    if (head === undefined) continue
    const { text: command } = head
    if (!command.startsWith('.')) {
      const problem = last === undefined ? 'needs a command' : rowOf(last, tokens)
      if (problem !== undefined) return fail(head, `given ${excerpt(command)}, ${problem}`)
      continue
    }
    last = undefined
    if (ended) return fail(head, `given ${excerpt(command)} after .end; one model is read`)
    if (command === '.model') {
      if (model !== undefined || all.length + inputs.length + outputs.length > 0)
        return fail(head, '.model occurs twice, or after what belongs to it')
      model = rest[0]?.text ?? ''
      if (rest.length > 1) return fail(rest[1] as Token, `.model has one name, given ${rest.length}`)
    } else if (command === '.inputs') for (const t of rest) inputs.push(t)
    else if (command === '.outputs') for (const t of rest) outputs.push(t)
    else if (command === '.names') {
      const drives = rest.pop()
      if (drives === undefined) return fail(head, '.names needs the signal it drives')
      last = { command: head, reads: rest, drives, rows: [], value: 1 }
      all.push(last)
    } else if (command === '.end') ended = true
    else if (!ignored.has(command)) return fail(head, refusal(command))
  }
  if (lines.length === 0) return fail({ text: '', line: 1, column: 1 }, 'the text has no commands, needs .model')
  return wired(model ?? 'circuit', inputs, outputs, all)
}

/** Adds a row to a `.names`, or says why it does not fit. */
function rowOf(names: Names, tokens: readonly Token[]): string | undefined {
  const k = names.reads.length
  const [row = '', value = ''] = k === 0 ? ['', ...tokens.map((t) => t.text)] : tokens.map((t) => t.text)
  const wanted = `needs a row of ${k} of 0, 1, - and a value`
  if (tokens.length !== (k === 0 ? 1 : 2) || row.length !== k || /[^01-]/u.test(row)) return wanted
  if (value !== '0' && value !== '1') return wanted
  if (names.rows.length > 0 && Number(value) !== names.value) return `the rows before have the value ${names.value}`
  names.value = value === '1' ? 1 : 0
  names.rows.push(row)
  return undefined
}

/** Why a command is refused. */
function refusal(command: string): string {
  if (command === '.latch' || command === '.mlatch') return `${command} is state; needs a circuit without latches`
  if (command === '.subckt' || command === '.gate' || command === '.search')
    return `${command} refers to another model; needs one that is flat`
  return `${excerpt(command)} is unsupported; needs .model, .inputs, .outputs, .names or .end`
}

function wired(
  name: string,
  inputs: readonly Token[],
  outputs: readonly Token[],
  all: readonly Names[],
): E.Either<BlifError, Circuit> {
  const wire = new Map<string, number>()
  for (const t of inputs) {
    if (wire.has(t.text)) return fail(t, `the input ${excerpt(t.text)} occurs twice`)
    wire.set(t.text, wire.size)
  }
  const gates: { readonly operands: number[]; readonly table: Uint32Array }[] = []
  /** The `.names` that a gate is of. */
  const from: Names[] = []
  const pieces = all.map((n) => ({ names: n, list: gatesOfCover(n, n.reads.length) }))
  let next = inputs.length
  for (const { names: n, list } of pieces) {
    if (wire.has(n.drives.text)) return fail(n.drives, `the signal ${excerpt(n.drives.text)} is driven twice`)
    next += list.length
    wire.set(n.drives.text, next - 1)
  }
  next = inputs.length
  for (const { names: n, list } of pieces) {
    const reads: number[] = []
    for (const t of n.reads) {
      const w = wire.get(t.text)
      if (w === undefined) return fail(t, `the signal ${excerpt(t.text)} is never driven`)
      reads.push(w)
    }
    for (const { operands, table } of list) {
      gates.push({ operands: operands.map((o) => ('gate' in o ? next + o.gate : (reads[o.input] ?? 0))), table })
      from.push(n)
    }
    next += list.length
  }
  const outs: number[] = []
  for (const t of outputs) {
    const w = wire.get(t.text)
    if (w === undefined) return fail(t, `the output ${excerpt(t.text)} is never driven`)
    outs.push(w)
  }
  const parts: NetlistParts = { inputs: inputs.length, gates, outputs: outs }
  const made = netlist(parts)
  if (E.isLeft(made)) {
    const at = from[made.left.gate]
    const what = at === undefined ? made.left.message : `the signal ${excerpt(at.drives.text)} depends on itself`
    return fail(at?.drives ?? { text: '', line: 1, column: 1 }, what)
  }
  const text = (t: Token): string => t.text
  return E.right({ name, netlist: made.right, inputs: inputs.map(text), outputs: outputs.map(text) })
}

function fail({ line, column }: Token, reason: string): E.Either<BlifError, never> {
  return E.left({ kind: 'blif', message: `blif: line ${line}, column ${column}: ${reason}`, line, column })
}
