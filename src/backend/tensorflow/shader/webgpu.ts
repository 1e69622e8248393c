import { tensorflowDtype, type DataId, type HeldDtype, type KernelBackend, type TensorInfo } from '../kernel.js'
import type { Bank, ShaderDevice } from './executor.js'
import { shared } from './shared.js'
import { groupsOf, wgsl } from './wgsl.js'

/** The part of WebGPU that is used. */
interface Pipeline {
  getBindGroupLayout(group: number): object
}
interface Pass {
  setPipeline(pipeline: Pipeline): void
  setBindGroup(index: number, group: object): void
  dispatchWorkgroups(x: number, y: number): void
}
interface Encoder {
  beginComputePass(): Pass
  copyBufferToBuffer(from: object, fromByte: number, to: object, toByte: number, bytes: number): void
}
interface Gpu {
  readonly limits: { readonly maxStorageBuffersPerShaderStage: number; readonly maxUniformBufferBindingSize: number }
  createBuffer(descriptor: { readonly size: number; readonly usage: number }): object & { destroy(): void }
  createShaderModule(descriptor: { readonly code: string }): object
  createComputePipeline(descriptor: {
    readonly layout: 'auto'
    readonly compute: { readonly module: object; readonly entryPoint: string }
  }): Pipeline
  createBindGroup(descriptor: {
    readonly layout: object
    readonly entries: readonly { readonly binding: number; readonly resource: { readonly buffer: object } }[]
  }): object
}

/** The part of tfjs's webgpu backend that is used: its arrays, and the pass to which all its programs are added. */
interface WebgpuBackend extends KernelBackend {
  readonly device: Gpu
  readonly tensorMap: { get(dataId: DataId): { readonly resource: object } }
  readonly commandEncoder: Encoder | null
  computePassEncoder: Pass | null
  dispatchCountInPass: number
  makeTensorInfo(shape: readonly number[], dtype: TensorInfo['dtype']): TensorInfo
  uploadToGPU(dataId: DataId): void
  ensureCommandEncoderReady(): void
  endComputePassEncoder(): void
  submitQueue(): void
}

/** Bytes of a scalar: an array in uniform memory has an entry every 16. */
const stride = 16
/** GPUBufferUsage.UNIFORM and COPY_DST. */
const [uniform, copyTarget] = [0x40, 0x08]
/** Programs that are submitted together. */
const batch = 64
/** Pipelines that are kept for programs to come. */
const spare = 512

/** Programs on tfjs's webgpu backend. What is disposed of may be written again by a later program of the same queue. */
export function webgpuDevice(given: KernelBackend): ShaderDevice {
  const backend = given as WebgpuBackend
  const { device } = backend
  const arrays = device.limits.maxStorageBuffersPerShaderStage
  const scalars = Math.floor(device.limits.maxUniformBufferBindingSize / stride)
  const pipelines = shared(spare, (code) =>
    device.createComputePipeline({
      layout: 'auto',
      compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
    }),
  )
  const bufferOf = (data: DataId): { readonly buffer: object } => {
    backend.uploadToGPU(data)
    return { buffer: backend.tensorMap.get(data).resource }
  }
  const submit = (): void => {
    backend.endComputePassEncoder()
    if (backend.commandEncoder !== null) backend.submitQueue()
  }
  function bank(count: number): Bank {
    const buffer = device.createBuffer({ size: count * stride, usage: uniform | copyTarget })
    return {
      buffer,
      fill(from) {
        const buffers = from.map((data) => bufferOf(data).buffer)
        backend.ensureCommandEncoderReady()
        backend.endComputePassEncoder()
        for (const [k, x] of buffers.entries()) backend.commandEncoder?.copyBufferToBuffer(x, 0, buffer, k * stride, 4)
      },
      release() {
        submit()
        buffer.destroy()
      },
    }
  }
  return {
    backend,
    dialect: wgsl,
    limits: { reads: arrays, writes: arrays, arrays, scalars, sameRoom: false },
    bank,
    make: ({ dtype, size }) => backend.makeTensorInfo([size], tensorflowDtype[dtype as HeldDtype]).dataId,
    load({ source, scalar, threads }, scalarsBank) {
      const pipeline = pipelines.take(source)
      const layout = pipeline.getBindGroupLayout(0)
      const [x, y] = groupsOf(threads)
      return {
        run(reads, writes) {
          const resources = [...writes, ...reads].map(bufferOf)
          if (scalar && scalarsBank !== undefined) resources.push({ buffer: scalarsBank.buffer })
          const entries = resources.map((resource, binding) => ({ binding, resource }))
          const group = device.createBindGroup({ layout, entries })
          backend.ensureCommandEncoderReady()
          const pass = backend.computePassEncoder ?? backend.commandEncoder?.beginComputePass() ?? null
          backend.computePassEncoder = pass
          pass?.setPipeline(pipeline)
          pass?.setBindGroup(0, group)
          pass?.dispatchWorkgroups(x, y)
          backend.dispatchCountInPass += 1
          if (backend.dispatchCountInPass >= batch) submit()
        },
        release: () => pipelines.give(source),
      }
    },
  }
}
