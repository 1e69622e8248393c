/**
 * Step times of paralens beside its peers, in one process on one copy of tfjs' wasm backend.
 *
 *     npm run bench                          the table, and the ratios beside those required
 *     npm run bench -- --only '4-8-3|CNN'    the rows whose name matches
 *     npm run bench -- --all                 the slow row too, and tfjs-core on its cpu backend
 *     npm run bench -- --quick               few rounds, and no memory of fresh processes
 *     npm run bench -- --relaxed             with relaxed SIMD, where Node needs a flag for it
 *     npm run bench -- --hand FOLDER         where the hand-written modules are; ../shared/marks/dense/wasmref
 *     npm run bench -- --json figures.json   also as [{ work, system, p10, median, unit }]
 *     npm run bench -- --memory              a million steps and fewer; exit code 1 if anything is left behind
 *     npm run bench -- --browser             in headless Chromium, by the wall clock
 *     npm run bench -- --passes              what each pass of the compiler is worth
 *     npm run bench -- --growth              step time against width, depth and batch, into docs/growth.md and docs/growth.svg
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { handsIn, readHand } from './hands.mjs'
import { load } from './load.mjs'
import { relaxedSimd } from './system/peak.mjs'

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    hand: { type: 'string', default: fileURLToPath(new URL('../../shared/marks/dense/wasmref', import.meta.url)) },
    json: { type: 'string' },
    memory: { type: 'boolean', default: false },
    only: { type: 'string' },
    passes: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    relaxed: { type: 'boolean', default: false },
  },
})
const print = (text) => process.stdout.write(`${text}\n`)
const flag = '--experimental-wasm-relaxed-simd'

if (values.relaxed && !relaxedSimd() && !process.execArgv.includes(flag))
  process.exitCode = spawnSync(process.execPath, [flag, ...process.argv.slice(1)], { stdio: 'inherit' }).status ?? 1
else await main()

/** Writes figures where --json says, if it does. */
function save(figures) {
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
}

async function main() {
  if (values.browser) {
    const { inBrowser } = await import('./browser/chromium.mjs')
    process.exitCode = (await inBrowser({ ...values, save }, print)) ? 0 : 1
    return
  }
  if (values.relaxed && !relaxedSimd())
    throw new Error(`bench: ${process.version} has no relaxed SIMD, with ${flag} or without`)
  await load()
  const { banner, loadLine } = await import('./banner.mjs')
  const pytorch = banner(print)
  if (values.growth) {
    const { growth } = await import('./growth.mjs')
    await growth(print, { quick: values.quick, folder: new URL('../docs/', import.meta.url) })
    print(`load after ${loadLine()}`)
    return
  }
  if (values.passes) {
    const { passes } = await import('./passes.mjs')
    save(await passes(print, { quick: values.quick }))
    print(`load after ${loadLine()}`)
    return
  }
  if (values.memory) {
    const { memory } = await import('./memory.mjs')
    process.exitCode = (await memory(print)) ? 0 : 1
    return
  }
  const relaxed = relaxedSimd()
  const hands = handsIn(values.hand, relaxed)
  if (hands.length === 0) print(`the hand-written wasm is left out: it is not in ${values.hand}`)
  const { works } = await import('./work.mjs')
  const only = values.only === undefined ? undefined : new RegExp(values.only)
  const chosen = works.filter((work) => (only === undefined ? values.all || !work.slow : only.test(work.name)))
  if (chosen.length === 0) throw new RangeError(`bench: no row's name matches ${values.only}`)
  const options = {
    all: values.all,
    quick: values.quick,
    relaxed,
    folder: values.hand,
    hands,
    read: readHand(values.hand),
    torch: pytorch === undefined ? undefined : () => import('./system/torch.mjs'),
  }
  const { table } = await import('./steps.mjs')
  const { verdicts } = await import('./marks.mjs')
  const { footprints } = await import('./footprint.mjs')
  const results = await table(chosen, options, print)
  verdicts(results, print)
  if (!values.quick) await footprints(chosen, options, print)
  print(`\nload after ${loadLine()}`)
  save(results.flatMap((r) => r.figures))
  process.exitCode = results.every((r) => r.agree) ? 0 : 1
}
