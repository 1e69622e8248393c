import type { Entries } from '../../src/structure/index.js'
import type { Sides } from '../law/law.js'
import { showValues } from './compare.js'
import type { Rounded } from './rounding.js'

/** `lhs ≤ rhs`, entry by entry, within the bounds on their rounding errors. NaN is not. */
export function atMost(lhs: readonly Entries<Rounded>[], rhs: readonly Entries<Rounded>[]): Sides {
  let by: Sides['by'] = 'value'
  let place: string | undefined
  for (const [i, l] of lhs.entries())
    for (let k = 0; k < l.data.length; k++) {
      const [a, b] = [l.data[k] as Rounded, rhs[i]?.data[k] as Rounded]
      if (a.value <= b.value) continue
      const slack = 2 * (a.error + b.error)
      by = 'bound'
      if (!(Number(a.value) - Number(b.value) <= slack))
        place ??= `tensor ${i}, entry ${k}: ${a.value} > ${b.value} + ${slack}`
    }
  return {
    equal: place === undefined,
    by,
    explain: () => ({ lhs: showValues(lhs), rhs: showValues(rhs), difference: place ?? 'none' }),
  }
}

/** No entry is NaN. */
export function areNumbers(values: readonly Entries<Rounded>[]): Sides {
  const where = values.flatMap((t, i) =>
    Array.from(t.data, (a, k) => (Number.isNaN(Number(a.value)) ? [`tensor ${i}, entry ${k} is NaN`] : [])).flat(),
  )
  return {
    equal: where.length === 0,
    by: 'value',
    explain: () => ({ lhs: showValues(values), rhs: 'numbers', difference: where[0] ?? 'none' }),
  }
}
