import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { check } from '../../laws/index.js'
import { netlistLaws } from '../../laws/catalogue/netlist.js'
import { netlistPasses } from '../../src/compile/index.js'

describe('passes of netlists', () => {
  it('are all in the catalogue', () => {
    const subjects = netlistLaws().map((set) => set.subject)
    expect(subjects).toEqual(expect.arrayContaining(Object.keys(netlistPasses)))
  })
  it.each(netlistLaws().map((set) => [set.subject, set] as const))('%s is lawful', (_, set) => {
    const report = check(set, { runs: 1000 })
    expect(E.isRight(report) ? [] : report.left).toEqual([])
  })
})
