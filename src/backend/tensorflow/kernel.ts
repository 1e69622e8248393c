/** The dtypes that tfjs holds, in this project's names. */
export type HeldDtype = 'float32' | 'int32' | 'bit'
/** The same dtypes in tfjs's names. */
export type TensorflowDtype = 'float32' | 'int32' | 'bool'

/** tfjs's name of a dtype. */
export const tensorflowDtype: { readonly [D in HeldDtype]: TensorflowDtype } = {
  float32: 'float32',
  int32: 'int32',
  bit: 'bool',
}
/** Bytes of an entry. */
export const bytesOf: { readonly [D in HeldDtype]: number } = { float32: 4, int32: 4, bit: 1 }

/** What tfjs knows an array by; compared by identity. */
export type DataId = object

/** An array as kernels are given it: the same data may be given in any shape of its size. */
export interface TensorInfo {
  dataId: DataId
  readonly shape: readonly number[]
  readonly dtype: TensorflowDtype
}

/** Entries as they cross into tfjs. */
export type Values = Float32Array | Int32Array | Uint8Array

/** The part of a tfjs backend that is used of every one. */
export interface KernelBackend {
  write(values: Values, shape: readonly number[], dtype: TensorflowDtype): DataId
  read(dataId: DataId): Promise<ArrayLike<number>>
  readSync(dataId: DataId): ArrayLike<number>
  disposeData(dataId: DataId, force?: boolean): boolean
  numDataIds(): number
}

/** A kernel function of tfjs: called with a backend it belongs to. */
export type KernelFunction = (call: {
  readonly inputs: unknown
  readonly attrs: unknown
  readonly backend: KernelBackend
}) => TensorInfo

/** The part of `@tensorflow/tfjs-core` that is used. */
export interface Core {
  engine(): { backendNames(): string[] }
  findBackend(name: string): KernelBackend | null
  ready(): Promise<void>
  getKernel(kernel: string, backend: string): { readonly kernelFunc: KernelFunction } | undefined
  getKernelsForBackend(backend: string): readonly { readonly setupFunc?: (backend: KernelBackend) => void }[]
}

interface None {
  readonly [name: string]: never
}

/** The kernels that plans are made of, with their attributes as tfjs takes them. `RandomBits` and `GatherRows` are this project's own. */
export interface Kernels {
  Abs: None
  Add: None
  ArgMax: { readonly axis: number }
  BatchMatMul: { readonly transposeA: false; readonly transposeB: false }
  BitwiseAnd: None
  Cast: { readonly dtype: TensorflowDtype }
  ClipByValue: { readonly clipValueMin: number; readonly clipValueMax: number }
  Concat: { readonly axis: number }
  Cos: None
  Elu: None
  Equal: None
  Erf: None
  Exp: None
  FloorDiv: None
  GatherRows: None
  GatherV2: { readonly axis: 0; readonly batchDims: 0 }
  Less: None
  Log: None
  LogicalAnd: None
  LogicalNot: None
  Max: { readonly reductionIndices: readonly [1]; readonly keepDims: false }
  Maximum: None
  Minimum: None
  Mod: None
  Multiply: None
  Neg: None
  NotEqual: None
  PadV2: { readonly paddings: readonly (readonly [number, number])[]; readonly constantValue: 0 }
  RandomBits: { readonly words: number }
  RealDiv: None
  Relu: None
  ScatterNd: { readonly shape: readonly number[] }
  Select: None
  Sigmoid: None
  Sin: None
  Slice: { readonly begin: readonly number[]; readonly size: readonly number[] }
  Softmax: { readonly dim: 1 }
  Sqrt: None
  Square: None
  Step: { readonly alpha: 0 }
  Sub: None
  Sum: { readonly axis: readonly [1]; readonly keepDims: false }
  Tanh: None
  Tile: { readonly reps: readonly number[] }
  Transpose: { readonly perm: readonly number[] }
}

/** The name of a kernel. */
export type KernelName = keyof Kernels

const unary = ['x']
const binary = ['a', 'b']
const named: { readonly [K in KernelName]?: readonly string[] } = {
  Add: binary,
  BatchMatMul: binary,
  BitwiseAnd: binary,
  Equal: binary,
  FloorDiv: binary,
  GatherV2: ['x', 'indices'],
  Less: binary,
  LogicalAnd: binary,
  Maximum: binary,
  Minimum: binary,
  Mod: binary,
  Multiply: binary,
  NotEqual: binary,
  RealDiv: binary,
  ScatterNd: ['indices', 'updates'],
  Select: ['condition', 't', 'e'],
  Softmax: ['logits'],
  Sub: binary,
}

/** tfjs's names of a kernel's operands, in order. */
export function inputNames(kernel: KernelName): readonly string[] {
  return named[kernel] ?? unary
}
