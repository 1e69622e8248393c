import { chains, tried } from './derivative-size.js'
import { median, type Study } from './shrink-study.js'

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const mean = (numbers: readonly number[]): string => (total(numbers) / numbers.length).toFixed(2)
const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** The page of counterexamples: how small they are, and how large what RD.6 and RD.7 compare. */
export function counterexamplePage(studies: readonly Study[]): string {
  const sizes = studies.map((s) => [
    s.mistake,
    s.sizes.length,
    median(s.sizes),
    mean(s.sizes),
    Math.max(...s.sizes),
    median(s.primitives),
    mean(s.primitives),
    Math.max(...s.primitives),
    mean(s.runs),
    mean(s.shrinks),
  ])
  const head = ['mutant of R', 'seeds', 'median', 'mean', 'most', 'primitives: median', 'mean', 'most']
  const programs = studies.map(
    ({ mistake, programs: all }) =>
      `${mistake}:\n\n\`\`\`text\n${all
        .slice(0, 4)
        .map(([text, n]) => `${n} seeds\n${text}`)
        .join('\n')}\n\`\`\``,
  )
  return `# How small counterexamples are

The dot test at random programs of at most four steps, over every primitive and tensors of ranks 0 to 2, is run with two wrong
derivatives of \`multiply\` until it fails, and the program is shrunk. The nodes of a program are its inputs, its primitives and its
outputs, as it is shown; as a nested term it has one node, the diagram, and its primitives. Seeds 0 to 99, integers. The mark was a
median of 7 nodes, on programs of scalars. Written by \`npm run docs:update\`.

${table([...head, 'runs: mean', 'shrinks: mean'], sizes)}

The programs that are found most often:

${programs.join('\n\n')}

Laws at generators try the shortest first, so that their first failure is minimal as it is.

## What RD.6 and RD.7 compare

RD.6 reads R[R[R[f]]], and RD.7 reads D[D[f]] with D[f] made from R[R[f]]. R is computed on the diagram: every primitive is run
forward once and mirrored once, whatever the nesting, so these grow linearly with f, where rewriting R[f ; g] by the chain rule copies
f each time. Primitives, none identified with another:

${table(
  ['f', 'primitives', 'R[R[R[f]]]', 'D[D[f]]'],
  chains().map((g) => [g.name, g.f, g.third, g.second]),
)}

They are checked at every generator and at random programs of at most two steps; composition keeps them. The largest there:

${table(
  ['dtype', 'f', 'count', 'primitives of f', 'of R[R[R[f]]]', 'of D[D[f]]'],
  tried().map((t) => [t.dtype, t.terms, t.count, t.f, t.third, t.second]),
)}
`
}
