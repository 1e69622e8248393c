/**
 * Memory and first steps of every system, each in a process of its own that loads nothing else. As a program it is that
 * process: `node footprint.mjs WORK SYSTEM OPTIONS`; where the system's name is empty it loads nothing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { readHand } from './hands.mjs'
import { makersOf } from './systems.mjs'
import { batchOf, parametersOf, works } from './work.mjs'

const file = fileURLToPath(import.meta.url)
const stepsTaken = 5

/** Builds one system, takes a few steps, and answers times in ms and bytes of its wasm heap. */
async function measured(work, systemName, options) {
  const { make } = makersOf(work, { ...options, read: readHand(options.folder) }).find((m) => m.name === systemName)
  const [batch, parameters] = [batchOf(work), parametersOf(work)]
  const started = performance.now()
  const system = await make(batch, parameters)
  const build = performance.now() - started
  const times = []
  for (let i = 0; i < stepsTaken; i++) {
    const from = performance.now()
    await system.step()
    await system.losses()
    times.push(performance.now() - from)
  }
  return { build, compile: system.compiled, first: times[0], later: times.at(-1), heap: system.heap?.() }
}

/** The largest size of this process in bytes. On Linux `maxRSS` counts what its parent held when it was started, too. */
function peakBytes() {
  const status = '/proc/self/status'
  const [, kilobytes] = (existsSync(status) && /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'))) || []
  return 1024 * Number(kilobytes ?? process.resourceUsage().maxRSS)
}

function ask(work, name, options) {
  const args = [...process.execArgv, file, work.name, name, JSON.stringify(options)]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`footprint: ${name} at ${work.name} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout.trim().split('\n').at(-1))
}

const megabytes = (bytes) => (bytes === undefined ? '' : (bytes / 2 ** 20).toFixed(1))
const row = (name, cells) => `  ${name.padEnd(30)}${cells.map((c) => c.padStart(11)).join('')}`

/** Prints for each row what each system takes of memory beside tfjs-layers, and how long it takes to begin. */
export async function footprints(chosen, options, print) {
  const { lacking } = await import('./system/paralens.mjs')
  const { peak } = ask(chosen[0], '', options)
  print(
    `\na process for each system: ms to load and build it, of these to compile, of its first step and of step ${stepsTaken};`,
  )
  print(
    `MB of its wasm heap, all it has taken, and at the peak of the whole process; a process that does nothing: ${megabytes(peak)}`,
  )
  for (const work of chosen) {
    print(row(work.name, ['build', 'compile', 'first', 'later', 'wasm heap', 'process']))
    // PyTorch runs in a process of another kind.
    const names = makersOf(work, { ...options, torch: undefined, own: lacking(work) === undefined }).map((m) => m.name)
    for (const name of names) {
      const m = ask(work, name, options)
      const times = [m.build, m.compile, m.first, m.later].map((t) => t?.toFixed(1) ?? '')
      print(row(`  ${name}`, [...times, megabytes(m.heap), megabytes(m.peak)]))
    }
  }
}

if (process.argv[1] === file) {
  register('./resolve.mjs', import.meta.url)
  const [workName, systemName, options] = process.argv.slice(2)
  const work = works.find((w) => w.name === workName)
  const answer = systemName === '' ? {} : await measured(work, systemName, JSON.parse(options))
  process.stdout.write(`${JSON.stringify({ ...answer, peak: peakBytes() })}\n`)
}
