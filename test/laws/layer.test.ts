import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { check, discover, lawsOf, type LawSet } from '../../laws/index.js'
import { layerLaws, models } from '../../laws/catalogue/layer.js'
import { layerRows } from '../../laws/catalogue/layer-claims.js'
import { layer } from '../../laws/part/layer.js'
import { bias, dense, relu } from '../../src/layer/index.js'
import { int } from '../../src/object/index.js'
import { layerAt, type Pointwise, type Untyped } from '../../src/optic/index.js'
import { gather, log, multiply, sign } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { objectOf } from '../../src/object/index.js'
import { diagram } from '../../src/term/index.js'
import { expectRow } from './claim-row.js'

const holds = (set: LawSet): boolean => E.isRight(check(set))
const named = (set: LawSet): string[] => lawsOf(set).map((s) => s.law.name)

describe('the claims of layers and circuits', () => {
  const sets = new Map(layerLaws().map((set) => [set.subject, set]))

  it('are stated for each, and for nothing else', () => {
    expect(Object.keys(layerRows).sort()).toEqual(Object.keys(models).sort())
  })

  it.each(Object.keys(models))('%s has those of its row, and a witness against each other', (name) => {
    expectRow(sets.get(name) as LawSet, layerRows[name])
  })

  it('are all held by something: no claim that nothing satisfies', () => {
    const held = new Set(Object.values(layerRows).flatMap((row) => row.holds))
    const offered = discover(sets.get('dense') as LawSet, { runs: 1 }).map((r) => r.law)
    expect(offered.filter((claim) => !held.has(claim as never))).toEqual([])
    const signs = layerAt({ pointwise: 'sign', body: sign }, [[2, 3]])
    expect(holds(layer('sign', signs, { claims: ['scaleInvariant', 'odd', 'monotone', 'idempotent'] }))).toBe(true)
  })
})

describe('laws.layer', () => {
  it('takes a typed model, a layer that fits any object, and says which claims there are', () => {
    expect(holds(layer('dense', dense(4, 3), { claims: ['affine'] }))).toBe(true)
    expect(holds(layer('relu', relu, { at: [[2], [3]], claims: ['idempotent'] }))).toBe(true)
    expect(() => layer('bias', bias(3), { claims: ['liner' as 'linear'] })).toThrow(
      /^laws\.layer: no claim is called "liner"; there are linear, linearInParameters, /,
    )
  })

  it('asks first parameters of what has some, and runs every law', () => {
    expect(named(layer('relu', relu))).not.toContain('first parameters')
    const report = check(layer('dense', dense(4, 3)))
    const results = E.isRight(report) ? report.right.results : []
    expect(results.map((r) => r.law)).toContain('first parameters')
    expect(results.filter((r) => r.runs < 100).map((r) => r.law)).toEqual([
      'types',
      'types of gradients',
      'first parameters',
    ])
  })

  it('keeps to the domain that is said', () => {
    const logarithm: Pointwise = { pointwise: 'log', body: log }
    expect(holds(layer('log', logarithm, { domain: (n) => (1 + n) / 16, claims: ['monotone', 'elementwise'] }))).toBe(
      true,
    )
    expect(holds(layer('log', logarithm, { claims: ['monotone'] }))).toBe(false)
  })

  it('reads a layer of indices and weights: an embedding', () => {
    const term = diagram(objectOf([[5, 2], int(3)]), ([table, i]) => [multiply(2, gather(table as Wire, i as Wire))])
    const embedding: Untyped = {
      dom: [int(3)],
      cod: [[3, 2]],
      params: { table: [5, 2] },
      parameters: [{ path: ['table'], type: { dtype: 'float32', shape: [5, 2] }, draw: () => new Float64Array(10) }],
      term,
    }
    const options = { domain: (n: number) => n % 5, claims: ['linearInParameters', 'rowEquivariant'] as const }
    expect(holds(layer('embedding', embedding, options))).toBe(true)
  })
})
