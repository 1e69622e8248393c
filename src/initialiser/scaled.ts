import { size } from '../object/index.js'
import type { Key } from './key.js'
import { normal } from './normal.js'
import { uniform } from './uniform.js'

/** Entries drawn uniformly from [−limit, limit). */
export function scaledUniform(key: Key, shape: readonly number[], limit: number): Float64Array {
  return uniform(key, size(shape)).map((u) => limit * (2 * u - 1))
}

/** Entries drawn from N(0, deviation²). */
export function scaledNormal(key: Key, shape: readonly number[], deviation: number): Float64Array {
  return normal(key, size(shape)).map((z) => deviation * z)
}
