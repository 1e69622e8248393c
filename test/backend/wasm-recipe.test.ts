import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { andThen, dense, learner, relu, repeat, sgd, simplify, squaredError, stepOf, term } from '../../src/index.js'
import { i32, int, lanes, located, relocatable, slotAddress, unsigned } from '../../src/backend/wasm/assembler/index.js'
import { recipeOf } from '../../src/backend/wasm/emit/recipe.js'
import { lowerProgram } from '../../src/backend/wasm/lower/lower.js'
import { chosen } from '../../src/backend/wasm/pass.js'
import { planBuffers } from '../../src/backend/wasm/plan/buffer.js'
import { groupNodes } from '../../src/backend/wasm/plan/group.js'

/** The kernels of a training step of a chain of equal layers, and how many of them differ. */
function kernelsOf(layers: number): { readonly all: number; readonly distinct: number } {
  const layer = pipe(dense(8, 8), andThen(relu))
  const model = repeat(layers, layer)
  const step = simplify(term.flatten(stepOf(learner(model, squaredError, sgd({ rate: 0.1 })), 4).term))
  const plan = planBuffers(groupNodes(lowerProgram(step, [], chosen()), chosen()), 65536, [], chosen())
  const keys = plan.grouping.groups.map((_, k) => recipeOf(plan, k).key)
  return { all: keys.length, distinct: new Set(keys).size }
}

describe('recipes', () => {
  it('are as many for a deeper chain of equal layers: a kernel is emitted once', () => {
    const [six, twelve] = [kernelsOf(6), kernelsOf(12)]
    expect(twelve.all).toBeGreaterThan(six.all + 10)
    expect(twelve.distinct).toBe(six.distinct)
  })
})

describe('addresses in slots', () => {
  it('are filled in, with their displacements', () => {
    const code = relocatable([lanes.load(i32(0), slotAddress(3) - 16), unsigned(slotAddress(0))])
    const bytes = located(code, [5, 0, 0, 2 ** 31])
    const decoded = (at: number): number =>
      Array.from(bytes.slice(at, at + 5)).reduce((n, b, i) => n + (b & 0x7f) * 2 ** (7 * i), 0)
    expect(code.references.map(({ at }) => decoded(at))).toEqual([2 ** 31 - 16, 5])
  })
  it('are refused outside of memory, without a place, and as constants', () => {
    const code = relocatable(int.load(i32(0), slotAddress(1) - 8))
    expect(() => located(code, [0, 4])).toThrow('slot 1 is at address -4')
    expect(() => located(code, [0, 2 ** 32 + 8])).toThrow('slot 1 is at address 4294967296')
    expect(() => located(code, [0])).toThrow('slot 1 is at address NaN')
    expect(() => i32(slotAddress(0))).toThrow('not a constant')
  })
})
