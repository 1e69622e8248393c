import { typeOf, types, type Tensor } from '../../object/index.js'
import type { Backend, Buffer } from '../backend.js'
import { checkInputs, notUsable } from '../inputs.js'
import { evaluate } from './evaluate.js'

/** A tensor held as it is. */
interface Held extends Buffer {
  readonly tensor: Tensor
  /** The buffers of the backend it belongs to. */
  readonly among: ReadonlySet<Buffer>
}
const name = 'reference'

/** The reference backend: plain TypeScript, every dtype, the meaning of every primitive. Slow, and what others are compared with. */
export function reference(): Backend {
  const live = new Set<Held>()
  const hold = (tensor: Tensor): Held => {
    const held: Held = { type: typeOf(tensor), tensor, among: live }
    live.add(held)
    return held
  }
  const tensorIn = (what: string, buffer: Buffer): Tensor => {
    const held = buffer as Held
    if (!live.has(held)) throw notUsable(name, what, held.among === live)
    return held.tensor
  }
  return {
    name,
    has: () => true,
    upload: (tensor) => hold(copy(tensor)),
    read: (buffer) => new Promise((resolve) => resolve(copy(tensorIn('read', buffer)))),
    readNow: (buffer) => copy(tensorIn('read', buffer)),
    dispose: (buffer) => {
      tensorIn('dispose', buffer)
      live.delete(buffer as Held)
    },
    compile(program) {
      const dom = types(program.dom)
      let usable = true
      return {
        run(inputs) {
          if (!usable) throw new TypeError(`${name}: the executable was disposed`)
          checkInputs(name, dom, inputs)
          return evaluate(
            program,
            inputs.map((x, i) => tensorIn(`input ${i}`, x)),
          ).map(hold)
        },
        dispose() {
          usable = false
        },
      }
    },
    memory: () => {
      const bytes = [...live].reduce((n, { tensor }) => n + byteLength(tensor), 0)
      return { buffers: live.size, bytes, heap: bytes }
    },
  }
}

const copy = (tensor: Tensor): Tensor => ({ ...tensor, data: tensor.data.slice() })
const byteLength = ({ data }: Tensor): number => (ArrayBuffer.isView(data) ? data.byteLength : 8 * data.length)

export * from './arithmetic.js'
export * from './dual.js'
export * from './evaluate.js'
