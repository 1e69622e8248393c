import { entrywise, linear, negate, type None } from '../../../src/primitive/index.js'
import type { Scalars } from '../../../src/structure/index.js'
import type { Choice } from '../../../src/term/index.js'
import { reference, termsByValue, type Interpreter, type Plain } from '../../../laws/index.js'
import { saturating, saturatingTerms } from '../../../laws/catalogue/rig.js'
import { redexGrammar } from '../../../laws/part/pass-grammar.js'
import { changeOfRig, ringDerivative } from '../../../laws/structure/rig.js'
import { rig } from '../../../laws/structure/scalars.js'
import type { Mutant } from './mutant.js'
import { on, wrong } from './operation.js'

/** The integers with some of their operations replaced. */
function integers(change: (s: Scalars<Plain>) => Partial<Scalars<Plain>>): Interpreter {
  const s = reference.plain('integer')
  return { ...reference, plain: (dtype) => (dtype === 'integer' ? { ...s, ...change(s) } : reference.plain(dtype)) }
}
const mutant = (law: string, mistake: string, interpreter: Interpreter): Mutant => ({
  mistake,
  sets: () => [rig(interpreter, 'integer', 'mutant')],
  killedBy: `rig/${law}`,
})
const stopping: Interpreter = { ...reference, plain: saturating }
const lopsided = integers((s) => ({ add: (a, b) => s.add(a, s.add(b, b)) }))
const more = integers((s) => ({ multiply: (a, b) => s.add(s.multiply(a, b), s.one) }))
const leaning = integers((s) => ({ multiply: (a, b) => s.add(s.multiply(a, b), b) }))

/** `−x`, whose derivative over the integers is another. */
const split = entrywise<None>({
  name: 'split',
  arity: 1,
  optic: linear((_, dy) => [dy.type.dtype === 'integer' ? negate(dy) : dy]),
  entry: (s, a) => s.negate(a),
})
const always = (f: ReturnType<typeof on>): Choice => ({ applies: () => true, apply: (x) => [f(x)] })
const changed = (law: string, mistake: string, f: ReturnType<typeof on>): Mutant => ({
  mistake,
  sets() {
    const grammar = { ...redexGrammar('integer'), choices: [always(f), ...redexGrammar('integer').choices] }
    return [changeOfRig(termsByValue(reference, { dtype: 'integer', grammar }), 'float64', grammar)]
  },
  killedBy: `change of rig/${law}`,
})

/** Scalars that are no ring, and operations that do not commute with homomorphisms. */
export const rigMutants: readonly Mutant[] = [
  mutant('sums associate', 'integers that stop at ±127', stopping),
  mutant('sums commute', 'a + 2b for a + b', lopsided),
  mutant(
    'zero',
    '1 for 0',
    integers((s) => ({ zero: s.one })),
  ),
  mutant('products associate', 'ab + 1 for ab', more),
  mutant('products commute', 'ab + b for ab', leaning),
  mutant(
    'one',
    '0 for 1',
    integers((s) => ({ one: s.zero })),
  ),
  mutant('distributivity', 'integers that stop at ±127', stopping),
  mutant('annihilation', 'ab + 1 for ab', more),
  mutant(
    'negation',
    'a for −a',
    integers(() => ({ negate: (a) => a })),
  ),
  changed('derivatives', 'a sign with another derivative over the integers', on(split)),
  changed('evaluation', 'an operation that is 1 − x over the reals', on(wrong.unnatural)),
  {
    mistake: 'integers that stop at ±127',
    sets: () => [ringDerivative(saturatingTerms())],
    killedBy: 'derivative of a ring/distributivity',
  },
]
