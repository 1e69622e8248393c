import { BackendError } from '../../backend.js'
import type { DataId, KernelBackend, TensorInfo } from '../kernel.js'
import type { ShaderDevice } from './executor.js'
import { glsl } from './glsl.js'
import { shared } from './shared.js'
import { texelsOf, textureShape } from './texture.js'

/** The part of WebGL 2 that is used. */
interface Gl {
  readonly FRAGMENT_SHADER: number
  readonly COMPILE_STATUS: number
  readonly FRAMEBUFFER: number
  readonly COLOR_ATTACHMENT0: number
  readonly TEXTURE0: number
  readonly TEXTURE_2D: number
  readonly MAX_DRAW_BUFFERS: number
  readonly MAX_TEXTURE_IMAGE_UNITS: number
  createShader(kind: number): object | null
  shaderSource(shader: object, source: string): void
  compileShader(shader: object): void
  getShaderParameter(shader: object, what: number): unknown
  getShaderInfoLog(shader: object): string | null
  deleteShader(shader: object): void
  getParameter(what: number): unknown
  getUniformLocation(program: object, name: string): object | null
  uniform1i(location: object | null, x: number): void
  createFramebuffer(): object | null
  bindFramebuffer(target: number, framebuffer: object | null): void
  framebufferTexture2D(target: number, attachment: number, kind: number, texture: object | null, level: number): void
  drawBuffers(attachments: readonly number[]): void
  activeTexture(unit: number): void
  bindTexture(target: number, texture: object | null): void
  viewport(x: number, y: number, width: number, height: number): void
  scissor(x: number, y: number, width: number, height: number): void
}

/** The part of tfjs's webgl backend that is used: its textures, and the square that its programs draw. */
interface WebglBackend extends KernelBackend {
  readonly gpgpu: {
    readonly gl: Gl
    createProgram(fragments: object): object & { readonly vao: object }
    buildVao(program: object): void
    deleteProgram(program: object): void
    setProgram(program: object): void
    bindVertexArray(vao: object): void
    executeProgram(): void
  }
  makeTensorInfo(shape: readonly number[], dtype: TensorInfo['dtype']): TensorInfo
  getTexture(dataId: DataId): object
}

/** Drawings that are kept for programs to come. */
const spare = 512

interface Drawing {
  readonly program: object & { readonly vao: object }
  readonly fragments: object
}

/** Programs on tfjs's webgl backend: several arrays are drawn at once. Throws where it is not WebGL 2. */
export function webglDevice(given: KernelBackend): ShaderDevice {
  const backend = given as WebglBackend
  const { gpgpu } = backend
  const { gl } = gpgpu
  if (!('drawBuffers' in gl)) throw new BackendError('webgl: the browser has no WebGL 2')
  const framebuffer = gl.createFramebuffer()
  const writes = Number(gl.getParameter(gl.MAX_DRAW_BUFFERS))
  const reads = Number(gl.getParameter(gl.MAX_TEXTURE_IMAGE_UNITS))
  const attach = (n: number, texture: object | null): void =>
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + n, gl.TEXTURE_2D, texture, 0)
  const drawings = shared(
    spare,
    (source): Drawing => {
      const fragments = compiled(gl, source)
      const program = gpgpu.createProgram(fragments)
      gpgpu.buildVao(program)
      return { program, fragments }
    },
    ({ program, fragments }) => {
      gpgpu.deleteProgram(program)
      gl.deleteShader(fragments)
    },
  )
  return {
    backend,
    dialect: glsl,
    limits: { reads, writes, arrays: reads + writes, scalars: 0, sameRoom: true },
    make: ({ dtype, size }) => backend.makeTensorInfo(textureShape(size * texelsOf(dtype)), 'float32').dataId,
    load({ source, reads, writes, rooms }) {
      const { program } = drawings.take(source)
      gpgpu.setProgram(program)
      for (const n of reads.keys()) gl.uniform1i(gl.getUniformLocation(program, `a${n}`), n)
      const [rows, columns] = textureShape(rooms)
      const targets = writes.map((_, n) => gl.COLOR_ATTACHMENT0 + n)
      return {
        run(from, to) {
          const textures = from.map((data) => backend.getTexture(data))
          const drawn = to.map((data) => backend.getTexture(data))
          gpgpu.setProgram(program)
          gpgpu.bindVertexArray(program.vao)
          gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer)
          for (const [n, texture] of drawn.entries()) attach(n, texture)
          gl.drawBuffers(targets)
          gl.viewport(0, 0, columns, rows)
          gl.scissor(0, 0, columns, rows)
          for (const [n, texture] of textures.entries()) {
            gl.activeTexture(gl.TEXTURE0 + n)
            gl.bindTexture(gl.TEXTURE_2D, texture)
          }
          gpgpu.executeProgram()
          for (const n of drawn.keys()) attach(n, null)
        },
        release: () => drawings.give(source),
      }
    },
  }
}

function compiled(gl: Gl, source: string): object {
  const shader = gl.createShader(gl.FRAGMENT_SHADER)
  if (shader === null) throw new BackendError('webgl: the context is lost')
  gl.shaderSource(shader, source)
  gl.compileShader(shader)
  if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true)
    throw new BackendError(`webgl: a program does not compile: ${gl.getShaderInfoLog(shader) ?? ''}`)
  return shader
}
