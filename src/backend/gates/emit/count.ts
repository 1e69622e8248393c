import { bytes, counted, get, i32, ints, int, lanes, set, type Code, type Routine } from '../../wasm/assembler/index.js'
import { eachSample } from './gather.js'
import { consumed, union } from './pair.js'
import { vectorsOf, word, zeros, type Site } from './site.js'
import { countedAt, mostLeaves, operandsOf, walk } from './tree.js'

/** Four i32: the sums of the signed bytes of four vectors. */
function sums(f: Routine, vectors: readonly Code[]): { code: Code; at: Code } {
  const wide = vectors.map((v) => ({ local: f.local('v128'), code: bytes.sumPairsOfShorts(bytes.sumPairs(v)) }))
  const [a, b, c, d] = wide.map(({ local }) => get(local))
  const half = (p: Code = zeros, q: Code = zeros): Code =>
    ints.add(lanes.shuffle(p, q, 0, 4, 1, 5), lanes.shuffle(p, q, 2, 6, 3, 7))
  const [u, v] = [f.local('v128'), f.local('v128')]
  return {
    code: [wide.map(({ local, code }) => set(local, code)), set(u, half(a, b)), set(v, half(c, d))],
    at: ints.add(lanes.shuffle(get(u), get(v), 0, 1, 4, 5), lanes.shuffle(get(u), get(v), 2, 3, 6, 7)),
  }
}

/** How many of the samples of a mask are to keep the value, less how many are to change it, for each byte. */
const balance = (keep: Code, flip: Code, mask?: Code): Code =>
  bytes.subtract(
    bytes.popcount(mask === undefined ? keep : lanes.and(keep, mask)),
    bytes.popcount(mask === undefined ? flip : lanes.and(flip, mask)),
  )

/** Adds four sums to the counts of this thread. */
const addCounts = (site: Site, place: number, offset: number, four: Code): Code =>
  lanes.store(get(place), site.counts + offset, ints.add(lanes.load(get(place), site.counts + offset), four))

/** Balances of gates of two operands over all samples, over those where x, where y, and where both are 1. */
export function pairCount(f: Routine, site: Site, record: number): Code {
  return f.scope(() => {
    const [a, b, out, place] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')]
    const total = Array.from({ length: 4 }, () => f.local('v128'))
    const one = (v: number): Code =>
      f.scope(() => {
        const { code, planes } = consumed(f, site, union, out, v)
        const [keep = zeros, flip = zeros] = planes
        const [x, y] = [f.local('v128'), f.local('v128')]
        const masks = [undefined, get(x), get(y), lanes.and(get(x), get(y))]
        return [
          code,
          set(x, lanes.load(get(a), site.wires + v)),
          set(y, lanes.load(get(b), site.wires + v)),
          total.map((local, q) => {
            const part = balance(keep, flip, masks[q])
            return set(local, v === 0 ? part : bytes.add(get(local), part))
          }),
        ]
      })
    const { code, at } = sums(
      f,
      total.map((local) => get(local)),
    )
    return [
      [set(a, word(record, 0)), set(b, word(record, 4)), set(out, word(record, 8)), set(place, word(record, 12))],
      vectorsOf(site).map(one),
      [code, addCounts(site, place, 0, at)],
    ]
  })
}

/** Balances of each entry of the tables of gates of many operands. */
export function wideCount(f: Routine, site: Site, record: number, operands: number): Code {
  return operands > mostLeaves ? gatherCount(f, site, record, operands) : treeCount(f, site, record, operands)
}

function treeCount(f: Routine, site: Site, record: number, operands: number): Code {
  return f.scope(() => {
    const [offset, place] = [f.local('i32'), f.local('i32')]
    const entries = 2 ** operands
    const each = counted(offset, 0, site.stride, 16, () =>
      f.scope(() => {
        const { code, wide } = countedAt(f, record, operands, offset)
        const { code: loads, x } = operandsOf(f, site, wide)
        const { code: taken, planes } = consumed(f, site, union, wide.out, 0)
        const leaf = (p: number, path: Code): Code => {
          const at = site.scratch + 16 * p
          const part = balance(planes[0] ?? zeros, planes[1] ?? zeros, path)
          return lanes.store(i32(0), at, bytes.add(lanes.load(i32(0), at), part))
        }
        return [code, loads, taken, walk(f, x, () => [], leaf)]
      }),
    )
    const cleared = Array.from({ length: entries }, (_, q) => lanes.store(i32(0), site.scratch + 16 * q, zeros))
    const added = Array.from({ length: entries / 4 }, (_, q) =>
      f.scope(() => {
        const four = [0, 1, 2, 3].map((k) => lanes.load(i32(0), site.scratch + 16 * (4 * q + k)))
        const { code, at } = sums(f, four)
        return [code, addCounts(site, place, 16 * q, at)]
      }),
    )
    return [set(place, word(record, 8)), cleared, each, added]
  })
}

function gatherCount(f: Routine, site: Site, record: number, operands: number): Code {
  return f.scope(() => {
    const [offset, place] = [f.local('i32'), f.local('i32')]
    return [
      set(place, word(record, 8)),
      counted(offset, 0, site.stride, 16, () =>
        f.scope(() => {
          const { code, wide } = countedAt(f, record, operands, offset)
          const [p, q, at] = [f.local('i32'), f.local('i32'), f.local('i32')]
          const bit = (local: number, sample: number): Code =>
            int.and(int.shiftRightUnsigned(get(local), get(sample)), i32(1))
          const [keep = 0, flip = 0] = site.cotangents
          const plane = (area: number, word: number): Code => int.load(int.add(get(wide.out), get(word)), area)
          const alone = (mine: Code, other: Code): Code => int.and(mine, int.xor(other, i32(-1)))
          return [
            code,
            eachSample(
              f,
              site,
              wide,
              (index, sample) => [
                set(at, int.add(get(place), int.shiftLeft(get(index), i32(2)))),
                int.store(
                  get(at),
                  site.counts,
                  int.add(int.load(get(at), site.counts), int.subtract(bit(p, sample), bit(q, sample))),
                ),
              ],
              (word, samples) => [
                set(p, alone(plane(keep, word), plane(flip, word))),
                set(q, alone(plane(flip, word), plane(keep, word))),
                samples,
              ],
            ),
          ]
        }),
      ),
    ]
  })
}
