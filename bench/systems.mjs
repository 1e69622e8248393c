import { core, update as coreUpdate } from './system/core.mjs'
import * as hand from './system/hand.mjs'
import * as jax from './system/jax.mjs'
import { layers } from './system/layers.mjs'
import * as own from './system/paralens.mjs'
import * as plain from './system/plain.mjs'
import { torch } from './system/torch.mjs'
import { inTurn } from './measure.mjs'
import { batchOf, parametersOf } from './work.mjs'

/** What makes each system of a work, in the order they are printed, paralens first: `make(batch, parameters)`. */
export function makersOf(work, { all, relaxed, folder, pytorch }) {
  const part = work.kind === 'adam' ? 'update' : 'training'
  const always = (name, make) => ({ name, make })
  const backends = own.lacking(work) === undefined ? own.makers({ relaxed, threads: work.threads !== undefined }) : []
  return [
    ...backends.map((backend) =>
      always(backend.name, async (...from) => own[part](work, ...from, backend, await backend.make())),
    ),
    ...(work.kind === 'adam'
      ? [always('tfjs-core', (...from) => coreUpdate(work, ...from))]
      : [
          always('tfjs-layers', (...from) => layers(work, ...from)),
          always('tfjs-core', (...from) => core(work, ...from)),
          ...(all && !work.slow ? [always('tfjs-core cpu', (...from) => core(work, ...from, 'cpu'))] : []),
        ]),
    always('jax-js', (...from) => jax[part](work, ...from)),
    ...(work.slow ? [] : [always('plain JS', (...from) => plain[part](work, ...from))]),
    ...hand
      .modules(folder, relaxed)
      .map((module) => always(module.name, (...from) => hand[part](work, ...from, module))),
    ...(pytorch === undefined ? [] : [always('PyTorch', (...from) => torch(work, ...from))]),
  ]
}

/** The systems of a work, from the same parameters on the same batch. */
export function systemsOf(work, options) {
  const [batch, parameters] = [batchOf(work), parametersOf(work)]
  return inTurn(makersOf(work, options), ({ make }) => make(batch, parameters))
}
