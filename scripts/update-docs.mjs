/** Writes the pages of docs that are made from the code: what terms cost, compile errors, the drawing of a step. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (command, args, env = {}) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) process.exit(status ?? 1)
}
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--execArgv=--expose-gc']
run(process.execPath, [...vitest, 'test/term/cost-page.test.ts', 'test/drawing/readme.test.ts'], { UPDATE_DOCS: '1' })
run(process.execPath, ['scripts/compile-errors.mjs'])
