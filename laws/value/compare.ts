import { showType } from '../../src/object/index.js'
import type { Entries } from '../../src/structure/index.js'
import type { Sides } from '../law/law.js'
import type { Plain } from './interpreter.js'
import type { Rounded } from './rounding.js'

/** Equality of texts, told by their first different line. */
export function sameText(lhs: string, rhs: string): Sides {
  return {
    equal: lhs === rhs,
    by: 'structure',
    explain: () => {
      const [l, r] = [lhs.split('\n'), rhs.split('\n')]
      const at = l.findIndex((line, i) => line !== r[i])
      const i = at < 0 ? l.length : at
      return { lhs, rhs, difference: `line ${i + 1}: ${l[i] ?? 'none'} ≠ ${r[i] ?? 'none'}` }
    },
  }
}

/**
 * Equality of lists of tensors within twice the first-order bounds on their rounding errors; `===` where these are 0. NaN
 * is NaN. Numbers that differ within a bound that tells nothing are undecided, and unequal where it is not finite: see
 * {@link tellsNothing}.
 */
export function sameValues(lhs: readonly Entries<Rounded>[], rhs: readonly Entries<Rounded>[]): Sides {
  const place = firstDifference(lhs, rhs)
  const every = (holds: (a: Rounded, b: Rounded) => boolean): boolean =>
    place === undefined && lhs.every((l, i) => agree(l, rhs[i] as Entries<Rounded>, holds))
  return {
    equal: place === undefined,
    by: every(same) ? 'value' : place !== undefined || every(close) ? 'bound' : 'undecided',
    explain: () => ({ lhs: showValues(lhs), rhs: showValues(rhs), difference: place ?? 'none' }),
  }
}

function firstDifference(lhs: readonly Entries<Rounded>[], rhs: readonly Entries<Rounded>[]): string | undefined {
  if (lhs.length !== rhs.length) return `${lhs.length} ≠ ${rhs.length} tensors`
  for (const [i, l] of lhs.entries()) {
    const r = rhs[i] as Entries<Rounded>
    if (l.dtype !== r.dtype || l.data.length !== r.data.length || l.shape.join() !== r.shape.join())
      return `tensor ${i}: ${showType(l)} ≠ ${showType(r)}`
    for (let k = 0; k < l.data.length; k++) {
      const [a, b] = [l.data[k] as Rounded, r.data[k] as Rounded]
      if (close(a, b) || open(a, b)) continue
      return `tensor ${i} ${showType(l)}, entry ${k}: ${a.value} ≠ ${b.value}${tolerance(a, b)}`
    }
  }
  return undefined
}

/** The bound with its reason. */
function tolerance(a: Rounded, b: Rounded): string {
  if (bound(a, b) === 0) return ', nothing was rounded'
  return ` ± ${bound(a, b)}, ${tellsNothing(a, b) ? 'a bound that tells nothing' : 'twice the bounds on rounding'}`
}

const agree = (l: Entries<Rounded>, r: Entries<Rounded>, holds: (a: Rounded, b: Rounded) => boolean): boolean =>
  Array.from(l.data).every((a, k) => holds(a, r.data[k] as Rounded))
const same = (a: Rounded, b: Rounded): boolean =>
  a.value === b.value || (Number.isNaN(Number(a.value)) && Number.isNaN(Number(b.value)))
const bound = (a: Rounded, b: Rounded): number => 2 * (a.error + b.error)
const within = (a: Rounded, b: Rounded): boolean => Math.abs(Number(a.value) - Number(b.value)) <= bound(a, b)
const close = (a: Rounded, b: Rounded): boolean => same(a, b) || (!tellsNothing(a, b) && within(a, b))
/** Whether numbers differ within a bound that would have let others pass too. */
const open = (a: Rounded, b: Rounded): boolean => Number.isFinite(bound(a, b)) && within(a, b)

/** Whether numbers far apart would be within the bound: it is infinite, NaN or above 2⁻¹⁰ of the greatest of 1 and both. */
export function tellsNothing(a: Rounded, b: Rounded): boolean {
  const most = Math.max(1, Math.abs(Number(a.value)), Math.abs(Number(b.value))) / 1024
  return bound(a, b) !== 0 && !(bound(a, b) <= most && most < Infinity)
}

/** `float64[2] [1, 2]`, tensor after tensor. */
export function showValues(values: readonly Entries<Rounded>[]): string {
  return values.map((x) => `${showType(x)} [${Array.from(x.data, (a) => show(a.value)).join(', ')}]`).join(' ⊗ ')
}
const show = (a: Plain): string => String(a)
