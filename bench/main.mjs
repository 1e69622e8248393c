/**
 * Step times of paralens beside tfjs-layers and tfjs-core, in one process on one copy of tfjs' wasm backend.
 *
 *     npm run bench                          the table
 *     npm run bench -- --all                 also 784-1024-1024-10, and tfjs-core on its cpu backend
 *     npm run bench -- --json figures.json   also as [{ work, system, p10, median, unit }]
 *     npm run bench -- --memory              100,000 and 1,000 steps; exit code 1 if anything is left behind
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire, register } from 'node:module'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'

register('./resolve.mjs', import.meta.url)

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    json: { type: 'string' },
    memory: { type: 'boolean', default: false },
  },
})
const print = (text) => process.stdout.write(`${text}\n`)

const tf = await import('@tensorflow/tfjs-core')
await import('@tensorflow/tfjs-backend-wasm')
await import('@tensorflow/tfjs-backend-cpu')
await tf.setBackend('wasm')
const run = values.memory ? await import('./memory.mjs') : await import('./steps.mjs')

const copies = Object.keys(createRequire(import.meta.url).cache).filter((path) => path.endsWith('tf-core.node.js'))
if (copies.length !== 1)
  throw new Error(`bench: ${copies.length} copies of tfjs-core are loaded, needs 1: ${copies.join(', ')}`)

const load = () =>
  loadavg()
    .map((x) => x.toFixed(1))
    .join(' ')
const versionOf = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version
const peers = ['core', 'layers', 'backend-wasm', 'backend-cpu'].map(
  (name) => `tfjs-${name} ${versionOf(`node_modules/@tensorflow/tfjs-${name}/package.json`)}`,
)
print(`node ${process.version}, ${cpus()[0].model.trim()} × ${cpus().length}`)
print(`paralens ${versionOf('../package.json')}, ${peers.join(', ')}; one thread`)
print(`load before ${load()}; CPU time counts the process alone, but a busy machine still slows caches and clocks`)

if ('memory' in run) {
  process.exitCode = (await run.memory(print)) ? 0 : 1
} else {
  const results = await run.table(values.all, print)
  print(`\nload after ${load()}`)
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify(
        results.flatMap((r) => r.figures),
        null,
        2,
      )}\n`,
    )
  process.exitCode = results.every((r) => r.agree) ? 0 : 1
}
