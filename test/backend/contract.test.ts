import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import type { Backend } from '../../src/backend/backend.js'
import { reference } from '../../src/backend/reference/index.js'
import { tensorflow } from '../../src/backend/tensorflow/index.js'
import { wasm } from '../../src/backend/wasm/index.js'
import { objectOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { add } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten } from '../../src/term/index.js'

const vector = (...numbers: number[]): Tensor => tensorOf([numbers.length], numbers) as Tensor
const double = flatten(diagram(objectOf([[2]]), ([x]) => [add(x as Wire, x as Wire)]))

const backends: { readonly [name: string]: () => Promise<Backend> } = {
  reference: () => Promise.resolve(reference()),
  cpu: () => tensorflow('cpu'),
  wasm: () => tensorflow('wasm'),
  'compiled wasm': () => wasm(),
}

describe.each(Object.entries(backends))('%s', (name, open) => {
  it('refuses buffers that are disposed, of another type or of another backend, and executables that are disposed', async () => {
    const backend = await open()
    const other = await open()
    const executable = backend.compile(double)
    const x = backend.upload(vector(1, 2))
    const foreign = other.upload(vector(1, 2))
    const long = backend.upload(vector(1, 2, 3))
    expect(() => executable.run([])).toThrow(`${name}: run needs 1 buffers, given 0`)
    expect(() => executable.run([long])).toThrow(`${name}: input 0 is [3], the program needs [2]`)
    expect(() => executable.run([foreign])).toThrow(`${name}: input 0 is not a buffer of this backend`)
    backend.dispose(x)
    expect(() => executable.run([x])).toThrow(`${name}: input 0 is a buffer that was disposed`)
    expect(() => backend.dispose(x)).toThrow(`${name}: dispose is a buffer that was disposed`)
    await expect(backend.read(x)).rejects.toThrow(`${name}: read is a buffer that was disposed`)
    executable.dispose()
    executable.dispose()
    expect(() => executable.run([long])).toThrow(`${name}: the executable was disposed`)
    other.dispose(foreign)
    backend.dispose(long)
  })

  it('counts its buffers and their bytes', async () => {
    const backend = await open()
    const before = backend.memory()
    const executable = backend.compile(double)
    const x = backend.upload(vector(1, 2))
    const [y] = executable.run([x])
    expect(backend.memory()).toMatchObject({ buffers: before.buffers + 2, bytes: before.bytes + 16 })
    backend.dispose(x)
    if (y !== undefined) backend.dispose(y)
    executable.dispose()
    expect(backend.memory()).toMatchObject({ buffers: before.buffers, bytes: before.bytes })
  })
})
