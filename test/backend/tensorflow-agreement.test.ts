import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/evaluate.js'
import type { Backend } from '../../src/backend/backend.js'
import { tensorflow } from '../../src/backend/tensorflow/index.js'
import { load } from '../../src/backend/tensorflow/load.js'
import { backendOn } from '../../src/backend/tensorflow/tensorflow.js'
import { object, showType, types, type Tensor, type Type } from '../../src/object/index.js'
import { primitives, type PrimitiveName } from '../../src/primitive/index.js'
import { diagram, flatten, primitive, type Term } from '../../src/term/index.js'
import type { Case } from './case.js'
import { cases } from './cases.js'
import { bounds, difference, operandsOf } from './draw.js'

/** The outputs of a term on a backend. */
async function run(backend: Backend, term: Term, inputs: readonly Tensor[]): Promise<Tensor[]> {
  const program = backend.compile(flatten(term))
  const given = inputs.map((t) => backend.upload(t))
  const outs = program.run(given)
  const read = await Promise.all(outs.map((b) => backend.read(b)))
  for (const b of [...given, ...outs]) backend.dispose(b)
  program.dispose()
  return read
}

/** The primitive, and its batching rule with all operands batched and with each alone. */
function terms(name: PrimitiveName, { attributes, dom }: Case): { readonly label: string; readonly term: Term }[] {
  const operation = primitives[name]
  const plain = primitive(operation, attributes, object(dom))
  if (dom.length === 0) return [{ label: 'plain', term: plain }]
  const flags = [dom.map(() => true), ...(dom.length > 1 ? dom.map((_, i) => dom.map((__, j) => i === j)) : [])]
  return [
    { label: 'plain', term: plain },
    ...flags.map((batched) => ({
      label: `batched ${batched.map(Number).join('')}`,
      term: diagram(
        object(dom.map((t, i): Type => (batched[i] === true ? { dtype: t.dtype, shape: [3, ...t.shape] } : t))),
        (inputs) => operation.batch(3, attributes, inputs, batched),
      ),
    })),
  ]
}

const backends: { readonly [name: string]: () => Promise<Backend> } = {
  cpu: () => tensorflow('cpu'),
  wasm: () => tensorflow('wasm'),
  'wasm by kernel functions': async () => backendOn({ ...(await load('wasm')), direct: false }),
}

describe.each(Object.entries(backends))('tensorflow %s', (_, open) => {
  it.each(Object.keys(primitives) as PrimitiveName[])('%s is the reference', async (name) => {
    const backend = await open()
    const failures: string[] = []
    for (const [i, example] of cases[name].entries())
      for (const { label, term } of terms(name, example)) {
        const inputs = operandsOf(example, types(term.dom), i + 1)
        const where = `${JSON.stringify(example.attributes)} ${types(term.dom).map(showType).join(' ⊗ ')} ${label}`
        const given = await run(backend, term, inputs).catch((e: unknown) => String(e))
        if (typeof given === 'string') failures.push(`${where}: ${given}`)
        else
          for (const [k, wanted] of evaluate(term, inputs).entries()) {
            const said = difference(given[k] as Tensor, wanted, bounds[name])
            if (said !== undefined) failures.push(`${where}: ${said}`)
          }
      }
    expect(failures).toEqual([])
  })
})
