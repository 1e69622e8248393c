import { subtract } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import type { Distance } from './loss.js'

/** `prediction − label`, entry by entry, in every ring: over bits it is exclusive or, the displacement of reverse derivative ascent. */
export const difference: Distance = {
  distance: 'difference',
  body: (label, prediction) => prediction.map((y, i) => subtract(y, label[i] as Wire)),
}
