import type { Flatten } from '../optic/index.js'

/** One tensor of any shape, row-major, as a vector. */
export const flatten: Flatten = { flatten: 'flatten' }
