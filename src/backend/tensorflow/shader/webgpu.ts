import { tensorflowDtype, type DataId, type HeldDtype, type KernelBackend, type TensorInfo } from '../kernel.js'
import type { ShaderDevice } from './executor.js'
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
interface Gpu {
  readonly limits: { readonly maxStorageBuffersPerShaderStage: number }
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
  readonly commandEncoder: { beginComputePass(): Pass } | null
  computePassEncoder: Pass | null
  dispatchCountInPass: number
  makeTensorInfo(shape: readonly number[], dtype: TensorInfo['dtype']): TensorInfo
  uploadToGPU(dataId: DataId): void
  ensureCommandEncoderReady(): void
  endComputePassEncoder(): void
  submitQueue(): void
}

/** Programs that are submitted together. */
const batch = 64
/** Pipelines that are kept for programs to come. */
const spare = 512

/** Programs on tfjs's webgpu backend. What is disposed of may be written again by a later program of the same queue. */
export function webgpuDevice(given: KernelBackend): ShaderDevice {
  const backend = given as WebgpuBackend
  const { device } = backend
  const arrays = device.limits.maxStorageBuffersPerShaderStage
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
  return {
    backend,
    dialect: wgsl,
    limits: { reads: arrays, writes: arrays, arrays, sameRoom: false },
    make: ({ dtype, size }) => backend.makeTensorInfo([size], tensorflowDtype[dtype as HeldDtype]).dataId,
    load({ source, threads }) {
      const pipeline = pipelines.take(source)
      const layout = pipeline.getBindGroupLayout(0)
      const [x, y] = groupsOf(threads)
      return {
        run(reads, writes) {
          const resources = [...writes, ...reads].map(bufferOf)
          const entries = resources.map((resource, binding) => ({ binding, resource }))
          const group = device.createBindGroup({ layout, entries })
          backend.ensureCommandEncoderReady()
          const pass = backend.computePassEncoder ?? backend.commandEncoder?.beginComputePass() ?? null
          backend.computePassEncoder = pass
          pass?.setPipeline(pipeline)
          pass?.setBindGroup(0, group)
          pass?.dispatchWorkgroups(x, y)
          backend.dispatchCountInPass += 1
          if (backend.dispatchCountInPass < batch) return
          backend.endComputePassEncoder()
          backend.submitQueue()
        },
        release: () => pipelines.give(source),
      }
    },
  }
}
