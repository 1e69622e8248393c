/** The bench in headless Chromium, on a page that is isolated from other origins, where WebAssembly has threads. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { bundle, needChromium, visit } from '../../scripts/browser/chromium.mjs'
import { versions } from '../banner.mjs'
import { handsIn, readHand } from '../hands.mjs'
import { works } from '../work.mjs'

/** The rows that are run where none are named; with `all` the slow one too, where threads decide. */
const rows = ['4-8-3 B16 Adam', '784-128-10 B32 Adam', 'CNN B32 SGD']

/** The names of the works that are asked for. */
function chosen({ all, only }) {
  const pattern = only === undefined ? undefined : new RegExp(only)
  const names = works
    .filter(({ name, slow }) => (pattern === undefined ? rows.includes(name) || (all && slow) : pattern.test(name)))
    .map(({ name }) => name)
  if (names.length === 0) throw new RangeError(`bench: no row's name matches ${only}`)
  return names
}

/** Runs the bench in Chromium. Answers whether the systems agreed. */
export async function inBrowser({ all, hand, only, quick, save }, print) {
  const executable = needChromium('bench')
  const names = chosen({ all, only })
  const hands = handsIn(hand, true)
  print(spawnSync(executable, ['--version'], { encoding: 'utf8' }).stdout.trim())
  print(`${versions()}; wall time; one thread unless said`)
  if (hands.length === 0) print(`the hand-written wasm is left out: it is not in ${hand}`)
  // tfjs sends the text of a function to its threads, which fails under new names (tensorflow/tfjs issue 4539).
  const files = await bundle('page.mjs', { minify: false, root: fileURLToPath(new URL('.', import.meta.url)) })
  for (const file of hands) files.set(`/hand/${file}`, readHand(hand)(file))
  let [result, failure, lines] = [undefined, undefined, 0]
  const hear = {
    line(text) {
      lines += 1
      print(text)
    },
    result: (text) => (result = JSON.parse(text)),
    failure: (text) => (failure = text),
  }
  await visit(executable, {
    files,
    isolated: true,
    flags: ['--disable-gpu'],
    query: `?${new URLSearchParams({ asked: JSON.stringify({ names, hands, quick }) })}`,
    seconds: 300 * names.length,
    progress: () => `${lines} lines`,
    onPost: (kind, _, body) => hear[kind](body.toString()),
  })
  if (failure !== undefined) throw new Error(`bench: in Chromium: ${failure}`)
  save(result.figures)
  return result.agree
}
