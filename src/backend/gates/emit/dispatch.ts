import {
  choose,
  get,
  i32,
  int,
  repeatWhile,
  routine,
  set,
  tee,
  when,
  type Code,
  type Routine,
} from '../../wasm/assembler/index.js'
import { kindOf, type Kind } from '../plan/kind.js'
import { word } from './site.js'

/** Where a stream is in memory. */
export interface Streamed {
  readonly records: number
  /** Addresses of the runs, which say which body and where its records end. */
  readonly runs: readonly [number, number]
  readonly kinds: readonly number[]
}

/** A function that runs a stream: `body` is what is done with one record of a kind, of so many words. */
export function dispatch(
  { records, runs: [from, to], kinds }: Streamed,
  words: (kind: Kind) => number,
  body: (f: Routine, record: number, kind: Kind) => Code,
): Routine {
  const f = routine()
  if (from === to) return f
  const [run, record, end] = [f.local('i32'), f.local('i32'), f.local('i32')]
  const bodies = kinds.map((n) => {
    const kind = kindOf(n)
    const step = tee(record, int.add(get(record), i32(4 * words(kind))))
    return repeatWhile(body(f, record, kind), int.notEqual(step, get(end)))
  })
  f.body.push(
    [set(run, i32(from)), set(record, i32(records))],
    repeatWhile(
      [set(end, word(run, 4)), when(int.notEqual(get(record), get(end)), choose(word(run, 0), bodies))],
      int.notEqual(tee(run, int.add(get(run), i32(8))), i32(to)),
    ),
  )
  return f
}
