import type { Key } from './key.js'

/** Initial entries of a parameter, row-major: a function of its key and its shape. */
export type Initialiser = (key: Key, shape: readonly number[]) => number[] | Float64Array
