import type { Accuracy, Slack } from '../value/rounding.js'

/**
 * Functions of the tfjs backends: XNNPACK's and libm's are within 4 units in the last place. erf is Abramowitz and Stegun
 * 7.1.26, 1.5e-7 and a dozen roundings of 2⁻²⁴; sin and cos reduce their argument in float32.
 */
const approximate: Accuracy = { units: 4, absolute: 2 ** -20 }

/** So many units in the last place, as WGSL counts them: at most 2⁻²³ of the value. */
const ulps = (n: number): Slack => ({ units: 2 * n })

/**
 * Functions in shaders: WebGPU Shading Language (W3C), 15.7.4, floating point accuracy. GLSL ES 3.00 leaves its functions
 * to the driver; of those behind WebGL the same is asked. What tfjs 4.22 composes has the errors of its parts.
 */
const shaders: Accuracy = {
  at(name, x) {
    const exp = 3 + 2 * Math.abs(x)
    switch (name) {
      case 'reciprocal':
        return ulps(2.5)
      case 'exp':
        return ulps(exp)
      case 'log':
        return x >= 0.5 && x <= 2 ? { units: 0, absolute: 2 ** -21 } : ulps(3)
      // 1 / inverseSqrt x, of 2 units.
      case 'sqrt':
        return ulps(2 + 2.5)
      // src/backend/tensorflow/shader.ts: a polynomial, and k · π/2 rounded once should a compiler join its parts.
      case 'sin':
      case 'cos':
        return { units: 0, absolute: 2 ** -22 + 2 ** -23 * Math.abs(x) }
      // 1 / (1 + exp −x).
      case 'sigmoid':
        return ulps(exp + 0.5 + 2.5)
      // (1 − e) / (1 + e) with e = exp −2|x|: e is off by at most 3 · 2⁻²³, each sum by half of 2⁻²³ or less.
      case 'tanh':
        return { ...ulps(2.5), absolute: 2 ** -20 }
      // Abramowitz and Stegun 7.1.26: 1.5e-7, a division, exp and a dozen roundings of 2⁻²⁴.
      case 'erf':
        return { units: 0, absolute: 2 ** -19 }
    }
  },
}

/** What is documented of the analytic functions of a backend of this library, by its name. */
export function documented(name: string): Accuracy {
  if (name === 'reference') return { units: 1 }
  return name === 'webgl' || name === 'webgpu' ? shaders : approximate
}
