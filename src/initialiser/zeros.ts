import { constant } from './constant.js'
import type { Initialiser } from './initialiser.js'

/** Every entry 0, as for a bias. */
export const zeros: Initialiser = constant(0)
