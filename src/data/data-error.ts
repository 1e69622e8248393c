import type { DatasetError, LabelError } from '../learn/dataset/index.js'

/** A file in the IDX format that is not what was needed; `offset` is the byte at fault. */
export interface IdxError {
  readonly kind: 'idx'
  readonly message: string
  readonly offset: number
}
/** A text that is not the table that was needed; line and column (the field on that line) count from 1. */
export interface TableError {
  readonly kind: 'csv' | 'arff'
  readonly message: string
  readonly line: number
  readonly column: number
}
/** A file that the system would not read or write; `code` is the system's, such as `ENOENT`. */
export interface FileError {
  readonly kind: 'file'
  readonly message: string
  readonly path: string
  readonly code: string
}
/** A package that holds data and is not installed; the message says how to get it. */
export interface MissingError {
  readonly kind: 'missing'
  readonly message: string
  readonly package: string
}
/** A file whose bytes are not the published ones. */
export interface ChecksumError {
  readonly kind: 'checksum'
  readonly message: string
  readonly path: string
  readonly given: string
  readonly needed: string
}

/** What can be wrong with data from outside. */
export type DataError = IdxError | TableError | DatasetError | LabelError | FileError | MissingError | ChecksumError
