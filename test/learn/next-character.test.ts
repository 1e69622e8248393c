import { readFileSync } from 'node:fs'
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { adam, andThen, dense, embedding, fit, flatten, learner, named, relu, softmaxCrossEntropy } from 'paralens'
import { wasm } from 'paralens/backend/wasm'
import { alphabetOf, encoded, windows } from '../../examples/text/characters.js'
import { wittenBellBits } from '../../examples/text/witten-bell.js'

const text = readFileSync(new URL('../../examples/text/moby-dick.txt', import.meta.url), 'utf8').slice(0, 24_000)
const [before, after] = [text.slice(0, 20_000), text.slice(20_000)]
const alphabet = alphabetOf(before)
const [read, unread] = [encoded(before, alphabet), encoded(after, alphabet)]
const characters = alphabet.length

function right<T>(result: E.Either<{ readonly message: string }, T>): T {
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

describe('from some characters to the next one', () => {
  it('counting 1-grams takes what their smoothed frequencies say', () => {
    const codes = Int32Array.of(1, 1, 2)
    // n = 3 of t = 2 kinds, of 4 characters: P(1) = (2 + 2/4) / 5, P(3) = (0 + 2/4) / 5.
    const bits = wittenBellBits(codes, Int32Array.of(1, 3), { order: 1, characters: 4, skip: 0 })
    expect(bits).toBeCloseTo(-(Math.log2(2.5 / 5) + Math.log2(0.5 / 5)) / 2, 12)
  })

  it('an embedding trained on wasm knows more of pages it has not read than 2-grams do, and leaves an unseen row alone', async () => {
    const model = pipe(
      named('characters', embedding(characters, 8, [4])),
      andThen(flatten),
      andThen('hidden', dense(32, 64)),
      andThen(relu),
      andThen('out', dense(64, characters)),
    )
    const reader = learner(model, softmaxCrossEntropy(characters), adam({ rate: 5e-3 }))
    const trained = right(
      await fit(reader, right(windows(read, 4, alphabet)), {
        backend: await wasm(),
        epochs: 3,
        batch: 64,
        seed: 1,
        validation: right(windows(unread, 4, alphabet)),
      })(),
    )
    const bits = (trained.history.at(-1)?.validation?.loss ?? NaN) / Math.LN2
    expect(bits).toBeLessThan(wittenBellBits(read, unread, { order: 2, characters, skip: 4 }))
    // Index 0 stands for characters that the text read does not have: its row was never gathered.
    const { table } = trained.point.params.characters
    const other = right(
      await fit(reader, right(windows(read, 4, alphabet)), { backend: await wasm(), epochs: 1, seed: 1 })(),
    )
    expect([...table.data.slice(0, 8)]).toEqual([...other.point.params.characters.table.data.slice(0, 8)])
    expect([...table.data.slice(8, 16)]).not.toEqual([...other.point.params.characters.table.data.slice(8, 16)])
  })
})
