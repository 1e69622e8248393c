import { it } from 'vitest'
import { check } from '../laws/index.js'
import * as E from 'fp-ts/lib/Either.js'
import { circuitLaws } from '../laws/catalogue/circuit.js'
it('circuit', () => {
  let total = 0
  for (const set of circuitLaws()) {
    const t = process.cpuUsage().user
    const r = check(set)
    const bad = E.isLeft(r) ? r.left.results.filter((x) => !x.ok).slice(0, 1) : []
    const ms = (process.cpuUsage().user - t) / 1000
    total += ms
    console.log(set.subject, ms, bad.map((x) => JSON.stringify(x)).join('\n').slice(0, 800))
  }
  console.log(total)
}, 600000)
