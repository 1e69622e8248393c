import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { evaluatorOf, type Evaluator } from '../../laws/part/interpreter.js'
import { boundsOf, within } from '../../laws/part/interpreter-value.js'
import { sameFound, type Found } from '../../laws/value/bounds.js'
import { given } from '../../laws/value/rounding.js'
import type { Backend } from '../../src/backend/backend.js'
import { tensorflow } from '../../src/backend/tensorflow/index.js'
import { load } from '../../src/backend/tensorflow/load.js'
import { backendOn } from '../../src/backend/tensorflow/tensorflow.js'
import { wasm } from '../../src/backend/wasm/index.js'
import { object, showType, types, type Tensor, type Type } from '../../src/object/index.js'
import { primitives, type PrimitiveName } from '../../src/primitive/index.js'
import { diagram, primitive, type Term } from '../../src/term/index.js'
import type { Case } from './case.js'
import { cases } from './cases.js'
import { operandsOf } from './draw.js'

/** Primitives whose zeros may have either sign (src/backend/backend.ts). */
const unsigned = new Set<PrimitiveName>([
  'maximum',
  'reduceMax',
  'clip',
  'sin',
  'tanh',
  'contract',
  'fold',
  'logSumExp',
])

/** What is wrong with the values of an evaluator: further from the reference than the bounds, or a zero of another sign. */
function fault(evaluator: Evaluator, name: PrimitiveName, term: Term, inputs: readonly Tensor[]): string | undefined {
  const x = inputs.map((t) => ({
    dtype: t.dtype,
    shape: t.shape as readonly number[],
    data: Array.from(t.data as ArrayLike<number>, given),
  }))
  const wanted = boundsOf(evaluator)(term, x)
  const found = { ...wanted, values: within(evaluator.run(term, inputs), wanted.values) }
  const sides = sameFound(found, wanted)
  if (!sides.equal) return sides.explain().difference
  const signs = ({ values }: Found): string =>
    values.map((t) => Array.from(t.data, ({ value }) => (Object.is(value, -0) ? '−0' : '')).join()).join()
  return unsigned.has(name) || signs(found) === signs(wanted) ? undefined : 'a zero has another sign'
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
  'compiled wasm': () => wasm(),
  'tensorflow cpu': () => tensorflow('cpu'),
  'tensorflow wasm': () => tensorflow('wasm'),
  'tensorflow wasm by kernel functions': async () => backendOn({ ...(await load('wasm')), direct: false }),
}

describe.each(Object.entries(backends))('%s', (_, open) => {
  it.each(Object.keys(primitives) as PrimitiveName[])('%s is the reference', async (name) => {
    const evaluator = evaluatorOf(await open())
    const failures: string[] = []
    for (const [i, example] of cases[name].entries())
      for (const { label, term } of terms(name, example)) {
        const inputs = operandsOf(example, types(term.dom), i + 1)
        const where = `${JSON.stringify(example.attributes)} ${types(term.dom).map(showType).join(' ⊗ ')} ${label}`
        const said = fault(evaluator, name, term, inputs)
        if (said !== undefined) failures.push(`${where}: ${said}`)
      }
    expect(failures).toEqual([])
  })
})
