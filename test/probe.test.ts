import { it } from 'vitest'
import { wasm } from '../src/backend/wasm/index.js'
import { ascent, isExact, learn, tasks } from '../examples/arithmetic.js'
it('x', async () => {
  const backend = await wasm()
  for (const task of tasks) {
    const t = process.cpuUsage().user
    const seeds = Array.from({ length: 100 }, (_, i) => i)
    const outs = await learn(task, backend, ascent, seeds, 1000)
    const t1 = process.cpuUsage().user
    const memo = new Map<string, boolean>()
    let exact = 0
    for (const o of outs) {
      const key = o.table.data.join('')
      if (!memo.has(key)) memo.set(key, await isExact(task, backend, o.table))
      if (memo.get(key)) exact++
    }
    console.log(task.name, exact, 'tables', memo.size, 'mean', outs.reduce((a, o) => a + o.samples, 0) / 100, 'max', Math.max(...outs.map((o) => o.samples)), 'cpu', (t1 - t) / 1000, (process.cpuUsage().user - t1) / 1000)
  }
}, 600000)
