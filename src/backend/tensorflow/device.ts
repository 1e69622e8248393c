import { isWasmBackend } from './machine.js'
import type { Core, KernelBackend, KernelFunction, KernelName } from './kernel.js'
import type { ShaderDevice } from './shader/executor.js'
import { webglDevice } from './shader/webgl.js'
import { webgpuDevice } from './shader/webgpu.js'

/** How a backend computes with int32: modulo 2³², or in 64-bit floats, so that products lose bits. */
export type IntegerArithmetic = 'wraps' | 'double'

/** A tfjs backend that is ready, and what has to be known of it. */
export interface Device {
  readonly name: string
  readonly backend: KernelBackend
  readonly integers: IntegerArithmetic
  /** XNNPACK's costs: fast softmax, slow comparisons, select that does not broadcast, transposes that mind strides. */
  readonly wasm: boolean
  /** The wasm module's exports are called past its kernel functions. */
  readonly direct: boolean
  /** Programs are shaders of this project, over tfjs's arrays; absent where they are calls of tfjs's kernels. */
  readonly shaders?: ShaderDevice
  kernel(name: KernelName): KernelFunction | undefined
}

/** The device of a ready backend. */
export function device(core: Core, name: string, backend: KernelBackend): Device {
  const shaders = name === 'webgl' ? webglDevice(backend) : name === 'webgpu' ? webgpuDevice(backend) : undefined
  return {
    name,
    backend,
    integers: name === 'cpu' ? 'double' : 'wraps',
    wasm: name === 'wasm',
    direct: isWasmBackend(backend),
    ...(shaders === undefined ? {} : { shaders }),
    kernel: (kernel) => core.getKernel(kernel, name)?.kernelFunc,
  }
}
