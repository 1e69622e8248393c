/** What each pass of the compiled backend is worth: the time of a step without it, over the time with all. */
import { inTurn } from './in-turn.mjs'
import { interleaved, shown } from './measure.mjs'
import { training } from './system/paralens.mjs'
import { batchOf, parametersOf, works } from './work.mjs'

const chosen = ['784-128-10 B32 Adam', '4-8-3 B16 Adam', 'CNN B32 SGD']
const transformer = { kind: 'transformer', name: 'transformer B8 Adam', batch: 8, optimiser: 'adam', rate: 1e-3 }

/** At this share of its rate a step is at rest: no gradient becomes subnormal. */
const resting = 1e-4

/** The choices of passes by name: all, all but each, none, and all again. The names are the compiler's own list. */
async function choices() {
  const { passNames } = await import('../dist/src/backend/wasm/pass.js')
  const without = (names) => Object.fromEntries(names.map((name) => [name, false]))
  return [
    ['all', {}],
    ...passNames.map((name) => [`− ${name}`, without([name])]),
    ['none at all', without(passNames)],
    ['all again', {}],
  ]
}

/**
 * The choices of a work timed in turns: CPU time of a step in µs, 10th percentile and median. Where a choice makes the kernels
 * that all passes make, nothing.
 */
async function timed(work, all, quick) {
  const { backendWith } = await import('../dist/src/backend/wasm/wasm.js')
  const parameters = work.kind === 'transformer' ? undefined : parametersOf(work)
  const systems = await inTurn(all, ([name, passes]) =>
    training({ ...work, rate: resting * work.rate }, batchOf(work), parameters, {
      name,
      make: () => backendWith({ passes }, 1),
    }),
  )
  const usual = systems[0].explain()
  const others = systems.filter((s, i) => i === 0 || i === systems.length - 1 || s.explain() !== usual)
  const effort = quick ? { rounds: 5, milliseconds: 4, warm: 60 } : { rounds: 30, milliseconds: 15, warm: 250 }
  const times = new Map((await interleaved(others, effort)).map(({ system, cpu }) => [system.name, cpu]))
  await inTurn(systems, (s) => s.dispose())
  return times
}

/** Measures all choices of passes on each work and prints the table. Answers its figures. */
export async function passes(print, { quick }) {
  const all = await choices()
  const rows = [...chosen.map((name) => works.find((work) => work.name === name)), transformer]
  const columns = await inTurn(rows, (work) => timed(work, all, quick))
  const line = (name, cells) => `  ${name.padEnd(14)}${cells.map((c) => c.padStart(22)).join('')}`
  const names = rows.map(({ name }) => name)
  print('\nCPU time of a step with all passes in µs, and its ratio with others: 10th percentile (median)')
  print(line('', names))
  for (const [i, [name]] of all.entries()) {
    const cells = columns.map((times) => {
      const [own, usual] = [times.get(name), times.get('all')]
      if (own === undefined) return '='
      const of = (q) => (i === 0 ? shown(usual[q]) : (own[q] / usual[q]).toFixed(3))
      return `${of('p10')} (${of('median')})`
    })
    print(line(name, cells))
  }
  print('  = makes the same kernels; "all again" is how far two like systems are apart here')
  return rows.flatMap(({ name: work }, c) =>
    [...columns[c]].map(([name, { p10, median }]) => ({
      work,
      system: `passes: ${name}`,
      p10,
      median,
      unit: 'µs CPU/step',
    })),
  )
}
