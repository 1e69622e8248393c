import { afterAll, describe, expect, it } from 'vitest'
import {
  entryStarts,
  plainTrainable,
  startPool,
  trainable,
  type Lanes,
  type Trainable,
} from '../../src/backend/gates/index.js'
import type { Netlist } from '../../src/compile/netlist/index.js'
import { numbers } from '../netlist.js'
import { bitAt, bySample, nets, randomLanes } from './gates-net.js'

const pool = await startPool(2)
afterAll(() => pool.close())

describe('signed votes', () => {
  const makes: readonly (readonly [string, (netlist: Netlist) => Trainable])[] = [
    ['plain', (netlist) => plainTrainable(netlist)],
    ['wasm', (netlist) => trainable(netlist)],
    ['two threads', (netlist) => trainable(netlist, { pool, vectors: 2 })],
  ]
  it.each(makes)('of every sample, %s', (_, make) => {
    for (const [, netlist] of nets) {
      const engine = make(netlist)
      const starts = entryStarts(netlist)
      for (const samples of [0, 1, 33, 300]) {
        const x = randomLanes(samples + 3, netlist.inputs, samples)
        const [one, zero] = [4, 5].map((k) => randomLanes(samples + k, netlist.outputs.length, samples)) as [
          Lanes,
          Lanes,
        ]
        const { inputs, entries } = engine.votes(x, { one, zero })
        const expected = new Int32Array(starts[starts.length - 1] ?? 0)
        for (let s = 0; s < samples; s++) {
          const back = bySample(netlist, netlist.tables, (i) => bitAt(x, i, s)).votes(
            (o) => bitAt(one, o, s),
            (o) => bitAt(zero, o, s),
            (g, q, sign) => {
              const at = (starts[g] ?? 0) + q
              expected[at] = (expected[at] ?? 0) + sign
            },
          )
          const got = Array.from(back, (_, i) => bitAt(inputs.one, i, s) - bitAt(inputs.zero, i, s))
          expect([s, got]).toEqual([s, [...back]])
        }
        expect(entries).toEqual(expected)
      }
      engine.dispose()
    }
  })
})

describe('truth tables that change', () => {
  it.each([false, true])('are those of the next run; after a first run: %s', (early) => {
    for (const [, netlist] of nets) {
      const next = numbers(7)
      const engine = trainable(netlist)
      const samples = 140
      const x = randomLanes(1, netlist.inputs, samples)
      const [dy, zero] = [2, 3].map((k) => randomLanes(k, netlist.outputs.length, samples)) as [Lanes, Lanes]
      if (early) {
        engine.reverse(x, dy)
        engine.votes(x, { one: dy, zero })
      }
      for (let turn = 0; turn < 4; turn++) {
        const tables = netlist.tables.slice()
        for (let g = 0; g + 1 < netlist.start.length; g++)
          for (let w = netlist.tableStart[g] ?? 0; w < (netlist.tableStart[g + 1] ?? 0); w++) {
            const arity = (netlist.start[g + 1] ?? 0) - (netlist.start[g] ?? 0)
            if (next(3) > 0) tables[w] = next(arity >= 5 ? 2 ** 32 : 2 ** (2 ** arity))
          }
        engine.update(tables)
        const reference = plainTrainable({ ...netlist, tables })
        expect(engine.forward(x)).toEqual(reference.forward(x))
        expect(engine.reverse(x, dy)).toEqual(reference.reverse(x, dy))
        expect(engine.votes(x, { one: dy, zero })).toEqual(reference.votes(x, { one: dy, zero }))
        expect(engine.counts(x)).toEqual(reference.counts(x))
      }
      engine.dispose()
    }
  })
})
