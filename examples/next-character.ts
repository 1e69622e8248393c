/**
 * An embedding learns to read: from 8 characters of *Moby-Dick* to the next one, trained in plain Node on the compiled
 * backend, after Y. Bengio and others, "A Neural Probabilistic Language Model" (2003). It prints the bits that it takes for
 * a character of pages that it has not read, beside what counting n-grams takes, and lets it write.
 *
 *     npm run next-character                   6 epochs
 *     npm run next-character -- --epochs 3     fewer
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  accuracy,
  adam,
  andThen,
  cosineRate,
  dense,
  dropout,
  embedding,
  fit,
  flatten,
  initialiser,
  learner,
  named,
  predictor,
  relu,
  softmaxCrossEntropy,
  summary,
  type Key,
} from 'paralens'
import { wasm } from 'paralens/backend/wasm'
import { progressBar } from 'paralens/node'
import { alphabetOf, encoded, windows } from './text/characters.js'
import { wittenBellBits } from './text/witten-bell.js'

const { values } = parseArgs({
  options: { epochs: { type: 'string', default: '6' }, seed: { type: 'string', default: '1' } },
})
const [epochs, seed] = [Number(values.epochs), Number(values.seed)]
const [width, batch] = [8, 128] as const

/** The value, or the message of what went wrong and exit code 1. */
function orExit<T>(result: E.Either<{ readonly message: string }, T>): T {
  if (E.isRight(result)) return result.right
  process.stderr.write(`${result.left.message}\n`)
  process.exit(1)
}
if (!Number.isInteger(epochs) || epochs < 1)
  orExit(E.left({ message: `--epochs is ${values.epochs}, needs an integer ≥ 1` }))

// The last tenth is set aside.
const text = readFileSync(new URL('../../examples/text/moby-dick.txt', import.meta.url), 'utf8')
const end = Math.floor(0.9 * text.length)
const [before, after] = [text.slice(0, end), text.slice(end)]
const alphabet = alphabetOf(before)
const [read, unread] = [encoded(before, alphabet), encoded(after, alphabet)]
const training = orExit(windows(read, width, alphabet))
const heldOut = orExit(windows(unread, width, alphabet))

const characters = alphabet.length
const he = { initialiser: initialiser.heUniform }
const near = {
  initialiser: (key: Key, shape: readonly number[]) => initialiser.heUniform(key, shape).map((x) => x / 2),
}
const model = pipe(
  named('characters', embedding(characters, 24, [width], near)),
  andThen(flatten),
  andThen('hidden', dense(192, 512, he)),
  andThen(relu),
  andThen(dropout(0.3)),
  andThen('out', dense(512, characters)),
)
const steps = epochs * Math.ceil(training.count / batch)
const reader = learner(model, softmaxCrossEntropy(characters), adam({ rate: cosineRate(4e-3, 1e-5, steps) }))
process.stdout.write(`${summary(model)}\n`)

const backend = await wasm()
const trained = orExit(
  await fit(reader, training, {
    backend,
    epochs,
    batch,
    seed,
    validation: heldOut,
    metrics: [accuracy],
    onProgress: progressBar(process.stderr),
  })(),
)
const speed = (trained.steps / trained.seconds).toFixed(0)
process.stdout.write(`${trained.steps} steps in ${trained.seconds.toFixed(1)} s, ${speed} steps/s\n`)

/** Continues a text by characters drawn from what the model says, by numbers of [0, 1). */
async function continued(start: string, draws: Iterable<number>): Promise<string> {
  const writer = predictor(model, backend, trained.point.params)
  const codes = [...encoded(start, alphabet)]
  for (const draw of draws) {
    const data = Int32Array.from(codes.slice(-width))
    const { data: logits } = await writer.predict({ dtype: 'int32', shape: [1, width], data })
    const weights = Array.from(logits, (x) => Math.exp(x / 0.7))
    let rest = draw * weights.reduce((a, b) => a + b, 0)
    const chosen = weights.findIndex((w) => (rest -= w) < 0)
    codes.push(chosen < 0 ? weights.length - 1 : chosen)
  }
  writer.dispose()
  return codes.map((i) => alphabet[i] ?? '').join('')
}
const written = await continued('It was a clear, cold morning when ', initialiser.uniform(initialiser.keyOf(seed), 240))
process.stdout.write(`\n${written}\n\nbits a character of the last tenth:\n`)

for (const order of [1, 2, 3, 4, 5]) {
  const bits = wittenBellBits(read, unread, { order, characters, skip: width })
  process.stdout.write(`  ${order}-grams         ${bits.toFixed(3)}\n`)
}
const judged = trained.history.at(-1)?.validation
process.stdout.write(`  the embedding   ${((judged?.loss ?? NaN) / Math.LN2).toFixed(3)}\n`)
