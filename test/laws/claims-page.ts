import type { ClaimRow } from '../../laws/catalogue/layer-claims.js'
import type { LawSet } from '../../laws/index.js'

/** A page of claims: what each means, and for each thing ✓ where it holds, else the run of seed 42 that refutes it. */
export function claimsPage<C extends string>(
  title: string,
  text: string,
  sets: readonly LawSet[],
  rows: { readonly [name: string]: ClaimRow<C> },
): string {
  const claims = new Map(sets.flatMap((s) => s.claims ?? []).map((c) => [c.name, c]))
  const offered = (name: string, claim: string): boolean =>
    sets.some((s) => s.subject === name && (s.claims ?? []).some((c) => c.name === claim))
  const cell = (name: string, claim: C): string => {
    const row = rows[name]
    if (row === undefined || !offered(name, claim)) return ''
    return row.holds.includes(claim) ? '✓' : `run ${row.witness[claim] ?? '0'}`
  }
  const names = Object.keys(rows)
  return [
    `# ${title}`,
    '',
    text,
    '',
    ...table([
      ['claim', 'equation, for all values'],
      ...[...claims.values()].map((c) => [`\`${c.name}\``, c.equation.replaceAll('|', '\\|')]),
    ]),
    '',
    ...table([
      ['', ...names],
      ...[...claims.keys()].map((claim) => [`\`${claim}\``, ...names.map((name) => cell(name, claim as C))]),
    ]),
    '',
  ].join('\n')
}

/** A table, its columns as wide as their widest cell. */
function table([head, ...body]: readonly (readonly string[])[]): string[] {
  const all = [head ?? [], ...body]
  const widths = (head ?? []).map((_, i) => Math.max(3, ...all.map((cells) => [...(cells[i] ?? '')].length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((c, i) => c + ' '.repeat((widths[i] ?? 0) - [...c].length)).join(' | ')} |`
  return [line(head ?? []), `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`, ...body.map(line)]
}
