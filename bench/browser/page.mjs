/** The page: times the works that its address names, and posts each line and the figures to the server that it came from. */
import { verdicts } from '../marks.mjs'
import { table } from '../steps.mjs'
import { relaxedSimd } from '../system/peak.mjs'
import { ready } from '../system/tfjs.mjs'
import { works } from '../work.mjs'

// Posts arrive in the order in which they were sent.
let sent = Promise.resolve()
function post(kind, body) {
  sent = sent.then(() => fetch(`/${kind}`, { method: 'POST', body }))
}
const print = (text) => post('line', text)

async function run({ names, hands, quick }) {
  await ready('wasm')
  const threads = Math.max(2, navigator.hardwareConcurrency)
  const relaxed = relaxedSimd()
  print(
    `crossOriginIsolated is ${crossOriginIsolated}, ${navigator.hardwareConcurrency} cores; jax-js has as many workers`,
  )
  print(`relaxed SIMD is ${relaxed ? 'on, in jax-js too' : 'off'}`)
  const read = async (file) => (await fetch(`/hand/${file}`)).arrayBuffer()
  const options = { all: false, quick, relaxed, threads, hands: relaxed ? hands : hands.slice(0, 2), read }
  const results = await table(
    works.filter((work) => names.includes(work.name)),
    options,
    print,
  )
  verdicts(results, print)
  return { figures: results.flatMap((r) => r.figures), agree: results.every((r) => r.agree) }
}

const asked = JSON.parse(new URLSearchParams(location.search).get('asked'))
try {
  post('result', JSON.stringify(await run(asked)))
} catch (error) {
  post('failure', `${error.message}\n${error.stack}`)
}
post('end', 'end')
