import { readFile } from 'node:fs/promises'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { FileError } from '../data/index.js'

/** What the system said about a path: `saveTensors: cannot write /tmp/x: ENOENT`. */
export function fileError(what: string, verb: 'read' | 'write', path: string, reason: unknown): FileError {
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason)
  return { kind: 'file', message: `${what}: cannot ${verb} ${path}: ${code}`, path, code }
}

/** The bytes of a file. */
export function bytesAt(what: string, path: string): TE.TaskEither<FileError, Uint8Array> {
  return TE.tryCatch(
    async () => new Uint8Array(await readFile(path)),
    (reason) => fileError(what, 'read', path, reason),
  )
}

/** The text of a file, as UTF-8. */
export function textAt(what: string, path: string): TE.TaskEither<FileError, string> {
  return TE.tryCatch(
    () => readFile(path, 'utf8'),
    (reason) => fileError(what, 'read', path, reason),
  )
}
