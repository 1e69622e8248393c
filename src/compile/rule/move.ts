import { sameShape } from '../../object/index.js'
import { contract, reshape, transpose, type ContractAttributes } from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import type { Redex, Rule } from '../rewrite.js'
import { inner, numbers, pick } from './redex.js'

/** The rules of movement of data: reshapes and transposes, and index words that absorb them. */
export const moveRules: readonly Rule[] = [
  {
    name: 'reshape of reshape',
    law: 'reshapes compose',
    apply: (r) =>
      r.name === 'reshape'
        ? pick(inner(r, 'reshape'), (d) => pick(d.inputs[0], (x) => reshape(x, numbers(r, 'shape'))))
        : undefined,
  },
  {
    name: 'reshape to the same',
    law: 'identity',
    apply: (r) =>
      r.name === 'reshape'
        ? pick(r.inputs[0], (x) => (sameShape(x.type.shape, numbers(r, 'shape')) ? x : undefined))
        : undefined,
  },
  {
    name: 'transpose of transpose',
    law: 'transposes compose',
    apply: (r) =>
      r.name === 'transpose'
        ? pick(inner(r, 'transpose'), (d) =>
            pick(d.inputs[0], (x) =>
              transpose(
                x,
                numbers(r, 'axes').map((a) => (d.attributes['axes'] as readonly number[])[a] ?? 0),
              ),
            ),
          )
        : undefined,
  },
  {
    name: 'transpose by the identity',
    law: 'identity',
    apply: (r) => (r.name === 'transpose' && numbers(r, 'axes').every((a, i) => a === i) ? r.inputs[0] : undefined),
  },
  { name: 'transpose into contract', law: 'index words are natural in permutations', apply: transposeIntoContract },
]

function transposeIntoContract(r: Redex): Wire | undefined {
  const [x, y] = r.inputs
  if (r.name !== 'contract' || x === undefined || y === undefined) return undefined
  const words = r.attributes as ContractAttributes
  const [dx, dy] = [r.made(x), r.made(y)]
  if (dx?.name !== 'transpose' && dy?.name !== 'transpose') return undefined
  const undo = (w: Wire, d: typeof dx, word: string): readonly [Wire, string] => {
    const [inside] = d?.inputs ?? []
    if (d?.name !== 'transpose' || inside === undefined) return [w, word]
    const axes = d.attributes['axes'] as readonly number[]
    return [inside, [...word].map((_, i) => word[axes.indexOf(i)] ?? '').join('')]
  }
  const [[a, left], [b, right]] = [undo(x, dx, words.left), undo(y, dy, words.right)]
  return contract(a, b, { left, right, out: words.out })
}
