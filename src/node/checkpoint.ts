import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { decode, encode, type CodecError, type NamedTensors, type Safetensors } from '../codec/index.js'
import type { FileError } from '../data/index.js'
import { bytesAt } from './file.js'
import { replaceFile } from './replace-file.js'

/**
 * A safetensors file of named tensors. The file at `path` is the old one or the new one, whole, whatever fails: see
 * `replaceFile`.
 */
export function saveTensors(
  path: string,
  tensors: NamedTensors,
  metadata: { readonly [key: string]: string } = {},
): TE.TaskEither<CodecError | FileError, void> {
  return async () => {
    const bytes = encode(tensors, metadata)
    return E.isLeft(bytes) ? bytes : replaceFile('saveTensors', path, bytes.right)
  }
}

/** The named tensors of a safetensors file, decoded strictly. */
export function loadTensors(path: string): TE.TaskEither<CodecError | FileError, Safetensors> {
  return pipe(
    bytesAt('loadTensors', path),
    TE.chainEitherKW((bytes) => decode(bytes)),
  )
}
