/** Text as examples of the function from some characters to the next one. */
import * as E from 'fp-ts/lib/Either.js'
import { datasetOf, type Dataset, type DatasetError, type Int } from 'paralens'

/** The characters that occur in a text, in the order of their codes; index 0 stands for all others. */
export function alphabetOf(text: string): readonly string[] {
  return ['\uFFFD', ...[...new Set(text)].sort()]
}

/** The indices of a text's characters in an alphabet. */
export function encoded(text: string, alphabet: readonly string[]): Int32Array {
  const index = new Map(alphabet.map((c, i) => [c, i]))
  return Int32Array.from(text, (c) => index.get(c) ?? 0)
}

/** Every run of `width` characters, and the character after it: int32[width] → int32. Left where the text has none. */
export function windows<const W extends number>(
  codes: Int32Array,
  width: W,
  alphabet: readonly string[],
): E.Either<DatasetError, Dataset<Int<[W]>, Int<[]>>> {
  const count = Math.max(0, codes.length - width)
  const data = new Int32Array(count * width)
  for (let i = 0; i < count; i++) data.set(codes.subarray(i, i + width), i * width)
  const input = { dtype: 'int32', shape: [count, width] as [number, W], data } as const
  const label = { dtype: 'int32', shape: [count] as [number], data: codes.slice(width) } as const
  return E.map((d: Dataset<Int<[W]>, Int<[]>>) => ({ ...d, classes: alphabet }))(
    datasetOf<Int<[number, W]>, Int<[number]>>(input, label),
  )
}
