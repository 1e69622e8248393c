/** What a tfjs backend holds. */
import { engine } from '@tensorflow/tfjs-core'
import type { Backend } from 'paralens'

/** Tensors of tfjs, arrays of its backend, and buffers of this library: `0 tensors, 20 arrays, 12 buffers`. */
export function heldBy(backend: Backend): string {
  const arrays = (engine().findBackend(backend.name) as { numDataIds(): number } | null)?.numDataIds() ?? 0
  return `${engine().state.numTensors} tensors, ${arrays} arrays, ${backend.memory().buffers} buffers`
}
