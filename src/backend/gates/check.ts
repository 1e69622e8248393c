import { gates, widest, wordsOf as tableWords, type Netlist } from '../../compile/netlist/index.js'
import { wordsOf, type Lanes } from './lanes.js'

/** Throws a RangeError where an array of a netlist is not as long as the others say, or a wire is read before it is there. */
export function checkNetlist(name: string, netlist: Netlist): void {
  const { inputs, start, operands, tableStart, tables, outputs } = netlist
  const count = gates(netlist)
  const fail = (text: string): never => {
    throw new RangeError(`${name}: ${text}`)
  }
  if (!Number.isInteger(inputs) || inputs < 0) fail(`${inputs} inputs, needs a whole number`)
  if (count < 0 || tableStart.length !== count + 1) fail(`${start.length} starts and ${tableStart.length} of tables`)
  if (start[0] !== 0 || start[count] !== operands.length) fail('the starts do not cover the operands')
  if (tableStart[0] !== 0 || tableStart[count] !== tables.length) fail('the starts do not cover the tables')
  for (let g = 0; g < count; g++) {
    const [from, to] = [start[g] ?? 0, start[g + 1] ?? 0]
    const arity = to - from
    if (arity < 0 || arity > widest) fail(`gate ${g} has ${arity} operands, needs 0 to ${widest}`)
    const words = (tableStart[g + 1] ?? 0) - (tableStart[g] ?? 0)
    if (words !== tableWords(arity))
      fail(`gate ${g} of ${arity} operands has a table of ${words} words, needs ${tableWords(arity)}`)
    for (let i = from; i < to; i++) {
      const wire = operands[i] ?? 0
      if (wire < 0 || wire >= inputs + g) fail(`gate ${g} reads wire ${wire}, needs one before ${inputs + g}`)
    }
  }
  for (const [i, wire] of outputs.entries())
    if (wire < 0 || wire >= inputs + count) fail(`output ${i} is wire ${wire} of ${inputs + count}`)
}

/** Throws a RangeError where lanes have other planes, samples or words than are needed. */
export function checkLanes(name: string, lanes: Lanes, planes: number, samples: number = lanes.samples): void {
  if (!Number.isInteger(samples) || samples < 0)
    throw new RangeError(`${name}: ${samples} samples, needs a whole number`)
  if (lanes.planes !== planes || lanes.samples !== samples)
    throw new RangeError(`${name}: ${lanes.planes} planes of ${lanes.samples} samples, needs ${planes} of ${samples}`)
  if (lanes.words.length !== planes * wordsOf(samples))
    throw new RangeError(`${name}: ${lanes.words.length} words, needs ${planes * wordsOf(samples)}`)
}
