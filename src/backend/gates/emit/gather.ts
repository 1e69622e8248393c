import {
  counted,
  get,
  i32,
  int,
  lanes,
  repeatWhile,
  set,
  tee,
  type Code,
  type Routine,
} from '../../wasm/assembler/index.js'
import type { Site } from './site.js'
import type { Wide } from './tree.js'

/** The entry of a packed table at an index, 0 or 1. */
const entry = (table: number, index: Code, again: Code): Code =>
  int.and(
    int.shiftRightUnsigned(
      int.load(int.add(get(table), int.shiftLeft(int.shiftRightUnsigned(index, i32(5)), i32(2)))),
      again,
    ),
    i32(1),
  )

/** What is done with each of 128 samples, whose operands make an index; `word` is the offset of its word of 32. */
export function eachSample(
  f: Routine,
  site: Site,
  { places }: Wide,
  body: (index: number, sample: number, word: number) => Code,
  around: (word: number, samples: Code) => Code,
): Code {
  return f.scope(() => {
    const [offset, sample, index] = [f.local('i32'), f.local('i32'), f.local('i32')]
    const x = places.map(() => f.local('i32'))
    const bits = x.map((local, i) =>
      int.shiftLeft(int.and(int.shiftRightUnsigned(get(local), get(sample)), i32(1)), i32(i)),
    )
    const samples = [
      set(sample, i32(0)),
      repeatWhile(
        [
          set(
            index,
            bits.reduce((a, b) => int.or(a, b)),
          ),
          body(index, sample, offset),
        ],
        int.notEqual(tee(sample, int.add(get(sample), i32(1))), i32(32)),
      ),
    ]
    return counted(offset, 0, 16, 4, () => [
      x.map((local, i) => set(local, int.load(int.add(get(places[i] ?? 0), get(offset)), site.wires))),
      around(offset, samples),
    ])
  })
}

/** Values by looking up the table sample by sample. */
export function gatherValue(f: Routine, site: Site, wide: Wide): Code {
  return f.scope(() => {
    const value = f.local('i32')
    return eachSample(
      f,
      site,
      wide,
      (index, sample) =>
        set(value, int.or(get(value), int.shiftLeft(entry(wide.table, get(index), get(index)), get(sample)))),
      (offset, samples) => [
        set(value, i32(0)),
        samples,
        int.store(int.add(get(wide.out), get(offset)), site.wires, get(value)),
      ],
    )
  })
}

/** Where each operand decides the value, by looking up the neighbours of each index; left in scratch memory. */
export function gatherSensitivity(f: Routine, site: Site, wide: Wide): { code: Code; s: readonly Code[] } {
  const code = f.scope(() => {
    const [value, other] = [f.local('i32'), f.local('i32')]
    const s = wide.places.map(() => f.local('i32'))
    return eachSample(
      f,
      site,
      wide,
      (index, sample) => [
        set(value, entry(wide.table, get(index), get(index))),
        s.map((local, i) => [
          set(other, int.xor(get(index), i32(1 << i))),
          set(
            local,
            int.or(
              get(local),
              int.shiftLeft(int.xor(entry(wide.table, get(other), get(other)), get(value)), get(sample)),
            ),
          ),
        ]),
      ],
      (offset, samples) => [
        s.map((local) => set(local, i32(0))),
        samples,
        s.map((local, i) => int.store(get(offset), site.scratch + 16 * i, get(local))),
      ],
    )
  })
  return { code, s: wide.places.map((_, i) => lanes.load(i32(0), site.scratch + 16 * i)) }
}
