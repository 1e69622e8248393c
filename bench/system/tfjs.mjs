import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
// Registers the gradients, which tfjs-core alone has not.
import '@tensorflow/tfjs-layers'
import { adam } from '../work.mjs'

/** Makes a backend current. */
export async function ready(backend) {
  await tf.setBackend(backend)
  // The cpu backend greets on its first write in Node unless this is set.
  if (backend === 'cpu') Object.assign(tf.findBackend(backend), { firstUse: false })
}

/** The optimiser of a work. */
export const optimiserOf = ({ optimiser, rate }) =>
  optimiser === 'sgd' ? tf.train.sgd(rate) : tf.train.adam(rate, adam.beta1, adam.beta2, adam.epsilon)

/** Bytes of the heap of the wasm backend, 0 where it is not loaded. */
export const tfjsHeap = () => tf.findBackend('wasm')?.wasm?.HEAPU8.buffer.byteLength ?? 0
