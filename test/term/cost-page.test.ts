import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { costTable } from './cost-table.js'

const page = new URL('../../docs/cost.md', import.meta.url)

/** A page without times and heap, which differ from run to run: the first seven columns of its table. */
const counted = (text: string): string[] =>
  text.split('\n').map((line) => (line.startsWith('|') ? line.split('|').slice(0, 8).join('|') : line))

it('docs/cost.md has the counts that are measured; npm run docs:update writes it', { timeout: 120_000 }, () => {
  const measured = costTable()
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, measured)
  expect(counted(readFileSync(page, 'utf8'))).toEqual(counted(measured))
})
