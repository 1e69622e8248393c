import { describe, expect, it } from 'vitest'
import { lower } from '../../src/backend/table.js'
import { emitProgram } from '../../src/backend/tensorflow/emit.js'
import { load } from '../../src/backend/tensorflow/load.js'
import { arena } from '../../src/backend/tensorflow/arena.js'
import { plan, type Plan } from '../../src/backend/tensorflow/plan.js'
import { tableOf } from '../../src/backend/tensorflow/table.js'
import { objectOf, type Ob } from '../../src/object/index.js'
import {
  add,
  broadcast,
  constant,
  contract,
  divide,
  exp,
  iota,
  less,
  logSumExp,
  multiply,
  negate,
  relu,
  reshape,
  select,
  sqrt,
  subtract,
  sum,
  transpose,
  equal,
} from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten } from '../../src/term/index.js'

const device = await load('wasm')
const table = tableOf(device)

function planOf(dom: Ob, body: (...wires: Wire[]) => readonly Wire[]): Plan {
  const program = flatten(diagram(objectOf(dom), (wires) => body(...wires)))
  return plan(emitProgram(lower(program, table, device.name), table, device))
}
/** The kernels of each run, with the shapes they read. */
const kernels = (p: Plan): string[] =>
  p.steps.map(({ instruction: i }) => `${i.kernel} ${i.inputs.map((x) => x.shape.join('×')).join(' ')}`)
const w = (x: Wire | undefined): Wire => x as Wire

describe('the plan of a program on tfjs', () => {
  it('reads constants and broadcasts through the kernels', () => {
    const p = planOf([[32, 8], [8], [32]], (x, bias, scale) => [
      multiply(0.5, multiply(add(w(x), broadcast(w(bias), [0], [32, 8])), broadcast(w(scale), [1], [32, 8]))),
    ])
    expect(kernels(p)).toEqual(['Add 32×8 1×8', 'Multiply 32×8 32×1', 'Multiply 256 1'])
    expect([...p.literals.values()].map((v) => v.length)).toEqual([1])
  })

  it('computes on what is broadcast before it is', () => {
    const p = planOf([[8], [32, 8]], (x, y) => [
      multiply(broadcast(sqrt(w(x)), [0], [32, 8]), w(y)),
      sum(broadcast(exp(w(x)), [0], [32, 8]), [0]),
    ])
    expect(kernels(p)).toEqual(['Sqrt 8', 'Multiply 1×8 32×8', 'Exp 8', 'Multiply 8 1'])
  })

  it('computes what depends on constants alone once, and nothing that nobody reads', () => {
    const p = planOf([[4]], (x) => {
      const c = exp(constant(w(x).algebra, 2, 'float32', [4]))
      return [add(w(x), sqrt(c)), select(equal(iota(w(x).algebra, [4], 0), 1), c, 0)]
    })
    expect(kernels(p)).toEqual(['Add 1 4'])
    expect(p.setup.length).toBeGreaterThan(2)
  })

  it('has no kernel for reshape, broadcast, and transposes that move nothing', () => {
    const p = planOf([[6, 1, 4]], (x) => [
      reshape(w(x), [24]),
      transpose(w(x), [1, 0, 2]),
      reshape(broadcast(w(x), [0], [1, 6, 1, 4]), [4, 6]),
    ])
    expect(kernels(p)).toEqual([])
    expect(new Set(p.code.outs.map((o) => o.storage)).size).toBe(1)
  })

  it('joins negation, reciprocal and powers to the kernel after them', () => {
    const p = planOf([[4], [4]], (x, y) => [
      subtract(w(x), w(y)),
      divide(w(x), sqrt(w(y))),
      multiply(w(x), w(x)),
      subtract(1, negate(w(x))),
    ])
    expect(kernels(p)).toEqual(['Sub 4 4', 'Sqrt 4', 'RealDiv 4 4', 'Square 4', 'Add 1 4'])
  })

  it('takes the softmax for exp(x − logSumExp x), and one for both of them', () => {
    const p = planOf([[16, 10]], (x) => [
      exp(subtract(w(x), broadcast(logSumExp(w(x), 1), [1], [16, 10]))),
      logSumExp(w(x), 1),
    ])
    expect(kernels(p).filter((k) => k.startsWith('Softmax') || k.startsWith('Exp'))).toEqual(['Softmax 16×10'])
  })

  it('multiplies matrices without tfjs’s flags, transposing the operand that is cheaper to move', () => {
    const forward = planOf(
      [
        [128, 784],
        [784, 128],
      ],
      (x, y) => [contract(w(x), w(y), { left: 'bi', right: 'ij', out: 'bj' })],
    )
    expect(kernels(forward)).toEqual(['BatchMatMul 1×128×784 1×784×128'])
    const weights = planOf(
      [
        [128, 784],
        [128, 128],
      ],
      (x, dz) => [contract(w(x), w(dz), { left: 'bi', right: 'bj', out: 'ij' })],
    )
    expect(kernels(weights)).toEqual(['Transpose 128×392×2', 'BatchMatMul 1×784×128 1×128×128'])
    const inputs = planOf(
      [
        [128, 10],
        [64, 10],
      ],
      (dz, y) => [contract(w(dz), w(y), { left: 'bj', right: 'ij', out: 'bi' })],
    )
    expect(kernels(inputs)).toEqual(['Transpose 64×5×2', 'BatchMatMul 1×128×10 1×10×64'])
    const vector = planOf([[128], [128, 784]], (x, y) => [contract(w(x), w(y), { left: 'i', right: 'ij', out: 'j' })])
    expect(kernels(vector)).toEqual(['Transpose 128×392×2', 'BatchMatMul 1×784×128 1×128×1'])
    expect(kernels(planOf([[3], [4]], (x, y) => [contract(w(x), w(y), { left: 'i', right: 'j', out: 'ij' })]))).toEqual(
      ['Multiply 3×1 1×4'],
    )
    expect(kernels(planOf([[9], [9]], (x, y) => [contract(w(x), w(y), { left: 'i', right: 'i', out: '' })]))).toEqual([
      'Multiply 9 9',
      'Sum 1×9',
    ])
  })

  it('materialises a condition only where the kernel asks for it', () => {
    const p = planOf([[32, 4], [32]], (x, y) => [select(broadcast(less(w(y), 0), [1], [32, 4]), w(x), relu(w(x)))])
    expect(kernels(p)).toEqual(['Less 32 1', 'Relu 128', 'Tile 32×1', 'Select 128 128 128'])
  })

  it('gives arrays that live at once different places, and reuses places', () => {
    const p = planOf([[1000]], (x) => {
      let [a, b] = [w(x), w(x)]
      for (let i = 0; i < 20; i++) [a, b] = [exp(b), add(a, multiply(b, b))]
      return [a, b]
    })
    const { bytes, offsets } = arena(p)
    const live = new Set<number>()
    for (const { instruction, dead } of p.steps) {
      const start = offsets.get(instruction.out.storage)
      if (start !== undefined) {
        for (const other of live) expect(Math.abs(other - start)).toBeGreaterThanOrEqual(4000)
        live.add(start)
      }
      for (const s of dead) live.delete(offsets.get(s) ?? -1)
    }
    expect(offsets.size).toBeGreaterThan(50)
    expect(bytes).toBeLessThan(5 * 4400)
  })
})
