import { constant } from './constant.js'
import type { Initialiser } from './initialiser.js'

/** Every entry 1, as for a gain. */
export const ones: Initialiser = constant(1)
