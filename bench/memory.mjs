import * as tf from '@tensorflow/tfjs-core'
import { onTfjs } from './system/backend.mjs'
import { training } from './system/paralens.mjs'
import { batchOf, parametersOf, works } from './work.mjs'

const named = (name) => works.find((work) => work.name === name)
const trainings = [
  { work: named('4-8-3 B16 Adam'), steps: 100_000 },
  { work: named('784-128-10 B128 Adam'), steps: 1_000 },
]

/** What may not grow: tfjs' tensors, the backend's arrays, the bytes of the wasm heap. */
function held() {
  const backend = tf.findBackend('wasm')
  return {
    tensors: tf.memory().numTensors,
    'data ids': backend.numDataIds(),
    'heap bytes': backend.wasm.HEAPU8.buffer.byteLength,
  }
}

const shown = (counts) => Object.entries(counts).map(([name, n]) => `${name} ${n.toLocaleString('en')}`)

/** Trains, and answers whether memory ends where it was after the first step. */
export async function memory(print) {
  let same = true
  for (const { work, steps } of trainings) {
    const system = await training(work, batchOf(work), parametersOf(work), onTfjs)
    system.step()
    await system.losses()
    const first = held()
    for (let i = 1; i < steps; i++) {
      system.step()
      if (i % 1_000 === 0) await system.losses()
    }
    const [loss] = (await system.losses()).slice(-1)
    const last = held()
    const equal = Object.keys(first).every((name) => first[name] === last[name])
    same &&= equal
    print(`\n${work.name}, ${onTfjs.name}' wasm kernels`)
    print(`  after 1 step:            ${shown(first).join(', ')}`)
    print(`  after ${steps.toLocaleString('en').padEnd(7)} steps:     ${shown(last).join(', ')}`)
    print(`  ${equal ? 'equal' : 'DIFFERENT'}; last loss ${loss.toPrecision(4)}`)
    system.dispose()
  }
  return same
}
