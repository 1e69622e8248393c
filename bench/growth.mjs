/** Growth of the step of the compiled backend with width, depth and batch: docs/growth.md and docs/growth.svg. */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { chart } from './chart.mjs'
import { inTurn } from './in-turn.mjs'
import { interleaved, shown } from './measure.mjs'
import { compiled } from './system/backend.mjs'
import { training } from './system/paralens.mjs'
import { batchOf, flopsOf, parametersOf } from './work.mjs'

/** A step at rest: at this rate no gradient becomes subnormal. */
const dense = (n, sizes, batch) => ({
  n,
  work: { kind: 'dense', name: `${n}`, sizes, batch, optimiser: 'sgd', rate: 1e-6 },
})
const layers = (n, width) => [...Array.from({ length: n + 1 }, () => width), 10]

/** What grows, what else the network is, and what the products of a step grow with. */
const sweeps = [
  {
    name: 'width',
    of: 'n-n-n-10, batch 32',
    expected: 2,
    points: [16, 32, 64, 128, 256, 512, 1024].map((n) => dense(n, layers(2, n), 32)),
  },
  {
    name: 'depth',
    of: 'n layers of 64 and one of 10, batch 32',
    expected: 1,
    points: [1, 2, 4, 8, 16, 32, 64].map((n) => dense(n, layers(n, 64), 32)),
  },
  {
    name: 'batch',
    of: '784-128-10, batch n',
    expected: 1,
    points: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((n) => dense(n, [784, 128, 10], n)),
  },
]

/** The exponent and the factor of `y = factor · x^exponent` by least squares of logarithms. */
export function fitted(points) {
  const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)])
  const mean = (i) => logs.reduce((sum, p) => sum + p[i], 0) / logs.length
  const [mx, my] = [mean(0), mean(1)]
  const exponent =
    logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  return { exponent, factor: Math.exp(my - exponent * mx) }
}

/** The points of a sweep, timed in turns: CPU time of a step in µs, 10th percentile and median. */
async function timed({ points }, quick) {
  const backend = compiled()
  const systems = await inTurn(points, ({ work }) => training(work, batchOf(work), parametersOf(work), backend))
  const effort = quick ? { rounds: 5, milliseconds: 5, warm: 50 } : { rounds: 20, milliseconds: 20, warm: 300 }
  const times = await interleaved(systems, effort)
  await inTurn(systems, (s) => s.dispose())
  return points.map(({ n, work }, i) => ({
    x: n,
    y: times[i].time.p10,
    median: times[i].time.median,
    flops: flopsOf(work),
  }))
}

const cells = (list) => `| ${list.join(' | ')} |`

function section({ name, of, expected, points, all, late }) {
  return [
    `## ${name[0].toUpperCase()}${name.slice(1)}`,
    '',
    `${of}. Time grows as n^${late.exponent.toFixed(2)} over the upper half of the sizes, as n^${all.exponent.toFixed(2)} over all of`,
    `them; the multiplications of a step grow as n^${expected} where they are many.`,
    '',
    cells(['n', 'µs a step, p10', 'median', 'MFLOP in products', 'GF/s']),
    cells(['---', '---', '---', '---', '---']),
    ...points.map(({ x, y, median, flops }) =>
      cells([x, shown(y), shown(median), shown(flops / 1e6), (flops / y / 1000).toFixed(1)]),
    ),
    '',
  ].join('\n')
}

/** Measures all sweeps, prints them, and writes the page and its chart into a folder. */
export async function growth(print, { quick, folder }) {
  const results = await inTurn(sweeps, async (sweep) => {
    const points = await timed(sweep, quick)
    const [all, late] = [fitted(points), fitted(points.slice(-Math.ceil(points.length / 2)))]
    const result = { ...sweep, points, all, late }
    print(`\n${section(result)}`)
    return result
  })
  const page = [
    '# How the time of a step grows',
    '',
    'Steps of SGD on the compiled backend, one thread, plain SIMD, on a batch that the session holds: CPU time, sizes in turns,',
    `10th percentile and median over rounds. Node ${process.version}, ${cpus()[0].model.trim()}. Exponents are least squares of`,
    'logarithms; below 1 or 2 where the fixed part of a step still shows. Written by `npm run bench -- --growth`.',
    '',
    '![CPU time of a step against width, depth and batch](growth.svg)',
    '',
    ...results.map(section),
  ].join('\n')
  writeFileSync(new URL('growth.md', folder), `${page.trimEnd()}\n`)
  writeFileSync(new URL('growth.svg', folder), chart(results))
}
