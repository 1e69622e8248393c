import { isWasmBackend } from './machine.js'
import type { Core, KernelBackend, KernelFunction, KernelName } from './kernel.js'

/** How a backend computes with int32: modulo 2³², in 64-bit floats (so products lose bits), or in float32 textures. */
export type IntegerArithmetic = 'wraps' | 'double' | 'float'

/** A tfjs backend that is ready, and what has to be known of it. */
export interface Device {
  readonly name: string
  readonly backend: KernelBackend
  readonly integers: IntegerArithmetic
  /** Data can be read without waiting. */
  readonly synchronous: boolean
  /** XNNPACK's costs: fast softmax, slow comparisons, select that does not broadcast, transposes that mind strides. */
  readonly wasm: boolean
  /** The wasm module's exports are called past its kernel functions. */
  readonly direct: boolean
  kernel(name: KernelName): KernelFunction | undefined
}

/** The device of a ready backend. */
export function device(core: Core, name: string, backend: KernelBackend): Device {
  const gpu = name === 'webgl' || name === 'webgpu'
  return {
    name,
    backend,
    integers: name === 'cpu' ? 'double' : name === 'webgl' ? 'float' : 'wraps',
    synchronous: !gpu,
    wasm: name === 'wasm',
    direct: isWasmBackend(backend),
    kernel: (kernel) => core.getKernel(kernel, name)?.kernelFunc,
  }
}
