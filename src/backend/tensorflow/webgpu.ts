import { size } from '../../object/index.js'
import type { KernelBackend, KernelFunction, KernelName, OwnKernels, TensorInfo, TensorflowDtype } from './kernel.js'
import { cosine, reduced, sine, turns } from './shader.js'
import { threefryShader } from './webgpu-threefry.js'

/** A program of tfjs's webgpu backend: one thread for each of `size` entries. */
interface ShaderProgram {
  readonly variableNames: readonly string[]
  readonly outputShape: readonly number[]
  readonly shaderKey: string
  readonly workgroupSize: readonly [number, number, number]
  readonly dispatchLayout: { readonly x: readonly number[] }
  readonly dispatch: readonly [number, number, number]
  readonly size: true
  readonly uniforms?: string
  getUserCode(): string
}

/** The part of tfjs's webgpu backend that runs a program. */
interface ShaderBackend extends KernelBackend {
  runWebGPUProgram(
    program: ShaderProgram,
    inputs: readonly TensorInfo[],
    dtype: TensorflowDtype,
    uniforms?: readonly { readonly type: 'int32'; readonly data: readonly number[] }[],
  ): TensorInfo
}

const threads = 64

/** A program with n entries whose code is WGSL by the index of an entry. */
function program(shaderKey: string, n: number, code: string, uniforms?: string): ShaderProgram {
  return {
    variableNames: ['A'],
    outputShape: [n],
    shaderKey: `paralens ${shaderKey}`,
    workgroupSize: [threads, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(n / threads), 1, 1],
    size: true,
    ...(uniforms === undefined ? {} : { uniforms }),
    getUserCode: () => code,
  }
}

const flat = (x: TensorInfo): TensorInfo => ({ ...x, shape: [size(x.shape)] })

/** A kernel that computes `body` at each entry x that is a number; NaN stays NaN. */
function entrywise(name: string, body: string): KernelFunction {
  const code = `
    fn entry(x : f32) -> f32 { if (isnan(x)) { return x; } ${body} }
    fn main(index : i32) { if (index < uniforms.size) { setOutputAtIndex(index, entry(A[index])); } }`
  return ({ inputs, backend }) => {
    const { x } = inputs as { readonly x: TensorInfo }
    return (backend as ShaderBackend).runWebGPUProgram(program(name, size(x.shape), code), [flat(x)], 'float32')
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

/** Any permutation of axes, by strides. */
const transpose: KernelFunction = ({ inputs, attrs, backend }) => {
  const { x } = inputs as { readonly x: TensorInfo }
  const { perm } = attrs as { readonly perm: readonly number[] }
  const shape = perm.map((a) => x.shape[a] ?? 1)
  const strides = perm.map((a) => size(x.shape.slice(a + 1)))
  const steps = shape.map((n, i) => `at += (rest / ${size(shape.slice(i + 1))}) % ${n} * ${strides[i] ?? 1};`)
  const set = x.dtype === 'float32' ? 'setOutputAtIndex' : 'setOutputAtIndexI32'
  const code = `
    fn main(rest : i32) { if (rest < uniforms.size) { var at = 0; ${steps.join(' ')} ${set}(rest, A[at]); } }`
  const key = `transpose ${x.shape.join()} ${perm.join()}`
  return (backend as ShaderBackend).runWebGPUProgram(program(key, size(shape), code), [flat(x)], x.dtype)
}

/** Threefry's words for each key of a list, two entries a key. */
const randomBits: KernelFunction = ({ inputs, attrs, backend }) => {
  const { x } = inputs as { readonly x: TensorInfo }
  const { words } = attrs as { readonly words: number }
  const made = program('threefry', (size(x.shape) / 2) * words, threefryShader, 'words : i32,')
  return (backend as ShaderBackend).runWebGPUProgram(made, [flat(x)], 'int32', [{ type: 'int32', data: [words] }])
}

/**
 * Kernels in place of tfjs's own on webgpu, which `theirs` finds. Sin and Cos: WGSL allows 2⁻¹¹, and only within π of 0.
 * Exp, Log, Sigmoid: WGSL may take NaN for a number. Transpose of whole numbers: tfjs declares them as floats, and the
 * shader is refused. RandomBits: tfjs has none.
 */
export function webgpuKernels(theirs: (kernel: KernelName) => KernelFunction | undefined): OwnKernels {
  const floats = theirs('Transpose')
  return {
    Sin: circular('sin', 0),
    Cos: circular('cos', 1),
    Exp: entrywise('exp', 'return exp(x);'),
    Log: entrywise('log', 'if (x < 0.0) { return uniforms.NAN; } return log(x);'),
    Sigmoid: entrywise('sigmoid', 'return 1.0 / (1.0 + exp(-x));'),
    Transpose: (call) => {
      const { dtype } = (call.inputs as { readonly x: TensorInfo }).x
      return (dtype === 'float32' && floats !== undefined ? floats : transpose)(call)
    },
    RandomBits: randomBits,
  }
}
