import { size } from '../../object/index.js'
import type { KernelBackend, KernelFunction, OwnKernels, TensorInfo, TensorflowDtype } from './kernel.js'
import { cosine, reduced, sine, turns } from './shader.js'

/** The part of tfjs's webgl backend that runs a shader. */
interface ShaderBackend extends KernelBackend {
  compileAndRun(
    program: { readonly variableNames: readonly string[]; readonly outputShape: readonly number[]; userCode: string },
    inputs: readonly TensorInfo[],
    dtype: TensorflowDtype,
  ): TensorInfo
}

/** A kernel that computes `body` at each entry x, by attributes. */
function entrywise<A>(body: (attributes: A) => string): KernelFunction {
  return ({ inputs, attrs, backend }) => {
    const { x } = inputs as { readonly x: TensorInfo }
    const userCode = `
      float entry(float x) { ${body(attrs as A)} }
      void main() { setOutput(entry(getAAtOutCoords())); }`
    const flat = { ...x, shape: [size(x.shape)] }
    return (backend as ShaderBackend).compileAndRun(
      { variableNames: ['A'], outputShape: flat.shape, userCode },
      [flat],
      x.dtype,
    )
  }
}

/** `sin(x + shift · π/2)`; beyond 2¹⁵, where the reduction loses its bits, the driver's. */
const circular = (name: string, shift: number): KernelFunction =>
  entrywise(
    () => `
      if (isnan(x) || isinf(x)) return NAN;
      if (abs(x) > 32768.0) return ${name}(x);
      float k = ${turns};
      float r = ${reduced};
      float z = r * r;
      float q = mod(k + ${shift}.0, 4.0);
      float y = mod(q, 2.0) == 0.0 ? ${sine} : ${cosine};
      return q < 2.0 ? y : -y;`,
  )

/** A float of GLSL. */
const literal = (x: number): string => (Number.isInteger(x) && Math.abs(x) < 2 ** 31 ? `${x}.0` : String(x))

/**
 * Kernels in place of tfjs's own on webgl. Sin and Cos: GLSL ES leaves their accuracy to the driver, which may be off by
 * 2⁻¹¹. Relu: tfjs multiplies by 0 or 1, so that −∞ becomes NaN. ClipByValue: tfjs clips none of four entries one of which
 * is NaN.
 */
export const webglKernels: OwnKernels = {
  Sin: circular('sin', 0),
  Cos: circular('cos', 1),
  Relu: entrywise(() => 'return x < 0.0 ? 0.0 : x;'),
  ClipByValue: entrywise(
    ({ clipValueMin, clipValueMax }: { readonly clipValueMin: number; readonly clipValueMax: number }) =>
      `return isnan(x) ? x : clamp(x, ${literal(clipValueMin)}, ${literal(clipValueMax)});`,
  ),
}
