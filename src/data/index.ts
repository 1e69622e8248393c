export type {
  ChecksumError,
  DataError,
  FileError,
  IdxError,
  MissingError,
  TableError,
} from './data-error.js'
export { readIdx, type Idx, type IdxArrays, type IdxExpected, type IdxType } from './idx.js'
export { readCsv, type CsvOptions, type Table } from './csv.js'
export { readArff, type Arff } from './arff.js'
export type { ArffAttribute } from './arff-header.js'
export { digitNames, parseDigits, type Images } from './digits.js'
export { parseIris, type Irises } from './iris.js'
export { parseMnist, type Mnist, type MnistFiles } from './mnist.js'
