import { join } from 'node:path'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { parseDigits, type DataError, type Images } from '../data/index.js'
import { textAt } from './file.js'
import { packageRoot } from './package-root.js'

/** The 1,797 optical digits that this package ships, 8 × 8 pixels as `[64]`. */
export function loadDigits(): TE.TaskEither<DataError, Images<64>> {
  return pipe(
    textAt('digits', join(packageRoot(), 'data', 'optdigits.csv')),
    TE.chainEitherKW((text) => parseDigits(text)),
  )
}
