import { inTurn } from './in-turn.mjs'
import { clock, firstNumbers, interleaved, shown } from './measure.mjs'
import { lacking } from './system/paralens.mjs'
import { peak, peakFlops } from './system/peak.mjs'
import { systemsOf } from './systems.mjs'
import { flopsOf } from './work.mjs'

const checked = 10

/** The relative difference that is allowed: Adam divides the rounding errors of small gradients by themselves. */
const toleranceOf = (work) => (work.optimiser === 'sgd' ? 1e-4 : 1e-3)

/**
 * The largest relative difference of the systems' numbers after their first steps from the first system's, relative to 0.01
 * where those are less, and whose it is; NaN where any is missing.
 */
async function disagreement(systems) {
  const [own, ...others] = await inTurn(systems, (s) => firstNumbers(s, checked))
  let [difference, whose] = [0, 'none']
  for (const [k, numbers] of others.entries())
    for (const [i, x] of own.entries()) {
      const here = Math.abs(numbers[i] - x) / Math.max(Math.abs(x), 0.01)
      if (!(here <= difference)) [difference, whose] = [here, systems[k + 1].name]
    }
  return { difference, whose }
}

/** Takes the first steps of fresh systems of a work. Answers whether they agree, and says it in a line. */
async function agreement(work, options) {
  const systems = await systemsOf(work, options)
  const { difference, whose } = await disagreement(systems)
  await inTurn(systems, (s) => s.dispose())
  const agree = difference <= toleranceOf(work)
  const what = work.kind === 'adam' ? `parameters after ${checked} steps` : `losses of the first ${checked} steps`
  const verdict = `${what} ${agree ? 'agree' : 'DISAGREE'}: largest relative difference ${difference.toExponential(1)}`
  return { agree, line: `${verdict} (${whose}), allowed ${toleranceOf(work)}` }
}

/**
 * The rate at which steps are timed, of the rate of the row: with a batch learned by heart gradients become subnormal, which
 * slows every system, and no training is there for long.
 */
const resting = 1e-4

/** How long a row is measured. */
function effort(work, quick) {
  if (work.slow) return { rounds: quick ? 2 : 5, milliseconds: 1, warm: 0 }
  return quick ? { rounds: 5, milliseconds: 5, warm: 100 } : { rounds: 30, milliseconds: 25, warm: 500 }
}

/** Times of a system by its clock: CPU time, or wall time where it has threads. */
const timesOf = (t) => (t.system.clock === 'wall' ? t.wall : t.time)

/**
 * Checks that a work's systems agree and times them, the calibration loop among them. Answers the work, the times by the
 * system's name, whether the losses agreed, and the figures for `--json`.
 */
async function steps(work, given, print) {
  const missing = lacking(work)
  const options = { ...given, own: missing === undefined }
  print(`\n${work.name}, µs of ${clock.name} time a step`)
  if (missing !== undefined) print(`  paralens is left out: ${missing}`)
  const { agree, line } = await agreement(work, options)
  const systems = await systemsOf({ ...work, rate: resting * work.rate }, options)
  const how = effort(work, options.quick)
  const loops = [peak(false), ...(options.relaxed ? [peak(true)] : [])]
  const timed = await interleaved([...loops, ...systems], how)
  const calibration = timed.splice(0, loops.length)
  await inTurn(systems, (s) => s.dispose())
  const ceiling = Math.max(...calibration.map((t) => peakFlops / t.time.p10))
  show(work, timed, ceiling, missing === undefined ? timed[0] : undefined, print)
  print(`  ${how.rounds} rounds; ${line}`)
  return {
    work,
    agree,
    peak: ceiling / 1000,
    times: new Map(timed.map((t) => [t.system.name, t])),
    figures: timed.map((t) => figure(work.name, t)),
  }
}

const figure = (work, t) => ({
  work,
  system: t.system.name,
  p10: timesOf(t).p10,
  median: timesOf(t).median,
  unit: `µs ${t.system.clock ?? clock.name}/step`,
})

function show(work, timed, ceiling, own, print) {
  const flops = flopsOf(work)
  const busy = clock.name === 'wall' ? [] : ['CPU/wall']
  print(row('', 'p10', 'median', ...busy, '× p10', '× median', flops === undefined ? '' : 'of peak'))
  for (const t of timed) {
    const ratio = (q) => (own === undefined ? '' : shown(t.time[q] / own.time[q]))
    const share = flops === undefined ? '' : `${((100 * flops) / t.time.p10 / ceiling).toFixed(1)} %`
    const wall =
      t.system.clock === 'wall' && clock.name !== 'wall'
        ? ` (wall ${t.wall.p10.toFixed(1)}, ${t.wall.median.toFixed(1)})`
        : ''
    const cells = [
      t.time.p10.toFixed(2),
      t.time.median.toFixed(2),
      ...(clock.name === 'wall' ? [] : [t.busy.toFixed(2)]),
      ratio('p10'),
      ratio('median'),
      share,
    ]
    print(row(`${t.system.name} ${t.system.call}`, ...cells) + wall)
  }
  const products = flops === undefined ? '' : `; ${(flops / 1e6).toPrecision(4)} MFLOP a step in products`
  print(`  f32x4 multiply-add peak of this machine in the same rounds: ${(ceiling / 1000).toFixed(1)} GF/s${products}`)
}

const row = (name, ...cells) => `  ${name.padEnd(44)}${cells.map((c) => c.padStart(11)).join('')}`

/** The rows of a list of works, in order. */
export function table(works, options, print) {
  return inTurn(works, (work) => steps(work, options, print))
}
