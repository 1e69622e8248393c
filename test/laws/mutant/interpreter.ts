import { evaluate } from '../../../src/backend/reference/index.js'
import { sameType, size, types, type Tensor } from '../../../src/object/index.js'
import type { Operation, Wire } from '../../../src/structure/index.js'
import { diagram, walk, type Term } from '../../../src/term/index.js'
import { zoo } from '../../../laws/catalogue/backend.js'
import { interpreter, type Evaluator } from '../../../laws/part/interpreter.js'
import type { Mutant } from './mutant.js'

const right: Evaluator = {
  name: 'mutant',
  has: (dtype) => dtype === 'float32' || dtype === 'int32',
  run: evaluate,
}
const ran =
  (run: Evaluator['run']): (() => Evaluator) =>
  () => ({ ...right, run })
const mutant = (law: string, mistake: string, made: () => Evaluator): Mutant => ({
  mistake,
  sets: () => [interpreter(made())],
  killedBy: `interpreter/${law}`,
})
const at = (law: string, mistake: string, made: () => Evaluator): Mutant => ({
  mistake,
  sets: () => [zoo(made())],
  killedBy: `zoo/${law}`,
})

/** An evaluator with another meaning of one operation. */
function withMeaning(name: string, meaning: (of: Operation) => Operation['meaning']): () => Evaluator {
  return ran((term, point) => {
    const changed = diagram(term.dom, (inputs, algebra) =>
      walk<Wire>(term, inputs, (leaf, wires) => {
        if (leaf.kind === 'box') return undefined
        const { operation } = leaf
        const other = operation.name === name ? { ...operation, meaning: meaning(operation) } : operation
        return algebra.op(other, leaf.attributes, wires)
      }),
    )
    return evaluate(changed, point)
  })
}

/** Two parts of a composite or tensor, where the second fits the operands of the first. */
function twice(term: Term, kind: 'compose' | 'tensor'): readonly [Term, Term] | undefined {
  if (term.kind !== kind || term.parts.length !== 2) return undefined
  const [f, g] = term.parts as [Term, Term]
  const [a, b] = [types(f.dom), types(g.dom)]
  const fits = a.length === b.length && a.every((t, i) => b[i] !== undefined && sameType(t, b[i]))
  return fits ? [f, g] : undefined
}

const beside = ran((term, x) => {
  const parts = twice(term, 'tensor')
  if (parts === undefined) return evaluate(term, x)
  return parts.flatMap((f) => evaluate(f, x.slice(0, f.dom.length)))
})
const turning = ran((term, x) => {
  if (term.kind !== 'tensor' || term.parts.length !== 2) return evaluate(term, x)
  const [f, g] = term.parts as [Term, Term]
  return [...evaluate(f, x.slice(0, f.dom.length)), ...evaluate(g, x.slice(f.dom.length).reverse())]
})

const routes = (change: (outs: readonly Tensor[], term: Term) => readonly Tensor[]): (() => Evaluator) =>
  ran((term, point) => {
    const outs = evaluate(term, point)
    return term.kind === 'diagram' && term.boxes.length === 0 ? change(outs, term) : outs
  })
const copies = (term: Term): boolean => term.cod.length === 2 * term.dom.length

const shortOf = (n: number): (() => Evaluator) =>
  withMeaning('sum', (of) => (attributes, inputs, cod, scalars) => {
    const [x] = inputs
    if (x === undefined || size(x.shape) <= n) return of.meaning(attributes, inputs, cod, scalars)
    const kept = Array.from(x.data, (a, i) => (i === x.data.length - 1 ? scalars(x.dtype).zero : a))
    return of.meaning(attributes, [{ ...x, data: kept }], cod, scalars)
  })
const zeroAtLast = withMeaning('multiply', (of) => (attributes, inputs, cod, scalars) => {
  const [x] = inputs
  if (x === undefined) return []
  return of
    .meaning(attributes, inputs, cod, scalars)
    .map((data) => Array.from(data, (a, i) => (i === data.length - 1 ? scalars(x.dtype).zero : a)))
})
const lessOrEqual = withMeaning('less', () => (_, [x, y], __, scalars) => {
  if (x === undefined || y === undefined) return []
  const [s, bits] = [scalars(x.dtype), scalars('bit')]
  return [Array.from(x.data, (a, i) => (s.less(y.data[i] ?? a, a) ? bits.zero : bits.one))]
})

function remembering(): Evaluator {
  const known = new Map<Term, readonly Tensor[]>()
  return {
    ...right,
    run(term, point) {
      const outs = known.get(term) ?? evaluate(term, point)
      known.set(term, outs)
      return outs
    },
  }
}

function counting(): Evaluator {
  let calls = 0
  return {
    ...right,
    run(term, point) {
      calls += 1
      return evaluate(term, point).map((t) => ({
        ...t,
        data: Float32Array.from(t.data as Float32Array, (a) => a + calls),
      }))
    },
  }
}

function leaking(): Evaluator {
  let buffers = 0
  const run: Evaluator['run'] = (term, point) => {
    buffers += term.dom.length > 1 ? 1 : 0
    return evaluate(term, point)
  }
  return { ...right, run, memory: () => ({ buffers, bytes: 4 * buffers }) }
}

const finite = ran((term, point) =>
  evaluate(term, point).map((t) => ({
    ...t,
    data:
      t.dtype === 'float32' ? Float32Array.from(t.data as Float32Array, (a) => (Number.isFinite(a) ? a : 0)) : t.data,
  })),
)

const writing = ran((term, point) => {
  const outs = evaluate(term, point)
  for (const t of point) if (t.dtype === 'float32' && t.data.length > 1) (t.data as Float32Array)[0] = 7
  return outs
})

const few = (n: string): string => `a sum that drops an element of more than ${n}`

/** Evaluators with a mistake in them. */
export const interpreterMutants: readonly Mutant[] = [
  mutant(
    'composition',
    'a composite whose second part is given x instead of f(x)',
    ran((term, x) => {
      const parts = twice(term, 'compose')
      return evaluate(parts === undefined ? term : parts[1], x)
    }),
  ),
  mutant('tensor', 'a tensor whose second part is given its operands turned round', turning),
  mutant('tensor at equal objects', 'a tensor that gives both parts the operands of the first', beside),
  mutant(
    'identity',
    'an identity that turns its wires round',
    routes((outs, { dom }) => (outs.length === dom.length ? [...outs].reverse() : outs)),
  ),
  mutant(
    'copy',
    'a copy, wire by wire',
    routes((outs, term) => (copies(term) ? outs.slice(0, term.dom.length).flatMap((t) => [t, t]) : outs)),
  ),
  mutant(
    'discard',
    'a discard that answers its operands',
    ran((term, x) => (term.cod.length === 0 ? x : evaluate(term, x))),
  ),
  mutant(
    'symmetry',
    'a swap of nothing but the last two',
    ran((term, x) =>
      term.kind === 'diagram' && term.boxes.length === 0 && term.cod.length === term.dom.length ? x : evaluate(term, x),
    ),
  ),
  ...['agreement', 'agreement of R[f]', 'agreement of R[R[f]]'].flatMap((law) => [
    mutant(law, 'a product that is zero at its last entry', zeroAtLast),
    mutant(`${law} at generators`, few('two'), shortOf(2)),
  ]),
  mutant('agreement', 'an evaluator that remembers the values of a program, whatever its point', remembering),
  mutant('kinds at generators', 'an evaluator with zero for what is no number', finite),
  mutant('ties', 'a fused kernel with the wrong tie rule: the second gets the cotangent', lessOrEqual),
  mutant('determinism', 'an evaluator that adds the number of its runs', counting),
  mutant('inputs are left alone', 'an evaluator that writes into its inputs', writing),
  mutant('no leak', 'an evaluator that leaks a buffer', leaking),
  at('models', few('four'), shortOf(4)),
  at('losses', few('two'), shortOf(2)),
  at('steps', few('four'), shortOf(4)),
]
