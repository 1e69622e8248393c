import { describe, expect, it } from 'vitest'
import { lowerProgram } from '../../src/backend/wasm/lower/lower.js'
import { chosen } from '../../src/backend/wasm/pass.js'
import type { Limits } from '../../src/backend/tensorflow/shader/dialect.js'
import { glsl } from '../../src/backend/tensorflow/shader/glsl.js'
import { shaderPlan, type Program } from '../../src/backend/tensorflow/shader/program.js'
import { ofTexels, textureShape, toTexels } from '../../src/backend/tensorflow/shader/texture.js'
import { wgsl } from '../../src/backend/tensorflow/shader/wgsl.js'
import { objectOf, type Ob } from '../../src/object/index.js'
import { addAll, broadcast, concat, contract, divide, exp, multiply, sqrt, sum } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten } from '../../src/term/index.js'

const devices: { readonly [name: string]: readonly [typeof glsl, Limits] } = {
  webgl: [glsl, { reads: 16, writes: 8, arrays: 24, scalars: 0, sameRoom: true }],
  webgpu: [wgsl, { reads: 8, writes: 8, arrays: 8, scalars: 4096, sameRoom: false }],
}

/** The programs of a term, each checked: it is within the limits and reads what is an input or was written before. */
function programsOf(name: string, dom: Ob, body: (...wires: Wire[]) => readonly Wire[]): readonly Program[] {
  const [dialect, limits] = devices[name] ?? [wgsl, { reads: 0, writes: 0, arrays: 0, scalars: 0, sameRoom: false }]
  const program = flatten(diagram(objectOf(dom), (wires) => body(...wires)))
  const nodes = lowerProgram(program, [], chosen())
  const { programs } = shaderPlan(nodes, dialect, limits)
  const made = new Set(nodes.inputs)
  for (const { reads, writes } of programs) {
    expect(reads.every((a) => made.has(a))).toBe(true)
    expect(reads.length).toBeLessThanOrEqual(limits.reads)
    expect(writes.length).toBeLessThanOrEqual(limits.writes)
    expect(reads.length + writes.length).toBeLessThanOrEqual(limits.arrays)
    for (const a of writes) made.add(a)
  }
  expect(nodes.outs.every((a) => made.has(a))).toBe(true)
  return programs
}
const many = (n: number): Ob => Array.from({ length: n }, () => [300])

describe.each(Object.keys(devices))('the programs of %s', (name) => {
  it('make an Adam update of a parameter in one', () => {
    const programs = programsOf(name, [[300], [300], [300], [300], [], []], (p, g, m, v, c1, c2) => {
      if (!p || !g || !m || !v || !c1 || !c2) return []
      const mean = addAll([multiply(m, 0.9), multiply(g, 0.1)])
      const square = addAll([multiply(v, 0.999), multiply(multiply(g, g), 0.001)])
      const [a, b] = [broadcast(c1, [0], [300]), broadcast(c2, [0], [300])]
      return [mean, square, addAll([p, divide(multiply(mean, a), sqrt(multiply(square, b)))])]
    })
    expect(programs.map((x) => x.name)).toEqual(['entrywise'])
    expect(programs[0]?.writes).toHaveLength(3)
  })
  it('compute what is entrywise after a product in it', () => {
    const programs = programsOf(
      name,
      [
        [8, 16],
        [16, 12],
      ],
      (x, w) => (x && w ? [exp(contract(x, w, { left: 'ik', right: 'kj', out: 'ij' }))] : []),
    )
    expect(programs.map((x) => x.name)).toEqual(['product'])
  })
  it('stay within the limits where 40 arrays are added, joined, or made of one', () => {
    expect(programsOf(name, many(40), (...xs) => [addAll(xs)]).length).toBeGreaterThan(2)
    expect(programsOf(name, many(40), (...xs) => [concat(xs, 0)]).length).toBeGreaterThan(2)
    expect(programsOf(name, many(40), (...xs) => [sum(addAll(xs), [0])]).length).toBeGreaterThan(2)
    const multiples = programsOf(name, many(1), (x) => (x ? many(40).map((_, k) => multiply(x, k + 2)) : []))
    expect(multiples.length).toBe(name === 'webgl' ? 5 : 6)
  })
  it('take a long sum of few entries in parts', () => {
    const programs = programsOf(name, [[5000]], (x) => (x ? [sum(x, [0])] : []))
    expect(programs.map(({ name: what, threads }) => `${what} ${threads}`)).toEqual([
      'sum in parts 71',
      'sum of parts 1',
    ])
  })
})

describe('the texture of an array', () => {
  it('holds every int32 in two texels', () => {
    const ints = Int32Array.of(0, 1, -1, 65535, 65536, -65536, 2 ** 24 + 1, -(2 ** 24) - 1, 2 ** 31 - 1, -(2 ** 31))
    const texels = toTexels('int32', ints)
    expect(texels.length).toBe(20 + 4)
    expect(ofTexels('int32', texels, ints.length)).toEqual(ints)
  })
  it('has a power of two columns and room for all', () => {
    for (const n of [0, 1, 2, 3, 16, 17, 1000, 100352]) {
      const [rows, columns] = textureShape(n)
      expect(Math.log2(columns) % 1).toBe(0)
      expect(rows * columns).toBeGreaterThanOrEqual(n)
      expect(rows * columns).toBeLessThan(n + columns + 1)
    }
  })
})
