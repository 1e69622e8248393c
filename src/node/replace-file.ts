import { randomUUID } from 'node:crypto'
import { open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { FileError } from '../data/index.js'
import { fileError } from './file.js'

/**
 * A file in the place of another. The file at `path` is the old one or the new one, whole, whatever fails: the bytes go to
 * a new file in the same folder, are flushed to the disk, and take the old file's name. A link stays and what it leads to
 * is replaced; a device or pipe is no file and is refused. `what` begins the message of an error.
 */
export async function replaceFile(
  what: string,
  path: string,
  bytes: Uint8Array | string,
): Promise<E.Either<FileError, void>> {
  const target = await realpath(path).catch(() => path)
  const folder = dirname(target)
  const temporary = join(folder, `.${basename(target)}.${randomUUID()}.tmp`)
  try {
    const old = await stat(target).catch(() => undefined)
    if (old?.isFile() === false) return E.left(fileError(what, 'write', path, 'it is there and is not a file'))
    await written(temporary, bytes)
    await rename(temporary, target)
  } catch (reason) {
    await unlink(temporary).catch(() => undefined)
    return E.left(fileError(what, 'write', path, reason))
  }
  await flushFolder(folder)
  return E.right(undefined)
}

/** A new file whose bytes are on the disk. */
async function written(path: string, bytes: Uint8Array | string): Promise<void> {
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
