/** ln 2 in two parts: the first has 21 trailing zero bits, so that its small multiples are exact. */
const ln2High = 6.9314718036912381649e-1
const ln2Low = 1.90821492927058770002e-10

/**
 * ln x for 2⁻¹⁰⁰⁰ ≤ x ≤ 2¹⁰⁰⁰, within 2 units in the last place. Math.log is not bit-identical between engines; this is
 * additions, multiplications and one division, which IEEE 754 defines. x = 2ᵉm with ½√2 ≤ m < √2, and
 * ln m = 2 artanh s = 2(s + s³/3 + … + s²¹/21) where s = (m − 1)/(m + 1), s² < 0.0295; what is left out is below 2⁻⁵⁶ s.
 */
export function ln(x: number): number {
  let m = x
  let e = 0
  for (; m < Math.SQRT1_2; e--) m *= 2
  for (; m >= Math.SQRT2; e++) m /= 2
  const s = (m - 1) / (m + 1)
  const q = s * s
  let sum = 0
  for (let k = 21; k >= 3; k -= 2) sum = q * (sum + 1 / k)
  return e * ln2High + (2 * s + (2 * s * sum + e * ln2Low))
}
