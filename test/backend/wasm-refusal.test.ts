import { describe, expect, it } from 'vitest'
import { BackendError, compile } from '../../src/backend/index.js'
import { reference } from '../../src/backend/reference/index.js'
import { wasm } from '../../src/backend/wasm/index.js'
import { object, tensorOf, type Dtype, type Tensor, type Type } from '../../src/object/index.js'
import { add } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten, type Diagram } from '../../src/term/index.js'

const backend = await wasm()
const vector = (...x: number[]): Tensor => tensorOf([x.length], x) as Tensor
const sum = (dtype: Dtype, n: number): Diagram =>
  diagram(object([{ dtype, shape: [n] }]), ([x]) => [add(x as Wire, x as Wire)])
/** The error that is thrown. */
function thrown(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}
const space = (...all: Type[]) => {
  const made = backend.workspace?.(all)
  if (made === undefined) throw new TypeError('no workspace')
  return made
}

describe('compiled wasm refuses', () => {
  it('programs and workspaces that no memory holds', () => {
    const error = thrown(() => backend.compile(flatten(sum('float32', 2 ** 29))))
    expect(error).toBeInstanceOf(BackendError)
    expect(String(error)).toMatch(
      /^BackendError: compiled wasm: the program needs \d+ bytes of memory, there are at most 4294967296$/,
    )
    const large = thrown(() => space({ dtype: 'float32', shape: [2 ** 30] }))
    expect(large).toBeInstanceOf(BackendError)
    expect(String(large)).toMatch(
      /^BackendError: compiled wasm: out of memory: \d+ bytes are needed, 131072 are there$/,
    )
  })

  it.each(['integer', 'float64'] as const)('arrays of %s', (dtype) => {
    expect(backend.has({ dtype, shape: [2] })).toBe(false)
    const error = thrown(() => compile(sum(dtype, 2), backend))
    expect(error).toBeInstanceOf(BackendError)
    const message = `BackendError: compiled wasm: "add" is unsupported at dtype ${dtype} (${dtype}[2])`
    expect(String(error)).toBe(`${message}; only scalars are computed beside the program`)
    for (const run of [
      () => backend.compile(flatten(sum(dtype, 2))),
      () => space({ dtype: 'float32', shape: [2] }).compile(flatten(sum(dtype, 2)), []),
    ]) {
      const direct = thrown(run)
      expect(direct).toBeInstanceOf(BackendError)
      expect(String(direct)).toBe(message)
    }
    const array = thrown(() => space({ dtype: 'float32', shape: [2] }, { dtype, shape: [2] }))
    expect(array).toBeInstanceOf(BackendError)
    expect(String(array)).toBe(`BackendError: compiled wasm: array 1 of type ${dtype}[2] is unsupported`)
  })

  it('executables, workspaces and buffers that are disposed, and buffers of another backend', () => {
    const executable = backend.compile(flatten(sum('float32', 2)))
    const [x, foreign] = [backend.upload(vector(1, 2)), reference().upload(vector(1, 2))]
    expect(() => executable.run([foreign])).toThrow('compiled wasm: input 0 is not a buffer of this backend')
    expect(() => backend.dispose(foreign)).toThrow('compiled wasm: dispose is not a buffer of this backend')
    expect(() => backend.readNow?.(foreign)).toThrow('compiled wasm: read is not a buffer of this backend')
    backend.dispose(x)
    expect(() => executable.run([x])).toThrow('compiled wasm: input 0 is a buffer that was disposed')
    executable.dispose()
    expect(() => executable.run([x])).toThrow('compiled wasm: the executable was disposed')
    expect(backend.memory().buffers).toBe(0)

    const arrays = space({ dtype: 'float32', shape: [2] })
    const update = arrays.compile(flatten(sum('float32', 2)), [{ input: 0, output: 0, slot: 0 }])
    expect(() => arrays.read(1)).toThrow('compiled wasm: the workspace has 1 arrays, asked for number 1')
    arrays.dispose()
    arrays.dispose()
    for (const run of [
      () => update.run(),
      () => arrays.read(0),
      () => arrays.write(0, vector(1, 2)),
      () => arrays.compile(flatten(sum('float32', 2)), []),
    ])
      expect(run).toThrow('compiled wasm: the workspace was disposed')
  })
})
