import { threefry } from '../primitive/threefry.js'
import type { Key } from './key.js'

/** Second counter words that no draw uses (draws use 0), so that split keys and drawn words are of different blocks. */
const text = 0x74657874
const count = 0x6e756d62

/**
 * The key called `name` under `key`: the cascade of Threefry over the name, length first. Names decide, not an order of
 * calls: `split(key, 'hidden.weight')` stays the same however many other parameters there are; `1` and `'1'` differ.
 * Throws where a number is not a safe integer.
 */
export function split(key: Key, name: string | number): Key {
  if (typeof name === 'number') {
    if (!Number.isSafeInteger(name))
      throw new RangeError(`split: ${name} is not a name: needs a string or a safe integer`)
    return threefry(threefry(key, [0, count]), [name | 0, Math.floor(name / 0x100000000) | 0])
  }
  let state: Key = threefry(key, [name.length, text])
  for (let i = 0; i < name.length; i += 4) state = threefry(state, [pair(name, i), pair(name, i + 2)])
  return state
}

/** UTF-16 code units i and i + 1 as one word, 0 past the end. */
function pair(name: string, i: number): number {
  return (name.charCodeAt(i) || 0) | ((name.charCodeAt(i + 1) || 0) << 16)
}
