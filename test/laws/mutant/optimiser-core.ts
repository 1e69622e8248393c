import type { AnyRule, RuleOf } from '../../../laws/part/optimiser.js'
import { showType } from '../../../src/object/index.js'
import { adam, momentum, separableRule, sgd, type AnyMove, type Environment } from '../../../src/optimiser/index.js'
import { add, cast, constant, divide, multiply, subtract } from '../../../src/primitive/index.js'
import type { Wire } from '../../../src/structure/index.js'

const rate = 1 / 8

/** A rule that keeps nothing, from its step on one tensor. */
export const rule = (step: (p: Wire, g: Wire) => Wire): AnyRule =>
  separableRule({
    name: 'mistaken',
    own: {},
    counts: false,
    ports: {},
    scalars: () => ({}),
    step: (p, g) => ({ own: {}, out: step(p, g) }),
  })
/** A move with parts replaced. */
export const changed = (move: unknown, parts: (move: AnyMove) => Partial<AnyMove>): AnyRule => {
  const whole = move as AnyMove
  return { ...whole, ...parts(whole) }
}
/** `r · g`. */
export const by = (r: number, g: Wire): Wire => multiply(r, g)
/** A state with another counter. */
const recounted = (s: Environment, f: (count: Wire) => Wire): Environment =>
  new Map([...s].map(([r, own]) => [r, new Map([...own].map(([slot, w]) => [slot, slot === 'count' ? w.map(f) : w]))]))

let built = 0
let made = 0
/** Mistakes against the core laws, with the law that finds each. */
export const coreMistakes: readonly (readonly [string, string, RuleOf])[] = [
  ['a rule that divides a gradient by itself', 'numbers', rule((p, g) => subtract(p, divide(g, g)))],
  [
    'a rule that counts in a variable of its own how often it was built',
    'one term',
    changed(sgd({ rate }), (m) => ({
      put: (s, p, g, q) => {
        built += 1
        const { state, out } = m.put(s, p, g, q)
        return { state, out: out.map((w) => multiply(built, w)) }
      },
    })),
  ],
  [
    'a rule that empties the list of gradients when it has read it',
    'arguments',
    changed(momentum({ rate }), (m) => ({
      put: (s, p, g, q) => {
        const answer = m.put(s, p, g, q)
        ;(g as Wire[]).length = 0
        return answer
      },
    })),
  ],
  [
    'a rule that writes its next velocity over the one it was given',
    'arguments',
    changed(momentum({ rate }), (m) => ({
      put: (s, p, g, q) => {
        const answer = m.put(s, p, g, q)
        for (const [name, slots] of answer.state) (s as Map<string, typeof slots>).set(name, slots)
        return answer
      },
    })),
  ],
  [
    'a first velocity that is a scalar whatever the parameter',
    'types',
    changed(momentum({ rate }), () => ({
      init: (p, algebra) =>
        new Map([['momentum', new Map([['velocity', p.map((w) => constant(algebra, 0, w.type.dtype, []))]])]]),
    })),
  ],
  [
    'a counter that becomes float32 at the first step',
    'types',
    changed(adam({ rate }), (m) => ({
      put: (s, p, g, q) => {
        const { state, out } = m.put(s, p, g, q)
        return { state: recounted(state, (count) => cast(count, 'float32')), out }
      },
    })),
  ],
  [
    'a counter that is float32 throughout',
    'types',
    changed(adam({ rate }), (m) => ({
      slots: { adam: { ...m.slots['adam'], count: [] as const } },
      init: (p, algebra) => recounted(m.init(p, algebra), (count) => cast(count, 'float32')),
      put: (s, p, g, q) => {
        const { state, out } = m.put(
          recounted(s, (count) => cast(count, 'float64')),
          p,
          g,
          q,
        )
        return { state: recounted(state, (count) => cast(count, 'float32')), out }
      },
    })),
  ],
  [
    'a get that answers float32',
    'types',
    changed(sgd({ rate }), () => ({ get: (_, p) => p.map((w) => cast(w, 'float32')) })),
  ],
  [
    'a counter that runs where nothing is learned',
    'no parameters',
    changed(adam({ rate }), (m) => ({
      put: (s, p, g, q) =>
        p.length > 0
          ? m.put(s, p, g, q)
          : { state: recounted(new Map([...s].map(([r, own]) => [r, new Map(own)])), (c) => add(c, 1)), out: [] },
    })),
  ],
  [
    'a rule whose rate grows whenever it is made, and is not kept',
    'resume',
    () => {
      made += 1
      return sgd({ rate: made / 8 })
    },
  ],
  [
    'a rule that moves the first parameter twice as far',
    'order',
    changed(sgd({ rate }), (m) => ({
      put: (s, p, g, q) =>
        m.put(
          s,
          p,
          g.map((w, i) => (i === 0 ? multiply(2, w) : w)),
          q,
        ),
    })),
  ],
  [
    'a rule that swaps the first two parameters where they are of one type',
    'order',
    changed(sgd({ rate }), (m) => ({
      put: (s, p, g, q) => {
        const { state, out } = m.put(s, p, g, q)
        const [a, b, ...rest] = out
        const alike = a !== undefined && b !== undefined && showType(a.type) === showType(b.type)
        return { state, out: alike ? [b, a, ...rest] : out }
      },
    })),
  ],
  [
    'a rule with another rate in float32',
    'float32',
    rule((p, g) => subtract(p, by(p.type.dtype === 'float32' ? rate / 2 : rate, g))),
  ],
]
