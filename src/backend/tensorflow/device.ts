import { isWasmBackend } from './machine.js'
import type { Core, KernelBackend, KernelFunction, KernelName, OwnKernels } from './kernel.js'
import { webglKernels } from './webgl.js'
import { webgpuKernels } from './webgpu.js'

/** How a backend computes with int32: modulo 2³², in 64-bit floats (so products lose bits), or in float32 textures. */
export type IntegerArithmetic = 'wraps' | 'double' | 'float'

/** A tfjs backend that is ready, and what has to be known of it. */
export interface Device {
  readonly name: string
  readonly backend: KernelBackend
  readonly integers: IntegerArithmetic
  /** XNNPACK's costs: fast softmax, slow comparisons, select that does not broadcast, transposes that mind strides. */
  readonly wasm: boolean
  /** The wasm module's exports are called past its kernel functions. */
  readonly direct: boolean
  kernel(name: KernelName): KernelFunction | undefined
}

/** The device of a ready backend. */
export function device(core: Core, name: string, backend: KernelBackend): Device {
  const theirs = (kernel: KernelName): KernelFunction | undefined => core.getKernel(kernel, name)?.kernelFunc
  const own: OwnKernels = name === 'webgl' ? webglKernels : name === 'webgpu' ? webgpuKernels(theirs) : {}
  return {
    name,
    backend,
    integers: name === 'cpu' ? 'double' : name === 'webgl' ? 'float' : 'wraps',
    wasm: name === 'wasm',
    direct: isWasmBackend(backend),
    kernel: (kernel) => own[kernel] ?? theirs(kernel),
  }
}
