import { inTurn } from './in-turn.mjs'
import { backends } from './system/backend.mjs'
import { batchOf, parametersOf } from './work.mjs'

/** What drives each library, here and in a page; PyTorch is of Node alone. */
const drivers = {
  core: () => import('./system/core.mjs'),
  hand: () => import('./system/hand.mjs'),
  jax: () => import('./system/jax.mjs'),
  layers: () => import('./system/layers.mjs'),
  paralens: () => import('./system/paralens.mjs'),
  plain: () => import('./system/plain.mjs'),
}

/**
 * What makes each system of a work, in the order they are printed, paralens first where it can run it: `make(batch,
 * parameters)`. A system's library is loaded where one is made, so that a process holds no more than it needs. `hands` are
 * the names of hand-written modules, whose bytes `read` answers; `torch` loads the driver of PyTorch; `threads` is how many
 * paralens has at every work.
 */
export function makersOf(work, { all, relaxed, threads, hands, read, torch, own = true }) {
  const part = work.kind === 'adam' ? 'update' : 'training'
  const maker = (name, load, ...more) => ({
    name,
    make: async (batch, parameters) => (await load())[part](work, batch, parameters, ...more),
  })
  const hand = (file) => {
    const name = `hand ${file}`
    return maker(name, drivers.hand, { name, bytes: () => read(file) })
  }
  return [
    ...(own ? backends(work, { relaxed, threads }).map((b) => maker(b.name, drivers.paralens, b)) : []),
    ...(work.kind === 'adam' ? [] : [maker('tfjs-layers', drivers.layers)]),
    maker('tfjs-core', drivers.core, 'wasm'),
    ...(all && !work.slow && work.kind !== 'adam' ? [maker('tfjs-core cpu', drivers.core, 'cpu')] : []),
    maker('jax-js', drivers.jax),
    ...(work.slow ? [] : [maker('plain JS', drivers.plain)]),
    ...hands.map(hand),
    ...(torch === undefined ? [] : [maker('PyTorch', torch)]),
  ]
}

/** The systems of a work, from the same parameters on the same batch. */
export function systemsOf(work, options) {
  const [batch, parameters] = [batchOf(work), parametersOf(work)]
  return inTurn(makersOf(work, options), ({ make }) => make(batch, parameters))
}
