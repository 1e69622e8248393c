import { createRequire, register } from 'node:module'

/** Loads tfjs with its wasm and cpu backends, and the library in dist/, on one copy of tfjs. Throws where there are two. */
export async function load() {
  register('./resolve.mjs', import.meta.url)
  await (await import('./system/tfjs.mjs')).ready('wasm')
  await import('./system/paralens.mjs')
  const copies = Object.keys(createRequire(import.meta.url).cache).filter((path) => path.endsWith('tf-core.node.js'))
  if (copies.length !== 1)
    throw new Error(`bench: ${copies.length} copies of tfjs-core are loaded, needs 1: ${copies.join(', ')}`)
}
