import { showShape } from '../src/object/index.js'
import type { Entries } from '../src/structure/index.js'
import type { Sides } from './law.js'
import type { Plain } from './interpreter.js'
import type { Rounded } from './rounding.js'

/** Equality of texts, told by their first different line. */
export function sameText(lhs: string, rhs: string): Sides {
  return {
    equal: lhs === rhs,
    explain: () => {
      const [l, r] = [lhs.split('\n'), rhs.split('\n')]
      const at = l.findIndex((line, i) => line !== r[i])
      const i = at < 0 ? l.length : at
      return { lhs, rhs, difference: `line ${i + 1}: ${l[i] ?? 'none'} ≠ ${r[i] ?? 'none'}` }
    },
  }
}

/** Equality of lists of tensors within four times the bounds on their rounding errors; exact where these are 0. */
export function sameValues(lhs: readonly Entries<Rounded>[], rhs: readonly Entries<Rounded>[]): Sides {
  const place = firstDifference(lhs, rhs)
  return {
    equal: place === undefined,
    explain: () => ({ lhs: showValues(lhs), rhs: showValues(rhs), difference: place ?? 'none' }),
  }
}

function firstDifference(lhs: readonly Entries<Rounded>[], rhs: readonly Entries<Rounded>[]): string | undefined {
  if (lhs.length !== rhs.length) return `${lhs.length} ≠ ${rhs.length} tensors`
  for (const [i, l] of lhs.entries()) {
    const r = rhs[i] as Entries<Rounded>
    if (l.dtype !== r.dtype || l.data.length !== r.data.length || l.shape.join() !== r.shape.join())
      return `tensor ${i}: ${typeText(l)} ≠ ${typeText(r)}`
    for (let k = 0; k < l.data.length; k++) {
      const [a, b] = [l.data[k] as Rounded, r.data[k] as Rounded]
      if (!close(a, b)) return `tensor ${i} ${typeText(l)}, entry ${k}: ${a.value} ≠ ${b.value} ± ${bound(a, b)}`
    }
  }
  return undefined
}

const bound = (a: Rounded, b: Rounded): number => 4 * (a.error + b.error)
const close = (a: Rounded, b: Rounded): boolean =>
  a.value === b.value || Math.abs(Number(a.value) - Number(b.value)) <= bound(a, b)
const typeText = (x: Entries<unknown>): string => `${x.dtype}${showShape(x.shape)}`

/** `float64[2] [1, 2]`, tensor after tensor. */
export function showValues(values: readonly Entries<Rounded>[]): string {
  return values.map((x) => `${typeText(x)} [${Array.from(x.data, (a) => show(a.value)).join(', ')}]`).join(' ⊗ ')
}
const show = (a: Plain): string => String(a)
