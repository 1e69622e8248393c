import { randomUUID } from 'node:crypto'
import { open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { decode, encode, type CodecError, type NamedTensors, type Safetensors } from '../codec/index.js'
import type { FileError } from '../data/index.js'
import { bytesAt, fileError } from './file.js'

/**
 * A safetensors file of named tensors. The file at `path` is the old one or the new one, whole, whatever fails: the bytes
 * go to a new file in the same folder, are flushed to the disk, and take the old file's name.
 */
export function saveTensors(
  path: string,
  tensors: NamedTensors,
  metadata: { readonly [key: string]: string } = {},
): TE.TaskEither<CodecError | FileError, void> {
  return async () => {
    const bytes = encode(tensors, metadata)
    return E.isLeft(bytes) ? bytes : replace(path, bytes.right)
  }
}

/** The named tensors of a safetensors file, decoded strictly. */
export function loadTensors(path: string): TE.TaskEither<CodecError | FileError, Safetensors> {
  return pipe(
    bytesAt('loadTensors', path),
    TE.chainEitherKW((bytes) => decode(bytes)),
  )
}

async function replace(path: string, bytes: Uint8Array): Promise<E.Either<FileError, void>> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await written(temporary, bytes)
    await rename(temporary, path)
  } catch (reason) {
    await unlink(temporary).catch(() => undefined)
    return E.left(fileError('saveTensors', 'write', path, reason))
  }
  await flushFolder(folder)
  return E.right(undefined)
}

/** A new file whose bytes are on the disk. */
async function written(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The rename on the disk too; not every system can flush a folder, and the file is whole either way. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close().catch(() => undefined)
}
