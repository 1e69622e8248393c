import { readFileSync } from 'node:fs'

const root = new URL('../../', import.meta.url)
const entries = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).exports

/** What an entry point of the package exports. */
const entryOf = (path) => import(new URL(entries[path].default, root))

/** The library over tfjs' wasm kernels. */
export const onTfjs = {
  name: 'paralens on tfjs',
  backend: 'wasm',
  make: async () => (await entryOf('./backend/tensorflow')).tensorflow('wasm'),
}

const compiled = (name, options) => ({
  name,
  make: async () => (await entryOf('./backend/wasm')).wasm(options),
  ...(options.threads > 1 ? { clock: 'wall' } : {}),
})

/**
 * The backends on which paralens runs a work, by the name of the system: where the package exports it the compiled one, plain,
 * with relaxed SIMD, and with two threads, timed by the wall clock, where the work has a mark for them; and tfjs' kernels.
 */
export function backends(work, relaxed) {
  if (entries['./backend/wasm'] === undefined) return [onTfjs]
  return [
    compiled('paralens', {}),
    ...(relaxed ? [compiled('paralens relaxed', { relaxed: true })] : []),
    ...(work.threads === undefined ? [] : [compiled('paralens 2 threads', { threads: 2 })]),
    onTfjs,
  ]
}
