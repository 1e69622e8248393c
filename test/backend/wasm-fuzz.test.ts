import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { types, type Dtype, type Tensor } from '../../src/object/index.js'
import { flatten, show, type Diagram } from '../../src/term/index.js'
import { difference } from './draw.js'
import { belowOf, contraction, integers, randomContraction, randomProgram, type Below } from './wasm-program.js'
import { choices, choicesAt, faultOf, mutated, preparedBy, runPrepared, times } from './wasm-run.js'

/** Programs that are not the reference's, with their seeds. */
function faults(count: number, make: (seed: number, below: Below) => Diagram): string[] {
  return Array.from({ length: count * times }, (_, i) => i + 1).flatMap((seed) => {
    const below = belowOf(seed)
    const term = make(seed, below)
    const inputs = types(term.dom).map((t) => integers(t, below))
    const flat = flatten(term)
    const fault = faultOf(flat, inputs, evaluate(term, inputs), choicesAt(seed))
    return fault === undefined ? [] : [`seed ${seed}: ${fault}\n${show(flat)}`]
  })
}

const dtypes: readonly Dtype[] = ['float32', 'int32', 'bit']

describe(
  'compiled wasm, on small integers, over memory of NaN, twice, with choices of passes',
  { timeout: 600_000 },
  () => {
    it.each(dtypes)('contracts %s by random words', (dtype) => {
      expect(faults(dtype === 'float32' ? 80 : 25, (_, below) => randomContraction(dtype, below))).toEqual([])
    })

    it('contracts over more than 1,024, in rows and columns that no tile divides', () => {
      const extent = new Map([
        ['m', 7],
        ['k', 1030],
        ['n', 13],
      ])
      const words = ['mk', 'km'].flatMap((left) =>
        ['kn', 'nk'].flatMap((right) => ['mn', 'nm'].map((out) => ({ left, right, out }))),
      )
      expect(
        faults(words.length, (seed) => contraction('float32', words[seed % words.length] as never, extent)),
      ).toEqual([])
    })

    it('computes random programs', () => {
      expect(faults(100, (_, below) => randomProgram(below, 4 + below(14)))).toEqual([])
    })

    it('is caught where one node computes something else', () => {
      let [caught, tried] = [0, 0]
      for (let seed = 1; seed <= 40; seed++) {
        const below = belowOf(seed)
        const term = randomProgram(below, 4 + below(14))
        const inputs = types(term.dom).map((t) => integers(t, below))
        const wanted = evaluate(term, inputs)
        const wrong = Object.values(choices)
          .slice(0, 5)
          .flatMap((passes) => mutated(preparedBy(flatten(term), passes)) ?? [])
        if (wrong.length === 0) continue
        tried += 1
        if (wrong.every((made) => runPrepared(made, inputs)[0].some((t, i) => difference(t, wanted[i] as Tensor))))
          caught += 1
      }
      expect(tried).toBeGreaterThan(20)
      // Of what is negated, multiplied or rectified some is 0 or is dropped later, so that nothing changes.
      expect(caught / tried).toBeGreaterThan(0.5)
    })
  },
)
