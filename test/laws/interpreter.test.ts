import { describe, expect, it } from 'vitest'
import { describeLaws } from '../../laws/index.js'
import { evaluatorOf, interpreter } from '../../laws/part/interpreter.js'
import { reference } from '../../src/backend/reference/index.js'
import { objectOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { identity, type Term } from '../../src/term/index.js'

describeLaws({ describe, it }, interpreter(evaluatorOf(reference())))

describe('laws.interpreter', () => {
  const { readNow, ...waiting } = reference()

  it('refuses backends that cannot be read without waiting, and evaluators without a dtype', () => {
    expect(readNow).toBeDefined()
    expect(() => evaluatorOf({ ...waiting, name: 'webgpu' })).toThrow(
      'laws.interpreter: webgpu cannot be read without waiting',
    )
    expect(() => interpreter({ name: 'none', has: () => false, run: () => [] })).toThrow(
      'laws.interpreter: none has none of the dtypes',
    )
  })

  it('keeps sixteen programs compiled, and disposes the others', () => {
    const backend = reference()
    const live = new Set<number>()
    let made = 0
    const evaluator = evaluatorOf({
      ...backend,
      compile(program) {
        const executable = backend.compile(program)
        const id = (made += 1)
        live.add(id)
        return { ...executable, dispose: () => (live.delete(id), executable.dispose()) }
      },
    })
    const programs = Array.from({ length: 40 }, (_, i) => identityOf(i + 1))
    for (const { term, point } of programs) evaluator.run(term, point)
    expect([made, live.size]).toEqual([40, 16])
    const last = programs[39]
    if (last === undefined) throw new Error('no program')
    evaluator.run(last.term, last.point)
    expect(made).toBe(40)
  })
})

function identityOf(n: number): { readonly term: Term; readonly point: readonly Tensor[] } {
  return { term: identity(objectOf([[n]])), point: [tensorOf([n], new Float32Array(n))] }
}
