import * as tf from '@tensorflow/tfjs-core'
import { compiled as compiledBackend, onTfjs } from './system/backend.mjs'
import { training } from './system/paralens.mjs'
import { inTurn } from './in-turn.mjs'
import { batchOf, parametersOf, works } from './work.mjs'

const named = (name) => works.find((work) => work.name === name)
const [small, digits] = [named('4-8-3 B16 Adam'), named('784-128-10 B128 Adam')]

/** What may not grow in tfjs: its tensors, the backend's arrays, the bytes of the wasm heap. */
function heldByTfjs() {
  const backend = tf.findBackend('wasm')
  return {
    tensors: tf.memory().numTensors,
    'data ids': backend.numDataIds(),
    'heap bytes': backend.wasm.HEAPU8.buffer.byteLength,
  }
}

/** The compiled backend, and what may not grow in it: buffers, their bytes, its memory and that of its workspaces. */
function compiled() {
  const backend = compiledBackend()
  const workspaces = []
  let device
  const make = async () => {
    device = await backend.make()
    const workspace = (types) => {
      const made = device.workspace(types)
      workspaces.push(made)
      return made
    }
    return { ...device, workspace }
  }
  const held = () => {
    const { buffers, bytes, heap } = device.memory()
    const space = workspaces.reduce((n, w) => n + w.bytes(), 0)
    return { buffers, bytes, 'heap bytes': heap, workspaces: workspaces.length, 'workspace bytes': space }
  }
  return { backend: { ...backend, make }, held }
}

/** Steps before the process is measured: until then the engine compiles. */
const warm = 5_000
/** Bytes by which the process may grow after that: what garbage is not collected yet. */
const slack = 32 * 2 ** 20

const shown = (counts) => Object.entries(counts).map(([name, n]) => `${name} ${n.toLocaleString('en')}`)
const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`

/** Trains, and answers whether memory ends where it was after the first step, and the process where it was when warm. */
async function trained({ work, steps, backend, held }, print) {
  const system = await training(work, batchOf(work), parametersOf(work), backend)
  system.step()
  await system.losses()
  const first = held()
  let resident
  for (let i = 1; i < steps; i++) {
    system.step()
    if (i % 1_000 === 0) await system.losses()
    if (i === Math.min(warm, steps >> 1)) resident = process.memoryUsage.rss()
  }
  const [loss] = (await system.losses()).slice(-1)
  const last = held()
  const grown = process.memoryUsage.rss() - resident
  const equal = Object.keys(first).every((name) => first[name] === last[name])
  const fine = equal && grown < slack
  print(`\n${work.name}, ${backend.name}`)
  print(`  after 1 step:            ${shown(first).join(', ')}`)
  print(`  after ${steps.toLocaleString('en').padEnd(9)} steps:   ${shown(last).join(', ')}`)
  print(`  process: ${megabytes(resident)} when warm, ${megabytes(grown)} more at the end`)
  print(
    `  ${equal ? 'equal' : 'DIFFERENT'}${fine || !equal ? '' : ', but the process GREW'}; last loss ${loss.toPrecision(4)}`,
  )
  system.dispose()
  return fine
}

/** Trains on the compiled backend and on tfjs, and answers whether nothing is left behind. */
export async function memory(print) {
  const trainings = [
    { work: small, steps: 1_000_000, ...compiled() },
    { work: digits, steps: 2_000, ...compiled() },
    { work: small, steps: 100_000, backend: onTfjs, held: heldByTfjs },
    { work: digits, steps: 1_000, backend: onTfjs, held: heldByTfjs },
  ]
  const results = await inTurn(trainings, (t) => trained(t, print))
  return results.every((fine) => fine)
}
