import {
  counted,
  get,
  i32,
  int,
  ints,
  lanes,
  repeatWhile,
  routine,
  set,
  tee,
  type Code,
  type Routine,
} from '../../wasm/assembler/index.js'
import { origin, word, zeros, type Site } from './site.js'

/** Groups of outputs: lists of places, eight at a time, one group after the other and each as long. */
export interface Groups {
  readonly from: number
  readonly groups: number
  /** Places of a group, a multiple of 8; what is missing is the slot of zeros. */
  readonly each: number
}

/** How many planes a count up to n has. */
export const planesFor = (n: number): number => 32 - Math.clz32(n)

/**
 * Counts of ones in planes: carry-save adders take eight places to one of each weight below 8 and a carry, which ripples
 * upward (Harley and Seal). `counts` are the locals of the planes, low first.
 */
function countGroup(
  f: Routine,
  site: Site,
  offset: number,
  list: number,
  end: number,
  counts: readonly number[],
): Code {
  return f.scope(() => {
    const [a, b, c, d, carry, mixed] = [0, 1, 2, 3, 4, 5].map(() => f.local('v128')) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const at = (i: number): Code => lanes.load(int.add(word(list, 4 * i), get(offset)), site.wires)
    const [one = 0, two = 0, four = 0] = counts
    /** total, x, y ↦ total ⊕ x ⊕ y, and the carry into a local. */
    const add = (total: number, x: Code, y: Code, out: number): Code => [
      set(carry, x),
      set(mixed, lanes.xor(get(total), get(carry))),
      set(out, y),
      set(carry, lanes.or(lanes.and(get(total), get(carry)), lanes.and(get(mixed), get(out)))),
      set(total, lanes.xor(get(mixed), get(out))),
      set(out, get(carry)),
    ]
    const ripple = counts
      .slice(3)
      .map((plane) => [
        set(mixed, lanes.and(get(plane), get(d))),
        set(plane, lanes.xor(get(plane), get(d))),
        set(d, get(mixed)),
      ])
    return [
      counts.map((plane) => set(plane, zeros)),
      repeatWhile(
        [
          [add(one, at(0), at(1), a), add(one, at(2), at(3), b), add(two, get(a), get(b), c)],
          [add(one, at(4), at(5), a), add(one, at(6), at(7), b), add(two, get(a), get(b), d)],
          [add(four, get(c), get(d), a), set(d, get(a)), ripple],
        ],
        int.notEqual(tee(list, int.add(get(list), i32(32))), get(end)),
      ),
    ]
  })
}

/** A function from outputs to staged planes of the counts of each group, `planes` of them a group. */
export function counter(site: Site, { from, groups, each }: Groups, planes: number, staged: number): Routine {
  const f = routine()
  const [list, end, at, offset] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')]
  const counts = Array.from({ length: Math.max(planes, 3) }, () => f.local('v128'))
  f.body.push(
    counted(offset, 0, site.stride, 16, () => [
      [set(list, i32(from)), set(at, int.add(get(offset), int.load(origin, site.position)))],
      repeatWhile(
        [
          set(end, int.add(get(list), i32(4 * each))),
          countGroup(f, site, offset, list, end, counts),
          counts.slice(0, planes).map((plane, i) => lanes.store(get(at), staged + i * site.pitch, get(plane))),
          set(at, int.add(get(at), i32(planes * site.pitch))),
        ],
        int.notEqual(get(list), i32(from + 4 * each * groups)),
      ),
    ]),
  )
  return f
}

/** A function from outputs to staged planes of the number of the group that counts most, the first of those. */
export function chooser(site: Site, { from, groups, each }: Groups, planes: number, staged: number): Routine {
  const f = routine()
  const [list, end, at, offset, group] = [0, 1, 2, 3, 4].map(() => f.local('i32')) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const fresh = (n: number): number[] => Array.from({ length: n }, () => f.local('v128'))
  const counts = fresh(Math.max(planes, 3))
  const best = fresh(planes)
  const index = fresh(planesFor(groups - 1))
  const more = f.local('v128')
  const choose = [
    set(more, zeros),
    best.map((b, i) => {
      const a = counts[i] ?? 0
      return set(more, lanes.select(get(a), get(more), lanes.xor(get(a), get(b))))
    }),
    best.map((b, i) => set(b, lanes.select(get(counts[i] ?? 0), get(b), get(more)))),
    index.map((plane, i) => {
      // All ones where bit i of the group's number is 1.
      const bit = ints.negate(lanes.splatInt(int.and(int.shiftRight(get(group), i32(i)), i32(1))))
      return set(plane, lanes.select(bit, get(plane), get(more)))
    }),
  ]
  f.body.push(
    counted(offset, 0, site.stride, 16, () => [
      [set(list, i32(from)), set(group, i32(0)), set(at, int.add(get(offset), int.load(origin, site.position)))],
      [...best, ...index].map((plane) => set(plane, zeros)),
      repeatWhile(
        [
          set(end, int.add(get(list), i32(4 * each))),
          countGroup(f, site, offset, list, end, counts),
          choose,
          set(group, int.add(get(group), i32(1))),
        ],
        int.notEqual(get(group), i32(groups)),
      ),
      index.map((plane, i) => lanes.store(get(at), staged + i * site.pitch, get(plane))),
    ]),
  )
  return f
}
