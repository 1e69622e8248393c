import * as E from 'fp-ts/lib/Either.js'
import { netlist, tableOfWord, type Literal, type NetlistParts } from '../../compile/index.js'
import { excerpt } from '../../data/excerpt.js'
import { scanner, type Scanner } from './aiger-scan.js'
import { numbered, type AagError, type AigError, type Circuit } from './circuit.js'

/** The most inputs that are read: the binary format spends no byte on one. */
export const mostInputs: number = 1 << 20

/** A conjunction as it stands: what it defines, of what, and the byte where it begins. */
interface Conjunction {
  readonly variable: number
  readonly left: Literal
  readonly right: Literal
  readonly at: number
}
interface Header {
  readonly binary: boolean
  readonly most: number
  readonly inputs: number
  readonly outputs: number
  readonly ands: number
}

/**
 * The circuit of bytes in either format of AIGER (A. Biere, 2007), with the names that the file has. Left, with line and column of the
 * ASCII format or the byte of the binary one, on anything else, among it latches, properties of AIGER 1.9, literals that nothing
 * defines, cycles, and sizes that the file is too short for, before anything is allocated.
 */
export function readAiger(bytes: Uint8Array): E.Either<AagError | AigError, Circuit> {
  const scan = scanner(bytes)
  const header = headerOf(scan)
  if (typeof header === 'string') return E.left(scan.error(header))
  const body = bodyOf(scan, header)
  if (typeof body === 'string') return E.left(scan.error(body))
  const { variables, outputs, conjunctions } = body
  const wire = new Map<number, number>(variables.map((v, i) => [v, i]))
  for (const [g, { variable, at }] of conjunctions.entries()) {
    if (wire.has(variable)) return E.left(scan.error(`literal ${2 * variable} is defined twice`, at))
    wire.set(variable, header.inputs + g)
  }
  const gates: { readonly operands: readonly number[]; readonly table: Uint32Array }[] = []
  for (const { left, right, at } of conjunctions) {
    const open = [left, right].filter((x) => x > 1)
    const strange = open.find((x) => !wire.has(x >>> 1))
    if (strange !== undefined) return E.left(scan.error(`literal ${strange} is never defined`, at))
    const word =
      left === 0 || right === 0
        ? 0
        : open.reduce((w, x, i) => w & columnOf(x, i, open.length), 2 ** (2 ** open.length) - 1)
    gates.push({ operands: open.map((x) => wire.get(x >>> 1) ?? 0), table: tableOfWord(word) })
  }
  const made = new Map<Literal, number>()
  const outs: number[] = []
  for (const [o, x] of outputs.literals.entries()) {
    const own = wire.get(x >>> 1)
    if (x > 1 && own === undefined) return E.left(scan.error(`literal ${x} is never defined`, outputs.at[o]))
    let w = x > 1 && (x & 1) === 0 ? own : made.get(x)
    if (w === undefined) {
      w = header.inputs + gates.length
      made.set(x, w)
      gates.push(x > 1 ? { operands: [own ?? 0], table: tableOfWord(1) } : { operands: [], table: tableOfWord(x) })
    }
    outs.push(w)
  }
  return finish(scan, header, { inputs: header.inputs, gates, outputs: outs }, conjunctions)
}

/** The column of a table of n operands where operand i is what a literal says it is. */
const columnOf = (x: Literal, i: number, n: number): number =>
  ((n === 1 ? 0b10 : i === 0 ? 0b1010 : 0b1100) ^ ((x & 1) === 1 ? 0b1111 : 0)) & (2 ** (2 ** n) - 1)

function finish(
  scan: Scanner,
  header: Header,
  parts: NetlistParts,
  conjunctions: readonly Conjunction[],
): E.Either<AagError | AigError, Circuit> {
  const made = netlist(parts)
  if (E.isLeft(made)) {
    const at = conjunctions[made.left.gate]
    return E.left(
      at === undefined
        ? scan.error(made.left.message)
        : scan.error(`literal ${2 * at.variable} depends on itself`, at.at),
    )
  }
  const inputs = numbered('x', header.inputs)
  const outputs = numbered('y', header.outputs)
  let name = 'circuit'
  while (!scan.ended()) {
    const at = scan.at()
    const line = scan.line()
    if (line === undefined) return E.left(scan.error('the names are not UTF-8', at))
    if (line === 'c') {
      name = (scan.ended() ? undefined : scan.line()) ?? name
      break
    }
    const [, kind = '', index = '', text = ''] = /^([iolbcjf])(\d{1,10}) (.+)$/u.exec(line) ?? []
    const list = kind === 'i' ? inputs : kind === 'o' ? outputs : []
    if (!(Number(index) < list.length) || text === '')
      return E.left(scan.error(`given ${excerpt(line)}, needs the name of an input or output, or a comment`, at))
    list[Number(index)] = text
  }
  return E.right({ name, netlist: made.right, inputs, outputs })
}

/** The header, or why it is none. */
function headerOf(scan: Scanner): Header | string {
  const format = scan.word()
  if (format !== 'aag' && format !== 'aig') return `given ${excerpt(format)}, needs aag or aig`
  const numbers: number[] = []
  while (numbers.length < 9 && scan.blank()) {
    const n = scan.natural()
    if (n === undefined) return `header number ${numbers.length + 1} is not a natural below 2³¹`
    numbers.push(n)
  }
  if (!scan.newline()) return 'the header does not end after at most nine numbers'
  const [most = 0, inputs = 0, latches = 0, outputs = 0, ands = 0, ...properties] = numbers
  if (numbers.length < 5) return `the header has ${numbers.length} numbers, needs M I L O A`
  if (latches > 0) return `${latches} latches given, needs a circuit without state`
  if (properties.some((n) => n > 0)) return 'properties of AIGER 1.9 given, needs none'
  const binary = format === 'aig'
  if (inputs > mostInputs) return `${inputs} inputs given, needs at most ${mostInputs}`
  if (most < inputs + ands || (binary && most !== inputs + ands))
    return `M is ${most}, ${inputs} inputs and ${ands} gates need ${binary ? '' : 'at least '}${inputs + ands}`
  const needed = binary ? 2 * outputs + 2 * ands : 2 * inputs + 2 * outputs + 6 * ands
  if (needed > scan.left()) return `the header says ${needed} bytes or more follow, given ${scan.left()}`
  return { binary, most, inputs, outputs, ands }
}

interface Body {
  readonly variables: readonly number[]
  readonly outputs: { readonly literals: readonly Literal[]; readonly at: readonly number[] }
  readonly conjunctions: readonly Conjunction[]
}

/** Inputs, outputs and gates, or why they are none. */
function bodyOf(scan: Scanner, { binary, most, inputs, outputs, ands }: Header): Body | string {
  const variables: number[] = []
  const seen = new Set<number>()
  for (let i = 0; i < inputs; i++) {
    const x = binary ? 2 * (i + 1) : scan.natural()
    if (x === undefined || x < 2 || x % 2 === 1 || x > 2 * most + 1 || (!binary && !scan.newline()))
      return `input ${i} is not a line of an even literal in 2 … ${2 * most}`
    if (seen.has(x)) return `literal ${x} is an input twice`
    seen.add(x)
    variables.push(x / 2)
  }
  const literals: Literal[] = []
  const at: number[] = []
  for (let o = 0; o < outputs; o++) {
    at.push(scan.at())
    const x = scan.natural()
    if (x === undefined || x > 2 * most + 1 || !scan.newline())
      return `output ${o} is not a line of a literal in 0 … ${2 * most + 1}`
    literals.push(x)
  }
  const conjunctions: Conjunction[] = []
  for (let g = 0; g < ands; g++) {
    const start = scan.at()
    const read = binary ? deltas(scan, 2 * (inputs + 1 + g)) : triple(scan, most)
    if (typeof read === 'string') return `gate ${g}: ${read}`
    conjunctions.push({ ...read, at: start })
  }
  return { variables, outputs: { literals, at }, conjunctions }
}

function deltas(scan: Scanner, own: Literal): Omit<Conjunction, 'at'> | string {
  const [first, second] = [scan.varint(), scan.varint()]
  if (first === undefined || second === undefined) return 'its differences are cut, or no naturals below 2³¹'
  const left = own - first
  const right = left - second
  if (first === 0 || right < 0)
    return `the differences ${first} and ${second} lead from ${own} to ${right}, needs own > left ≥ right ≥ 0`
  return { variable: own / 2, left, right }
}

function triple(scan: Scanner, most: number): Omit<Conjunction, 'at'> | string {
  const own = scan.natural()
  const left = scan.blank() ? scan.natural() : undefined
  const right = scan.blank() ? scan.natural() : undefined
  if (own === undefined || left === undefined || right === undefined || !scan.newline())
    return 'it is not a line of three literals'
  if (own < 2 || own % 2 === 1 || Math.max(own, left, right) > 2 * most + 1)
    return `${own} ${left} ${right} is not an even literal and two, in 0 … ${2 * most + 1}`
  return { variable: own / 2, left, right }
}
