import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli/main.js'
import { circuitOf } from '../../src/codec/index.js'
import { evaluateNetlist, gates, simplifyNetlist, type Netlist } from '../../src/compile/index.js'
import { loadCircuit, prove, saveCircuit } from '../../src/node/index.js'
import { randomNetlist } from '../netlist.js'

const folder = mkdtempSync(join(tmpdir(), 'paralens-prove-test-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
const at = (name: string): string => join(folder, name)
const net = randomNetlist(11, 12, 200, [0, 1, 2, 3], 6)

/** The netlist with one entry of the table of a gate the other way round, where an output is different for some input. */
function flipped(from: Netlist): Netlist {
  for (let g = gates(from) - 1; g >= 0; g--) {
    const tables = from.tables.slice()
    const word = from.tableStart[g] ?? 0
    tables[word] = ((tables[word] ?? 0) ^ 1) >>> 0
    const other = { ...from, tables }
    for (let p = 0; p < 4096; p++) {
      const point = Array.from({ length: 12 }, (_, i) => (p >> i) & 1)
      if (evaluateNetlist(from, point).join() !== evaluateNetlist(other, point).join()) return other
    }
  }
  throw new Error('no gate matters')
}

describe.each(['abc', 'yosys'] as const)('prove by %s', (tool) => {
  it('finds what was simplified equal', async () => {
    const verdict = await prove(circuitOf(net), circuitOf(simplifyNetlist(net)), { tool })
    expect(verdict).toEqual(E.right({ kind: 'equal' }))
  })
  it('finds a flipped entry of one gate, with an input where it shows', async () => {
    const other = flipped(net)
    const verdict = await prove(circuitOf(net), circuitOf(other), { tool })
    if (E.isLeft(verdict) || verdict.right.kind !== 'different') throw new Error(JSON.stringify(verdict))
    const { input, output } = verdict.right
    expect(evaluateNetlist(net, input)[output]).not.toBe(evaluateNetlist(other, input)[output])
  })
})

describe('files', () => {
  it('of every format that is written and read are the circuit that was saved', async () => {
    for (const name of ['c.aig', 'c.aag', 'c.blif', 'c.v']) {
      expect(await saveCircuit(at(name), circuitOf(net))).toEqual(E.right(undefined))
      const back = await loadCircuit(at(name))
      if (E.isLeft(back)) throw new Error(back.left.message)
      expect(await prove(circuitOf(net), back.right), name).toEqual(E.right({ kind: 'equal' }))
    }
  })
  it('are proved and converted on the command line', async () => {
    await saveCircuit(at('left.aig'), circuitOf(net))
    await saveCircuit(at('wrong.aig'), circuitOf(flipped(net)))
    const said = (code: number, out: RegExp) => ({ code, out: expect.stringMatching(out) as string, error: '' })
    expect(await run(['circuit', 'convert', at('left.aig'), at('right.v'), '--simplify'])).toEqual(
      said(0, /^wrote .*right\.v: 12 inputs, 6 outputs, \d+ gates\n$/u),
    )
    expect(await run(['circuit', 'prove', at('left.aig'), at('right.v')])).toEqual(said(0, /^equal \(abc\)\n$/u))
    expect(await run(['circuit', 'prove', at('left.aig'), at('wrong.aig')])).toEqual(
      said(1, /^different \(abc\): output y\d at x0=[01] /u),
    )
  })
  it('that are no circuit of Verilog are refused by what yosys says', async () => {
    writeFileSync(at('bad.v'), 'module m(a); input a endmodule')
    const { code, error } = await run(['circuit', 'prove', at('bad.v'), at('bad.v')])
    expect(code).toBe(2)
    expect(error).toContain('yosys')
    expect(readFileSync(at('bad.v'), 'utf8')).toContain('module m')
  })
})
