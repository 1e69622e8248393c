import { binaryCrossEntropy } from './binary-cross-entropy.js'
import { difference } from './difference.js'
import { earliest } from './earliest.js'
import { lossAt, type UntypedLoss } from './loss.js'
import { softmaxCrossEntropy } from './softmax-cross-entropy.js'
import { squaredError } from './squared-error.js'

/** Every loss, at one object; the contract tests loop over the list. */
export const losses: { readonly [name: string]: UntypedLoss } = {
  squaredError: lossAt(squaredError, [[3]]),
  difference: lossAt(difference, [[3]]),
  earliest: lossAt(earliest, [[3]]),
  binaryCrossEntropy: lossAt(binaryCrossEntropy, [[3]]),
  softmaxCrossEntropy: softmaxCrossEntropy(3),
}

export { softplus } from './binary-cross-entropy.js'
export { binaryCrossEntropy, difference, earliest, softmaxCrossEntropy, squaredError }
export { lossAt, type Distance, type Loss, type UntypedLoss } from './loss.js'
