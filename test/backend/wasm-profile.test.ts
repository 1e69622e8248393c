import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { BackendError, compile } from '../../src/backend/index.js'
import { reference } from '../../src/backend/reference/index.js'
import { wasm } from '../../src/backend/wasm/index.js'
import { prepare } from '../../src/backend/wasm/prepare.js'
import { dense, relu } from '../../src/layer/index.js'
import { learner, namedTensors, session, start } from '../../src/learn/index.js'
import { softmaxCrossEntropy } from '../../src/loss/index.js'
import { int, objectOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { andThen, named } from '../../src/optic/index.js'
import { nesterov } from '../../src/optimiser/index.js'
import { contract, exp, sum, tanh } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten } from '../../src/term/index.js'

/** The kernels of a profile: what they are, µs a run, and the share in per cent. */
function kernelsOf(text: string): { readonly line: string; readonly time: number; readonly share: number }[] {
  return text.split('\n').flatMap((line) => {
    const [, time, share] = / (\d+\.\d+) µs +(\d+\.\d) %/.exec(line) ?? []
    return share === undefined ? [] : [{ line, time: Number(time), share: Number(share) }]
  })
}

const small = diagram(objectOf([[3]]), ([x]) => [sum(exp(x as Wire), [0])])
/** A product of half a million multiplications between loops over few entries. */
const between = diagram(objectOf([[8], [80, 80]]), ([x, a]) => {
  const w = a as Wire
  const large = contract(w, w, { left: 'ij', right: 'jk', out: 'ik' })
  return [exp(x as Wire), large, sum(tanh(x as Wire), [0])]
})

describe('a profile', () => {
  it('has the kernels of the explanation, each with its time and share', async () => {
    const program = compile(between, await wasm())
    const found = kernelsOf(program.profile(20))
    expect(found.map(({ line }) => line.slice(0, 17))).toEqual(
      program
        .explain()
        .split('\n')
        .filter((line) => /^ +\d+ /.test(line))
        .map((line) => line.slice(0, 17)),
    )
    expect(found.length).toBeGreaterThan(2)
    expect(Math.abs(found.reduce((s, k) => s + k.share, 0) - 100)).toBeLessThan(0.06 * found.length)
  })

  it('puts the time where it is spent', async () => {
    const found = kernelsOf(compile(between, await wasm()).profile(20))
    const products = found.filter(({ line }) => line.includes(' product '))
    expect(products).toHaveLength(1)
    expect(products[0]?.share).toBeGreaterThan(80)
  })

  it.each([1, 2])('of a step changes nothing that is learned, with %i threads', async (threads) => {
    const backend = await wasm({ threads })
    const model = pipe(named('hidden', dense(40, 64)), andThen(relu), andThen('out', dense(64, 3)))
    const classifier = learner(model, softmaxCrossEntropy(3), nesterov({ rate: 1 / 8, decay: 1 / 2 }))
    const work = session(classifier, backend, start(classifier, 3))
    const [x, y] = [
      tensorOf(
        [16, 40],
        Float32Array.from({ length: 640 }, (_, i) => ((i * 7) % 32) / 32),
      ),
      tensorOf(
        int(16),
        Int32Array.from({ length: 16 }, (_, i) => i % 3),
      ),
    ]
    work.step(x, y)
    const entries = async (): Promise<Tensor[]> => Object.values(namedTensors(classifier, await work.read()))
    const [before, bytes] = [await entries(), backend.memory()]
    const found = kernelsOf(work.prepare(16).profile(5))
    expect(found.length).toBeGreaterThan(5)
    expect(await entries()).toEqual(before)
    expect(backend.memory()).toEqual(bytes)
    work.dispose()
    await backend.close?.()
  })

  it('is refused where kernels are not timed, and without runs', async () => {
    const program = compile(small, await wasm())
    for (const runs of [0, 1.5, Number.NaN])
      expect(() => program.profile(runs)).toThrow(
        new RangeError(`profile: ${runs} runs, needs a whole number from 1 on`),
      )
    expect(() => compile(small, reference()).profile()).toThrow(
      new BackendError('reference: the kernels of its programs cannot be timed'),
    )
  })

  it('leaves the clock out of what runs otherwise', () => {
    const text = (timed: boolean): string =>
      Buffer.from(prepare(flatten(small), { timed }).emitted.bytes).toString('latin1')
    expect([text(false).includes('tick'), text(true).includes('tick')]).toEqual([false, true])
  })
})

it('an explanation says what products pack, and why', async () => {
  const term = diagram(
    objectOf([
      [40, 80],
      [80, 40],
      [80, 3],
    ]),
    ([a, b, c]) => [
      contract(a as Wire, b as Wire, { left: 'ij', right: 'jk', out: 'ik' }),
      contract(a as Wire, c as Wire, { left: 'ij', right: 'jk', out: 'ik' }),
      contract(a as Wire, a as Wire, { left: 'ij', right: 'kj', out: 'ik' }),
      contract(b as Wire, a as Wire, { left: 'ji', right: 'kj', out: 'ik' }),
    ],
  )
  const text = compile(term, await wasm()).explain()
  for (const why of ['(b packed, many rows read it)', '(b in place)', '(b packed, its columns lie apart)'])
    expect(text).toContain(why)
})
