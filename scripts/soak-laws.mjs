/**
 * Runs all laws at many seeds, one after the other, each in two workers: a law that fails at any is a false alarm or a mistake, and is printed. Takes
 * `--seeds N` (50) and `--from S` (the first seed; a new one each day unless given). Needs a fresh build.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))
const { values } = parseArgs({ options: { seeds: { type: 'string' }, from: { type: 'string' } } })
const count = Number(values.seeds ?? 50)
const from = Number(values.from ?? 1000 * Math.floor(Date.now() / 86_400_000))
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(from)) {
  console.error('soak-laws: --seeds needs an integer ≥ 1, --from an integer')
  process.exit(2)
}

/** The report of all laws at a seed. */
function laws(seed) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, 'laws', '--json', '--seed', String(seed)])
    const out = []
    const errors = []
    child.stdout.on('data', (chunk) => out.push(chunk))
    child.stderr.on('data', (chunk) => errors.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0 || code === 1) resolve(JSON.parse(Buffer.concat(out).toString()))
      else reject(new Error(`seed ${seed}: exit ${code}\n${Buffer.concat(errors)}${Buffer.concat(out)}`))
    })
  })
}

let size
const total = { laws: 0, runs: 0, failures: 0 }
for (let seed = from; seed < from + count; seed++) {
  const { results, ms } = await laws(seed)
  size ??= results.length
  if (results.length !== size)
    throw new Error(`seed ${seed}: ${results.length} laws, ${size} before: is a backend missing?`)
  const failed = results.filter((r) => !r.ok)
  total.laws += results.length
  total.runs += results.reduce((n, r) => n + r.runs, 0)
  total.failures += failed.length
  console.log(`seed ${seed}: ${results.length} laws, ${failed.length} failed, ${(ms / 1000).toFixed(1)} s`)
  for (const r of failed) console.log(`  ${r.id}: ${r.difference}\n  ${r.replay}`)
}
console.log(`${count} seeds from ${from}: ${total.laws} laws, ${total.runs} runs, ${total.failures} failures`)
process.exitCode = total.failures === 0 ? 0 : 1
