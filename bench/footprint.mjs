/**
 * Memory and first steps of every system, each in a process of its own, so that no heap is another's. As a program it is
 * that process: `node footprint.mjs WORK SYSTEM OPTIONS`.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(import.meta.url)
const stepsTaken = 3

/** Builds one system, takes a few steps, and answers times in ms and memory in bytes. */
async function measured(workName, systemName, options) {
  const { load } = await import('./load.mjs')
  await load()
  const { makersOf } = await import('./systems.mjs')
  const { batchOf, parametersOf, works } = await import('./work.mjs')
  const work = works.find((w) => w.name === workName)
  const { make } = makersOf(work, options).find((m) => m.name === systemName)
  const [batch, parameters] = [batchOf(work), parametersOf(work)]
  const before = process.memoryUsage.rss()
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
  return {
    build,
    compile: system.compiled,
    first: times[0],
    later: times.at(-1),
    heap: system.heap?.(),
    resident: process.memoryUsage.rss() - before,
  }
}

function ask(work, name, options) {
  const args = [...process.execArgv, file, work.name, name, JSON.stringify(options)]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`footprint: ${name} at ${work.name} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout.trim().split('\n').at(-1))
}

const megabytes = (n) => (n === undefined ? '' : (n / 2 ** 20).toFixed(1))

/** Prints for each row what each system takes of memory beside tfjs-layers, and how long it takes to begin. */
export async function footprints(works, options, print) {
  const { makersOf } = await import('./systems.mjs')
  print(
    `\nin a process each: ms to build, of it to compile, of the first step and of step ${stepsTaken}; MB of its wasm heap (all it has taken), and of the process beyond what it was before the build`,
  )
  for (const work of works) {
    print(
      `  ${work.name.padEnd(30)}${['build', 'compile', 'first', 'later', 'wasm heap', 'process'].map((c) => c.padStart(11)).join('')}`,
    )
    // PyTorch has a process of its own already, and its libraries are not counted alike.
    const names = makersOf(work, options)
      .map((m) => m.name)
      .filter((name) => name !== 'PyTorch')
    for (const name of names) {
      const m = ask(work, name, options)
      const times = [m.build, m.compile, m.first, m.later].map((t) => t?.toFixed(1) ?? '')
      print(
        `    ${name.padEnd(28)}${[...times, megabytes(m.heap), megabytes(m.resident)].map((c) => c.padStart(11)).join('')}`,
      )
    }
  }
}

if (process.argv[1] === file) {
  const [workName, systemName, options] = process.argv.slice(2)
  process.stdout.write(`${JSON.stringify(await measured(workName, systemName, JSON.parse(options)))}\n`)
}
