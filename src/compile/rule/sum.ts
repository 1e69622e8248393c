import { dtypes } from '../../object/index.js'
import { sum } from '../../primitive/index.js'
import type { Rule } from '../rewrite.js'
import { inner, numbers } from './redex.js'

/** The rules of sums. */
export const sumRules: readonly Rule[] = [
  {
    name: 'sum of sum',
    law: 'sums compose (associativity of addition)',
    apply(r) {
      const d = inner(r, 'sum')
      const [x] = d?.inputs ?? []
      if (r.name !== 'sum' || d === undefined || x === undefined || !dtypes[x.type.dtype].exact) return undefined
      const gone = d.attributes['axes'] as readonly number[]
      const left = x.type.shape.map((_, i) => i).filter((i) => !gone.includes(i))
      return sum(
        x,
        [...gone, ...numbers(r, 'axes').map((a) => left[a] ?? 0)].sort((a, b) => a - b),
      )
    },
  },
]
