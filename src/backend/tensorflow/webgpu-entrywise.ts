import { size } from '../../object/index.js'
import type { KernelFunction, TensorInfo } from './kernel.js'
import { cosine, reduced, sine, turns } from './shader.js'
import { shade, type Shader } from './webgpu-program.js'

/** A kernel that computes `body` at each entry x that is a number; NaN stays NaN. */
function entrywise(name: string, body: string): KernelFunction {
  const shader: Shader = {
    name,
    functions: `fn entry(x : f32) -> f32 { if (isnan(x)) { return x; } ${body} }`,
    entry: 'let out = entry(A[index]);',
  }
  return ({ inputs, backend }) => {
    const { x } = inputs as { readonly x: TensorInfo }
    return shade(backend, shader, [x], size(x.shape), 'float32')
  }
}

/** `sin(x + shift · π/2)`; beyond 2¹⁵, where the reduction loses its bits, the driver's. */
const circular = (name: string, shift: number): KernelFunction =>
  entrywise(
    name,
    `
      if (isinf(x)) { return uniforms.NAN; }
      if (abs(x) > 32768.0) { return ${name}(x); }
      let k = ${turns};
      let r = ${reduced};
      let z = r * r;
      let q = (i32(k) + ${shift}) & 3;
      let y = select(${cosine}, ${sine}, (q & 1) == 0);
      return select(-y, y, q < 2);`,
  )

/** eˣ. */
export const exp: KernelFunction = entrywise('exp', 'return exp(x);')
/** log x; NaN below 0. */
export const log: KernelFunction = entrywise('log', 'if (x < 0.0) { return uniforms.NAN; } return log(x);')
/** `1 / (1 + e⁻ˣ)`. */
export const sigmoid: KernelFunction = entrywise('sigmoid', 'return 1.0 / (1.0 + exp(-x));')
/** sin x, within 2⁻²² + 2⁻²³ |x| up to 2¹⁵. */
export const sin: KernelFunction = circular('sin', 0)
/** cos x, as {@link sin}. */
export const cos: KernelFunction = circular('cos', 1)
