/** Writes the pages of docs that are made from the code: costs, compile errors, the drawing of a step, claims, mutants, the transcript. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (command, args, env = {}) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) process.exit(status ?? 1)
}
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--execArgv=--expose-gc']
const pages = [
  'test/term/cost-page.test.ts',
  'test/drawing/readme.test.ts',
  'test/laws/optimiser.test.ts',
  'test/laws/claims-page.test.ts',
  'test/laws/matrix.test.ts',
  'test/laws/shrink.test.ts',
  'test/laws/transcript.test.ts',
]
run(process.execPath, [...vitest, ...pages], { UPDATE_DOCS: '1' })
run(process.execPath, ['scripts/compile-errors.mjs'])
