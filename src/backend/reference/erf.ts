const scale = 2 / Math.sqrt(Math.PI)

/** `2/√π ∫₀ˣ e^(−t²) dt` by the series `2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!`, all terms of one sign; to about 1e-16. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x
  if (Math.abs(x) > 6) return Math.sign(x)
  let term = x
  let total = x
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(total); n++) {
    term *= (2 * x * x) / (2 * n + 1)
    total += term
  }
  return scale * Math.exp(-x * x) * total
}
