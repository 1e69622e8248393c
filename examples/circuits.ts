/**
 * Circuits learned exactly from samples: arithmetic by a tied cell, the Game of Life from one frame, 0 against 1 of MNIST.
 * `npm run circuits` prints a table; `-- --seeds 20` takes fewer seeds than 100.
 */
import { wasm } from 'paralens/backend/wasm'
import {
  ascent,
  hardTasks,
  isExact,
  learn,
  tasks,
  votesOf,
  type Method,
  type Outcome,
  type Task,
} from './arithmetic.js'
import { distinct, frame, learnRule, lifeRule, neighbourhoodsOf } from './life.js'

const backend = await wasm()
const option = process.argv.indexOf('--seeds')
const seedCount = option < 0 ? 100 : Number(process.argv[option + 1])
if (!Number.isInteger(seedCount) || seedCount < 1)
  throw new RangeError(`circuits: --seeds ${process.argv[option + 1] ?? ''} is not an integer ≥ 1`)
const seeds = Array.from({ length: seedCount }, (_, i) => i)

const seconds = (begun: NodeJS.CpuUsage): number => process.cpuUsage(begun).user / 1e6
const print = (...cells: readonly string[]): void => {
  const widths = [22, 26, 14, 22, 10]
  process.stdout.write(`${cells.map((c, i) => c.padEnd(widths[i] ?? 0)).join('')}\n`)
}

/** Those outcomes whose table is exact on all inputs; every table is tried once. */
async function exactOf(task: Task, outcomes: readonly Outcome[]): Promise<Outcome[]> {
  const known = new Map<string, boolean>()
  const out: Outcome[] = []
  for (const o of outcomes) {
    const key = o.table.data.join('')
    const exact = known.get(key) ?? (await isExact(task, backend, o.table))
    known.set(key, exact)
    if (exact) out.push(o)
  }
  return out
}

async function row(task: Task, how: string, method: Method, samples: number): Promise<void> {
  const begun = process.cpuUsage()
  const exact = await exactOf(task, await learn(task, backend, method, seeds, samples))
  const taken = exact.map((o) => o.samples)
  const mean = taken.reduce((a, b) => a + b, 0) / Math.max(1, taken.length)
  const needed = taken.length === 0 ? '' : `mean ${mean.toFixed(0)}, max ${Math.max(...taken)}`
  print(task.name, how, `${exact.length}/${seeds.length}`, needed, `${seconds(begun).toFixed(1)} s`)
}

print('task', 'learned by', 'exact', 'samples', 'CPU')
for (const task of tasks) await row(task, 'ascent', ascent, 1000)
for (const task of hardTasks) {
  await row(task, 'ascent', ascent, 2000)
  await row(task, 'votes, earliest mistake', votesOf(4), 2000)
}

const begun = process.cpuUsage()
const seen = distinct(neighbourhoodsOf(frame(64, 1), 64))
await learnRule(backend, seen, seen.length)
const life = await learnRule(backend, seen, seen.length)
const right = distinct(neighbourhoodsOf(frame(64, 1), 64)).filter(
  (x) => life.table.data[Number.parseInt(x.join(''), 2)] === lifeRule(x),
)
print(
  'Game of Life',
  'ascent, one 64×64 frame',
  `${right.length}/512`,
  `step ${life.ms.toFixed(1)} ms`,
  `${seconds(begun).toFixed(1)} s`,
)
