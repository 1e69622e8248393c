import { existsSync } from 'node:fs'
import { inTurn } from './in-turn.mjs'
import { backends } from './system/backend.mjs'
import { batchOf, parametersOf } from './work.mjs'

/** The hand-written modules by the name of their system; the last needs relaxed SIMD. */
const modules = ['ref.wasm', 'ref_inl.wasm', 'ref_relaxed.wasm']

/**
 * What makes each system of a work, in the order they are printed, paralens first where it can run it: `make(batch,
 * parameters)`. A system's library is loaded where one is made, so that a process holds no more than it needs.
 */
export function makersOf(work, { all, relaxed, folder, pytorch, own = true }) {
  const part = work.kind === 'adam' ? 'update' : 'training'
  const maker = (name, file, ...more) => ({
    name,
    make: async (batch, parameters) => (await import(`./system/${file}.mjs`))[part](work, batch, parameters, ...more),
  })
  const hands = modules
    .slice(0, relaxed ? 3 : 2)
    .filter((file) => existsSync(`${folder}/${file}`))
    .map((file) => maker(`hand ${file}`, 'hand', `${folder}/${file}`))
  return [
    ...(own ? backends(work, relaxed).map((backend) => maker(backend.name, 'paralens', backend)) : []),
    ...(work.kind === 'adam' ? [] : [maker('tfjs-layers', 'layers')]),
    maker('tfjs-core', 'core', 'wasm'),
    ...(all && !work.slow && work.kind !== 'adam' ? [maker('tfjs-core cpu', 'core', 'cpu')] : []),
    maker('jax-js', 'jax'),
    ...(work.slow ? [] : [maker('plain JS', 'plain')]),
    ...hands,
    ...(pytorch === undefined ? [] : [maker('PyTorch', 'torch')]),
  ]
}

/** The systems of a work, from the same parameters on the same batch. */
export function systemsOf(work, options) {
  const [batch, parameters] = [batchOf(work), parametersOf(work)]
  return inTurn(makersOf(work, options), ({ make }) => make(batch, parameters))
}
