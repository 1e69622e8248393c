import type { Obj } from '../../src/object/index.js'
import type { Law } from '../law/law.js'
import { sameValues } from '../value/compare.js'
import type { Rounded } from '../value/rounding.js'
import { claim } from './optimiser-subject.js'
import { settings, trajectory, type Running, type Setting } from './trajectory.js'
import type { Values } from '../value/bounds.js'
import { mapped, permutationOf, plus, scalars, times } from './vector.js'

/** The claims that a group that acts on points and gradients acts on the run alike. */
export function symmetryClaims(
  on: (space: Obj) => Running,
): Readonly<Record<'permutation' | 'reflection' | 'orthogonal' | 'translation', Law>> {
  /** `opt(f p, h g) = f opt(p, g)`. */
  const equivariant = (
    name: string,
    equation: string,
    act: (s: Setting) => readonly [f: (x: Values) => Values, h: (x: Values) => Values],
    options: Parameters<typeof settings>[0] = {},
  ): Law =>
    claim(
      name,
      equation,
      (s) => {
        const [[f, h], r] = [act(s), on(s.space)]
        return sameValues(
          trajectory(r, f(s.p), s.gradients.map(h)).flat(),
          trajectory(r, s.p, s.gradients).flatMap((x) => f(x)),
        )
      },
      options,
    )
  return {
    permutation: equivariant('permutation', 'opt(πp, πg) = π opt(p, g), π on the entries of each tensor', ({ n }) => {
      const f = (x: Values): Values =>
        x.map((t, i) => {
          const order = permutationOf(t.data.length, n, 11 * i)
          return { ...t, data: order.flatMap((k) => Array.from(t.data).slice(k, k + 1)) }
        })
      return [f, f]
    }),
    reflection: equivariant('reflection', 'opt(−p, −g) = −opt(p, g)', () => {
      const f = (x: Values): Values => times(-1, x)
      return [f, f]
    }),
    orthogonal: equivariant('orthogonal', 'opt(Hp, Hg) = H opt(p, g), H orthogonal', () => [hadamard, hadamard], {
      of: [[4]],
    }),
    translation: equivariant('translation', 'opt(p + c, g) = opt(p, g) + c', ({ n }) => {
      const c = (x: Values): Values =>
        mapped(x, (_, i) => scalars('float64').of(1 + (((n[i % n.length] ?? 0) % 5) - 2) / 4))
      return [(x) => plus(x, c(x)), (g) => g]
    }),
  }
}

const signs: readonly (readonly number[])[] = [
  [1, 1, 1, 1],
  [1, -1, 1, -1],
  [1, 1, -1, -1],
  [1, -1, -1, 1],
]

/** `½ [[1, 1, 1, 1], [1, −1, 1, −1], [1, 1, −1, −1], [1, −1, −1, 1]] x` for tensors of four entries. */
function hadamard(x: Values): Values {
  const s = scalars('float64')
  const entry = (row: readonly number[], data: ArrayLike<Rounded>): Rounded =>
    row.reduce((sum, sign, k) => s.add(sum, s.multiply(s.of(sign / 2), data[k] ?? s.zero)), s.zero)
  return x.map((t) => ({ ...t, data: signs.map((row) => entry(row, t.data)) }))
}
