import { createRequire, register } from 'node:module'

/** Loads tfjs with its wasm and cpu backends, one copy for the peers and for the library in dist/. Throws where there are two. */
export async function load() {
  register('./resolve.mjs', import.meta.url)
  const tf = await import('@tensorflow/tfjs-core')
  await import('@tensorflow/tfjs-backend-wasm')
  await import('@tensorflow/tfjs-backend-cpu')
  await tf.setBackend('wasm')
  await import('./systems.mjs')
  const copies = Object.keys(createRequire(import.meta.url).cache).filter((path) => path.endsWith('tf-core.node.js'))
  if (copies.length !== 1)
    throw new Error(`bench: ${copies.length} copies of tfjs-core are loaded, needs 1: ${copies.join(', ')}`)
}
