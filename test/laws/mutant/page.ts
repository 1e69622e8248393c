import { areas, type Area } from './index.js'
import { catalogue, killed, killsOf, runs, seed, unbreakable, type Killed } from './matrix.js'
import type { Mutant } from './mutant.js'
import { planted, reverseMutants } from './reverse.js'

const all: readonly Mutant[] = areas.flatMap((a) => a.mutants)
const number = (m: Mutant): number => all.indexOf(m) + 1
const cell = (text: string): string => text.replaceAll('|', '\\|')
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

/** `law@k` for a law that is found at the k-th run. */
const at = (found: Killed, law: string): string => `${found.get(law) ?? '?'}`

/** A column of the grid: its head, and which laws stand in it. */
const columns: readonly (readonly [head: string, has: (law: string) => boolean])[] = [
  ...['RD.1', 'RD.2', 'RD.3', 'RD.4', 'RD.5', 'RD.6', 'RD.7'].map(
    (axiom) => [axiom, (law: string) => law.startsWith(axiom)] as const,
  ),
  ['CD', (law) => law.startsWith('CD.')],
  ['congruence', (law) => law === 'congruence' || law === 'normal forms'],
  ['dot test', (law) => law.startsWith('dot test')],
  ['D from R = dual', (law) => law === 'forward from reverse'],
]

/** The matrix of laws.md 2.5: `@k` at a random program, `g@k` at the k-th generator, `CD.5@k` where a column is of several. */
function grid(): string {
  const rows = reverseMutants.slice(0, planted.length).map((m) => {
    const found = killed(m)
    return [
      m.mistake,
      ...columns.map(([head, has]) => {
        const laws = [...found.keys()].filter((law) => has(law.split('/')[1] ?? ''))
        const first = (some: readonly string[], mark: string): string[] => {
          const [least] = [...some].sort((a, b) => Number(at(found, a)) - Number(at(found, b)))
          if (least === undefined) return []
          const name = head === 'CD' ? (/CD\.\d/.exec(least)?.[0] ?? '') : ''
          return [`${name}${mark}@${at(found, least)}`]
        }
        const exhaustive = laws.filter((law) => law.endsWith('at generators'))
        const random = laws.filter((law) => !exhaustive.includes(law))
        return [...first(random, ''), ...first(exhaustive, head === 'CD' ? ' g' : 'g')].join(' ')
      }),
    ]
  })
  return table(['mutant of R', ...columns.map(([head]) => head)], rows)
}

function section({ name, mutants }: Area): string {
  const rows = mutants.map((m) => {
    const found = killed(m)
    const others = [...found.keys()].filter((law) => law !== m.killedBy).length
    return [`${number(m)}`, m.mistake, m.killedBy, at(found, m.killedBy), `${others}`]
  })
  return `## ${name}\n\n${table(['#', 'mutant', 'killed by', 'after runs', 'other laws that kill it'], rows)}`
}

/** The page of mutants. */
export function page(): string {
  const laws = catalogue()
  const reasons = Object.entries(unbreakable())
  const rows = laws.flatMap((law) => {
    const kills = killsOf(law).map(number)
    return kills.length > 0 ? [[law, kills.join(', ')]] : []
  })
  return [
    `# The suite is itself tested

A law that nothing can break checks nothing. Each mutant below is a thing with one mistake planted in it, and a law that has to fail
there; \`test/laws/matrix.test.ts\` runs them all, and asserts that every law of the catalogue, and every law that may be claimed,
kills a mutant or is said to be one that none can break. Seed ${seed}; ${runs.full} runs at most of the law that has to fail and of all laws of
wrong derivatives, ${runs.other} of the others; laws at generators try each. Written by \`npm run docs:update\`.

${all.length} mutants, all killed; ${laws.length} laws by name, of which ${rows.length} kill a mutant and ${reasons.length} cannot.`,
    `## Which laws catch which wrong derivatives

\`@k\` is found at run k, \`g@k\` at the k-th generator, shortest first; blank is not found. The last mutant satisfies every axiom of
a reverse and of a forward derivative: only a derivative that is not made from R tells.

${grid()}`,
    ...areas.map(section),
    `## What each law kills

${table(['law', 'mutants'], rows)}`,
    `## Laws that no mutant can break

${reasons.length === 0 ? 'None.' : table(['law', 'why'], reasons)}
`,
  ].join('\n\n')
}
