import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { gateAt, gates, maskOf, netlist, wordsOf, type Netlist } from '../../src/compile/index.js'
import type { Variables } from '../law/law.js'

/** A netlist, and what its inputs are at points where not all are tried. */
export interface AtPoints {
  readonly f: Netlist
  readonly seed: number
}

/** Netlists of up to 14 inputs and 24 gates, of which every kind of gate a pass looks for is likely to be one. */
export function netlists(): Variables<AtPoints> {
  const word = fc.oneof(
    fc.nat(0xffff).map((n) => n * 0x10001),
    fc.constantFrom(0, 0xffffffff, 0x55555555, 0xaaaaaaaa, 0x88888888, 0xeeeeeeee, 0x66666666, 0x99999999),
  )
  const gate = fc.record({
    operands: fc.array(fc.nat(1000), { maxLength: 6 }),
    words: fc.tuple(word, word),
  })
  const arbitrary = fc
    .record({
      inputs: fc.oneof({ weight: 9, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.integer({ min: 7, max: 14 }) }),
      all: fc.array(gate, { maxLength: 24 }),
      outputs: fc.array(fc.nat(1000), { maxLength: 4 }),
      seed: fc.nat(),
    })
    .map(({ inputs, all, outputs, seed }): AtPoints => {
      const made = netlist({
        inputs,
        gates: all.map(({ operands, words }, g) => {
          const wires = inputs + g
          const reads = wires === 0 ? [] : operands.map((w) => wires - 1 - (w % Math.min(wires, 8)))
          const k = reads.length
          return { operands: reads, table: words.slice(0, wordsOf(k)).map((x) => (x & maskOf(k)) >>> 0) }
        }),
        outputs: inputs + all.length === 0 ? [] : outputs.map((w) => w % (inputs + all.length)),
      })
      if (E.isLeft(made)) throw new TypeError(made.left.message)
      return { f: made.right, seed }
    })
  return { text: 'f : Z₂ⁿ → Z₂ᵐ', arbitrary, show: ({ f }) => ({ f: showNetlist(f) }) }
}

/** A netlist as text, a gate a line: `4 = 0110(0, 1)`, entry 0 of the table first. */
export function showNetlist(f: Netlist): string {
  const lines = Array.from({ length: gates(f) }, (_, g) => {
    const { operands, table } = gateAt(f, g)
    const entries = Array.from({ length: 2 ** operands.length }, (_, i) => ((table[i >>> 5] ?? 0) >>> (i & 31)) & 1)
    return `${f.inputs + g} = ${entries.join('')}(${operands.join(', ')})`
  })
  return [`inputs ${f.inputs}`, ...lines, `outputs ${f.outputs.join(' ')}`].join('\n')
}
