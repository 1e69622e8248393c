/**
 * `[cos 2πt, sin 2πt]` for a fraction of a turn 0 ≤ t < 1, within 2⁻⁵² absolutely. Math.cos is not bit-identical between
 * engines; this is additions and multiplications only, which IEEE 754 defines. t is reduced, exactly, to |r| ≤ ⅛ about a
 * quarter turn; on |x| = 2π|r| ≤ π/4 the Taylor polynomials of degree 18 and 17 leave out less than 2⁻⁶⁰.
 */
export function circle(t: number): [number, number] {
  const quarter = Math.floor(4 * t + 0.5)
  const x = 2 * Math.PI * (t - quarter / 4)
  const q = x * x
  let c = 1
  for (let k = 18; k >= 2; k -= 2) c = 1 - (q * c) / (k * (k - 1))
  let s = 1
  for (let k = 17; k >= 3; k -= 2) s = 1 - (q * s) / (k * (k - 1))
  s *= x
  return quarter % 4 === 0 ? [c, s] : quarter === 1 ? [-s, c] : quarter === 2 ? [-c, -s] : [s, -c]
}
