/** The library over tfjs' wasm kernels. */
export const onTfjs = {
  name: 'paralens on tfjs',
  backend: 'wasm',
  make: async () => (await import('../../dist/src/backend/tensorflow/index.js')).tensorflow('wasm'),
}

/** The compiled backend with options; with threads it is timed by the wall clock. */
export const compiled = (options = {}) => ({
  name: [
    'paralens',
    ...(options.relaxed ? ['relaxed'] : []),
    ...(options.threads ? [options.threads, 'threads'] : []),
  ].join(' '),
  make: async () => (await import('../../dist/src/backend/wasm/index.js')).wasm(options),
  ...(options.threads ? { clock: 'wall' } : {}),
})

/**
 * The backends on which paralens runs a work, by the name of the system: the compiled one, plain, with relaxed SIMD, and
 * with threads, two where the work has a mark for them, or as many as are given; and tfjs' kernels.
 */
export function backends(work, { relaxed, threads = work.threads === undefined ? undefined : 2 }) {
  const kinds = relaxed ? [{}, { relaxed }] : [{}]
  return [
    ...kinds.map(compiled),
    ...(threads === undefined ? [] : kinds.map((kind) => compiled({ ...kind, threads }))),
    onTfjs,
  ]
}
