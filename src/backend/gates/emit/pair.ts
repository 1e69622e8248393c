import { get, lanes, set, type Code, type Routine } from '../../wasm/assembler/index.js'
import { ones, vectorsOf, word, zeros, type Site } from './site.js'

/** A function of two vectors. */
type Pair = (x: Code, y: Code) => Code

/** The truth tables of two operands, bit x + 2y. */
export const pairValues: readonly Pair[] = [
  () => zeros,
  (x, y) => lanes.not(lanes.or(x, y)),
  (x, y) => lanes.andNot(x, y),
  (_, y) => lanes.not(y),
  (x, y) => lanes.andNot(y, x),
  (x) => lanes.not(x),
  (x, y) => lanes.xor(x, y),
  (x, y) => lanes.not(lanes.and(x, y)),
  (x, y) => lanes.and(x, y),
  (x, y) => lanes.not(lanes.xor(x, y)),
  (x) => x,
  (x, y) => lanes.or(x, lanes.not(y)),
  (_, y) => y,
  (x, y) => lanes.or(y, lanes.not(x)),
  (x, y) => lanes.or(x, y),
  () => ones,
]

/** What reaches an operand of d: all, none, or that where the other operand is 1, or 0. */
type Passed = 'none' | 'all' | 'ones' | 'zeros'
const passed = (low: number, high: number): Passed =>
  low === high ? (low === 0 ? 'none' : 'all') : high === 1 ? 'ones' : 'zeros'
/** The partial derivatives t(1, y) ⊕ t(0, y) and t(x, 1) ⊕ t(x, 0) of a truth table. */
export function partialsOf(table: number): readonly [Passed, Passed] {
  const t = (q: number): number => (table >> q) & 1
  return [passed(t(0) ^ t(1), t(2) ^ t(3)), passed(t(0) ^ t(2), t(1) ^ t(3))]
}
const pass: { readonly [P in Passed]: (d: Code, other: Code) => Code } = {
  none: () => zeros,
  all: (d) => d,
  ones: (d, other) => lanes.and(d, other),
  zeros: (d, other) => lanes.andNot(d, other),
}

/** Values of gates of two operands. */
export function pairForward(f: Routine, site: Site, record: number, table: number): Code {
  return f.scope(() => {
    const [a, b, out] = [f.local('i32'), f.local('i32'), f.local('i32')]
    const at = (local: number, v: number): Code => lanes.load(get(local), site.wires + v)
    return [
      [set(a, word(record, 0)), set(b, word(record, 4)), set(out, word(record, 8))],
      vectorsOf(site).map((v) =>
        lanes.store(get(out), site.wires + v, pairValues[table]?.(at(a, v), at(b, v)) ?? zeros),
      ),
    ]
  })
}

/** How cotangents are added up, and what is left of the planes when they are consumed. */
export interface Adding {
  readonly add: (p: Code, q: Code) => Code
  readonly consume: (planes: readonly Code[]) => readonly Code[]
}
/** Over Z2: one plane, by parity. */
export const parity: Adding = { add: (p, q) => lanes.xor(p, q), consume: (planes) => planes }
/** Two planes of desires by union; of a sample that has both neither is consumed. */
export const union: Adding = {
  add: (p, q) => lanes.or(p, q),
  consume: ([p = zeros, q = zeros]) => [lanes.andNot(p, q), lanes.andNot(q, p)],
}

/** The cotangents of a place that are consumed, in locals. */
export function consumed(
  f: Routine,
  site: Site,
  adding: Adding,
  place: number,
  v: number,
): { code: Code; planes: Code[] } {
  const raw = site.cotangents.map((area) => ({ local: f.local('v128'), area }))
  const loads = raw.map(({ local, area }) => set(local, lanes.load(get(place), area + v)))
  if (raw.length === 1) return { code: loads, planes: raw.map(({ local }) => get(local)) }
  const left = adding.consume(raw.map(({ local }) => get(local))).map((code) => ({ local: f.local('v128'), code }))
  return {
    code: [loads, left.map(({ local, code }) => set(local, code))],
    planes: left.map(({ local }) => get(local)),
  }
}

/** Cotangents of the operands of gates of two operands, from those of the gates. */
export function pairBackward(
  f: Routine,
  site: Site,
  record: number,
  table: number,
  first: 0 | 1 | 2,
  adding: Adding,
): Code {
  return f.scope(() => {
    const [a, b, out] = [f.local('i32'), f.local('i32'), f.local('i32')]
    const [toX, toY] = partialsOf(table)
    const value = (local: number, v: number): Code => lanes.load(get(local), site.wires + v)
    const give = (to: number, by: Passed, other: number, stores: boolean, planes: readonly Code[], v: number): Code =>
      site.cotangents.map((area, i) => {
        if (by === 'none' && !stores) return []
        const given = pass[by](planes[i] ?? zeros, value(other, v))
        const sum = stores ? given : adding.add(lanes.load(get(to), area + v), given)
        return lanes.store(get(to), area + v, sum)
      })
    return [
      [set(a, word(record, 0)), set(b, word(record, 4)), set(out, word(record, 8))],
      vectorsOf(site).map((v) =>
        f.scope(() => {
          const { code, planes } = consumed(f, site, adding, out, v)
          return [code, give(a, toX, b, first > 0, planes, v), give(b, toY, a, first === 2, planes, v)]
        }),
      ),
    ]
  })
}
