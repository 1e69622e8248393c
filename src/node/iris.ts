import { join } from 'node:path'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { parseIris, type DataError, type Irises } from '../data/index.js'
import { textAt } from './file.js'
import { packageRoot } from './package-root.js'

/** The 150 irises that this package ships, `[4]` in cm. */
export function loadIris(): TE.TaskEither<DataError, Irises> {
  return pipe(
    textAt('iris', join(packageRoot(), 'data', 'iris.arff')),
    TE.chainEitherKW((text) => parseIris(text)),
  )
}
