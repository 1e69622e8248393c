import type { KernelFunction, KernelName, OwnKernels } from './kernel.js'
import { cos, exp, log, sigmoid, sin } from './webgpu-entrywise.js'
import { matrixProduct, max, sum, transpose } from './webgpu-short.js'
import { randomBits } from './webgpu-threefry.js'

/**
 * Kernels in place of tfjs's own on webgpu, which `theirs` finds. Sin and Cos: WGSL allows 2⁻¹¹, and only within π of 0.
 * Exp, Log, Sigmoid: WGSL may take NaN for a number. Transpose of whole numbers: tfjs's shader is refused. BatchMatMul,
 * Sum, Max and Transpose of little data. RandomBits: tfjs has none.
 */
export function webgpuKernels(theirs: (kernel: KernelName) => KernelFunction | undefined): OwnKernels {
  return {
    Sin: sin,
    Cos: cos,
    Exp: exp,
    Log: log,
    Sigmoid: sigmoid,
    BatchMatMul: matrixProduct(theirs('BatchMatMul')),
    Sum: sum(theirs('Sum')),
    Max: max(theirs('Max')),
    Transpose: transpose(theirs('Transpose')),
    RandomBits: randomBits,
  }
}
