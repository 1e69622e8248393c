import { firstLosses, interleaved } from './measure.mjs'
import { core } from './system/core.mjs'
import { layers } from './system/layers.mjs'
import { learnerOf, paralens, weightsOf } from './system/paralens.mjs'
import { batchOf, works } from './work.mjs'

const checked = 10
const tolerance = 1e-4

/** The systems of a work, from the same weights on the same batch. */
function systemsOf(work, all) {
  const batch = batchOf(work)
  const weights = weightsOf(learnerOf(work).point)
  const systems = [paralens(work, batch), layers(work, batch, weights), core(work, batch, weights)]
  return all && !work.slow ? [...systems, core(work, batch, weights, 'cpu')] : systems
}

/** The largest relative difference of the systems' losses over their first steps from the first system's; NaN if any is missing. */
async function disagreement(systems) {
  const [own, ...others] = await inTurn(systems, (s) => firstLosses(s, checked))
  return Math.max(...others.flatMap((losses) => own.map((x, i) => Math.abs(losses[i] - x) / Math.abs(x))))
}

async function inTurn(list, f) {
  const out = []
  for (const x of list) out.push(await f(x))
  return out
}

/** Checks that a work's systems agree and times them. Answers the figures, and whether the losses agreed. */
async function steps(work, all, print) {
  const systems = systemsOf(work, all)
  const difference = await disagreement(systems)
  const agree = difference <= tolerance
  const options = work.slow ? { rounds: 5, milliseconds: 1, warm: 0 } : { rounds: 40, milliseconds: 25, warm: 500 }
  const timed = await interleaved(systems, options)
  for (const s of systems) s.dispose()
  const [own] = timed
  print(`\n${work.name}, µs of CPU time a step (${options.rounds} rounds)`)
  print(row('', 'p10', 'median', 'CPU/wall', '× p10', '× median'))
  for (const t of timed) {
    const ratios = [t.p10 / own.p10, t.median / own.median]
    const cells = [t.p10.toFixed(1), t.median.toFixed(1), t.busy.toFixed(2), ...ratios.map((r) => r.toFixed(2))]
    print(row(`${t.system} ${t.call}`, ...cells) + markOf(work.marks[t.system], ratios))
  }
  const verdict = `${agree ? 'agree' : 'DISAGREE'}: largest relative difference ${difference.toExponential(1)}`
  print(`  losses of the first ${checked} steps ${verdict}, allowed ${tolerance}`)
  return {
    agree,
    figures: timed.map(({ system, p10, median }) => ({ work: work.name, system, p10, median, unit: 'µs CPU/step' })),
  }
}

/** The works in order, the slow one too where all are asked for. */
export function table(all, print) {
  return inTurn(
    works.filter((w) => all || !w.slow),
    (work) => steps(work, all, print),
  )
}

const row = (name, ...cells) => `  ${name.padEnd(36)}${cells.map((c) => c.padStart(11)).join('')}`

/** The required ratio beside those measured; it decides nothing, since machines are busy. */
function markOf(mark, ratios) {
  if (mark === undefined) return ''
  const [p10, median] = ratios.map((r) => (r >= mark ? 'met' : 'missed'))
  return `   required ≥ ${mark}: ${p10} (p10), ${median} (median)`
}
