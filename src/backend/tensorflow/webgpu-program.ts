import { size } from '../../object/index.js'
import type { KernelBackend, TensorInfo, TensorflowDtype } from './kernel.js'

/** A program as tfjs's webgpu backend takes it: a thread of its own for each of `size` entries. */
interface ShaderProgram {
  readonly variableNames: readonly string[]
  readonly outputShape: readonly number[]
  readonly shaderKey: string
  readonly workgroupSize: readonly [number, number, number]
  readonly dispatchLayout: { readonly x: readonly number[] }
  readonly dispatch: readonly [number, number, number]
  readonly size: true
  readonly uniforms: string
  getUserCode(): string
}

/** The part of tfjs's webgpu backend that runs a program. */
interface ShaderBackend extends KernelBackend {
  runWebGPUProgram(
    program: ShaderProgram,
    inputs: readonly TensorInfo[],
    dtype: TensorflowDtype,
    uniforms: readonly { readonly type: 'int32'; readonly data: readonly number[] }[],
  ): TensorInfo
}

/** A shader: functions of WGSL, and statements that make `out` of an entry by its `index`, of operands `A` and `B`. */
export interface Shader {
  readonly name: string
  readonly functions?: string
  readonly entry: string
  /** Names of whole numbers that calls give, read as `uniforms.name`. */
  readonly uniforms?: readonly string[]
}

const threads = 64

/** n entries by a shader; its pipeline is made once for operands of the same dtypes. */
export function shade(
  backend: KernelBackend,
  { name, functions = '', entry, uniforms = [] }: Shader,
  operands: readonly TensorInfo[],
  n: number,
  dtype: TensorflowDtype,
  given: readonly number[] = [],
): TensorInfo {
  const set = dtype === 'float32' ? 'setOutputAtIndex' : 'setOutputAtIndexI32'
  const program: ShaderProgram = {
    variableNames: ['A', 'B'].slice(0, operands.length),
    outputShape: [n],
    shaderKey: `paralens ${name}`,
    workgroupSize: [threads, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(n / threads), 1, 1],
    size: true,
    uniforms: uniforms.map((u) => `${u} : i32,`).join(' '),
    getUserCode: () => `
      ${functions}
      fn main(index : i32) { if (index < uniforms.size) { ${entry} ${set}(index, out); } }`,
  }
  const flat = operands.map((x): TensorInfo => ({ ...x, shape: [size(x.shape)] }))
  return (backend as ShaderBackend).runWebGPUProgram(
    program,
    flat,
    dtype,
    given.map((value) => ({ type: 'int32', data: [value] })),
  )
}
