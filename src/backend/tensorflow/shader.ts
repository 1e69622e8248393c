/**
 * Functions that the shading languages leave to the driver, by sums and products alone, which they do not: text that is an
 * expression of GLSL and of WGSL.
 */

/** π/2 in three parts, of 8, 11 and 24 bits: their products with small integers are exact (Cody and Waite 1980). */
const parts = ['1.5703125', '4.837512969970703125e-4', '7.54978995489188216e-8']

/** `⌊2x/π + ½⌋`, the number of right angles nearest to x. */
export const turns = 'floor(x * 0.6366197723675814 + 0.5)'
/** x less k right angles, within π/4 of 0. */
export const reduced: string = parts.reduce((rest, part) => `(${rest} - k * ${part})`, 'x')
/** `sin r` within π/4 of 0; S. Moshier, Cephes, sinf. */
export const sine = 'r + r * z * ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1)'
/** `cos r` within π/4 of 0; S. Moshier, Cephes, cosf. */
export const cosine =
  '1.0 - 0.5 * z + z * z * ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2)'
