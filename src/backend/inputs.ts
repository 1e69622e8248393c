import { sameType, showType, type Type } from '../object/index.js'
import type { Buffer } from './backend.js'

/** Throws `wasm: input 0 is [3], the program needs [2]` where buffers are not of a program's domain. */
export function checkInputs(name: string, dom: readonly Type[], inputs: readonly Buffer[]): void {
  if (inputs.length !== dom.length)
    throw new TypeError(`${name}: run needs ${dom.length} buffers, given ${inputs.length}`)
  for (const [i, wanted] of dom.entries()) {
    const { type } = inputs[i] as Buffer
    if (!sameType(type, wanted))
      throw new TypeError(`${name}: input ${i} is ${showType(type)}, the program needs ${showType(wanted)}`)
  }
}

/** The error of a buffer that cannot be used: `wasm: input 0 is a buffer that was disposed`, or another backend's. */
export function notUsable(name: string, what: string, own: boolean): TypeError {
  return new TypeError(`${name}: ${what} is ${own ? 'a buffer that was disposed' : 'not a buffer of this backend'}`)
}
