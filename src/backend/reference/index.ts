import { typeOf, type Tensor } from '../../object/index.js'
import type { Backend, Buffer } from '../backend.js'
import { evaluate } from './evaluate.js'

/** A tensor held as it is. */
interface Held extends Buffer {
  readonly tensor: Tensor
}
const tensorIn = (buffer: Buffer): Tensor => (buffer as Held).tensor

/** The reference backend: plain TypeScript, every dtype, the meaning of every primitive. Slow, and what others are compared with. */
export function reference(): Backend {
  const live = new Set<Buffer>()
  const hold = (tensor: Tensor): Held => {
    const held: Held = { type: typeOf(tensor), tensor }
    live.add(held)
    return held
  }
  return {
    name: 'reference',
    has: () => true,
    upload: (tensor) => hold({ ...tensor, data: tensor.data.slice() }),
    read: (buffer) => Promise.resolve({ ...tensorIn(buffer), data: tensorIn(buffer).data.slice() } as Tensor),
    dispose: (buffer) => {
      live.delete(buffer)
    },
    compile: (program) => ({
      run: (inputs) => evaluate(program, inputs.map(tensorIn)).map(hold),
      dispose: () => undefined,
    }),
    memory: () => {
      const bytes = [...live].reduce((n, b) => n + byteLength(tensorIn(b)), 0)
      return { buffers: live.size, bytes, heap: bytes }
    },
  }
}

const byteLength = ({ data }: Tensor): number => (ArrayBuffer.isView(data) ? data.byteLength : 8 * data.length)

export * from './arithmetic.js'
export * from './dual.js'
export * from './evaluate.js'
