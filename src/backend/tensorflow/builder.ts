import { showType, type Type } from '../../object/index.js'
import type { Algebra, Attributes } from '../../structure/index.js'
import { BackendError } from '../backend.js'
import type { Table } from '../table.js'
import type { Device } from './device.js'
import type { HeldDtype, KernelName, Kernels, Values } from './kernel.js'
import type { Operand, Storage } from './plan.js'
import type { Definition, Value } from './value.js'

/** What a kernel entry of the table does: emits calls and answers the value of the primitive, of type `out`. */
export type Emit = (builder: Builder, inputs: readonly Value[], attributes: Attributes, out: Type) => Value
/** The table of a device. */
export type EmitTable = Table<Emit>

/** The algebra of emitted kernel calls. Equal calls are emitted once. */
export interface Builder {
  readonly device: Device
  readonly algebra: Algebra
  /** A kernel call with an output of the given shape, never empty. */
  emit<K extends KernelName>(
    kernel: K,
    attributes: Kernels[K],
    inputs: readonly Operand[],
    dtype: HeldDtype,
    shape: readonly number[],
  ): Storage
  /** Entries that are known before the program runs. */
  literal(dtype: HeldDtype, values: Values): Storage
  value(type: Type, storage: Storage, view?: readonly number[], definition?: Definition): Value
}

/** The dtype of a storage. Throws where tfjs has none, which the table refuses first. */
export function heldDtype(type: Type): HeldDtype {
  const { dtype } = type
  if (dtype === 'float64' || dtype === 'integer')
    throw new BackendError(`tensorflow: tfjs has no dtype for ${showType(type)}`)
  return dtype
}

/** n entries equal to a number, in the array of a dtype. */
export function filled(dtype: HeldDtype, n: number, value: number): Values {
  switch (dtype) {
    case 'float32':
      return new Float32Array(n).fill(value)
    case 'int32':
      return new Int32Array(n).fill(value)
    case 'bit':
      return new Uint8Array(n).fill(value & 1)
  }
}

/** The value all of whose entries are a number, one entry in memory. */
export function constantValue(b: Builder, type: Type, value: number): Value {
  const dtype = heldDtype(type)
  return b.value(
    type,
    b.literal(dtype, filled(dtype, 1, value)),
    type.shape.map((n) => (n === 0 ? 0 : 1)),
    { kind: 'constant', value },
  )
}
