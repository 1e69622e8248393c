import { erf } from '../reference/erf.js'
import { BackendError } from '../backend.js'
import type { Imported } from './emit/context.js'
import { engine } from './engine.js'
import type { Heap } from './memory.js'

const host: { readonly [F in Imported]: (x: number) => number } = {
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  erf,
}

/** The exports of a module over a heap, and with what it calls between kernels where it is timed. Throws where the engine refuses it. */
export function instantiate(
  bytes: Uint8Array<ArrayBuffer>,
  { memory }: Heap,
  timed: { readonly tick?: () => void } = {},
): { readonly [name: string]: () => void } {
  try {
    return new engine.Instance(new engine.Module(bytes), { env: { memory, ...host, ...timed } }).exports as {
      readonly [name: string]: () => void
    }
  } catch (error) {
    throw new BackendError(
      `compiled wasm: the module of the program is refused: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
