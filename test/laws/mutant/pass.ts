import { evaluate } from '../../../src/backend/reference/index.js'
import {
  batch,
  batchObject,
  rewrite,
  rules as simplifyRules,
  splitHost,
  type Rule,
} from '../../../src/compile/index.js'
import { object, types, type Dtype, type Obj } from '../../../src/object/index.js'
import { add, multiply, negate } from '../../../src/primitive/index.js'
import type { Wire } from '../../../src/structure/index.js'
import { compose, diagram, flatten, normalForm, routing, type Term } from '../../../src/term/index.js'
import { passExamples } from '../../../laws/catalogue/pass-example.js'
import type { Evaluator } from '../../../laws/part/interpreter.js'
import { batching } from '../../../laws/part/pass-batch.js'
import { hostSplit, type SplitPass } from '../../../laws/part/pass-host.js'
import { normalForms } from '../../../laws/part/pass-normal.js'
import { passChoice, type ChoiceClaim } from '../../../laws/part/pass-choice.js'
import { pass, rules, type PassOptions } from '../../../laws/part/pass.js'
import type { Mutant } from './mutant.js'

const rule = (name: string, apply: Rule['apply']): Rule => ({ name, law: 'none', apply })
const one =
  (r: Rule, options: PassOptions = {}): Mutant['sets'] =>
  () => [pass('mutant', (program) => rewrite(program, [r], 1), options)]
const mutant = (law: string, mistake: string, sets: Mutant['sets']): Mutant => ({ mistake, sets, killedBy: law })

const transposed = rule('a transpose is dropped', (r) => {
  const [x] = r.inputs
  const [n, m] = x?.type.shape ?? []
  return r.name === 'transpose' && n === m ? x : undefined
})
const squared = rule('x ∧ x = x', (r) =>
  r.name === 'multiply' && r.inputs[0]?.type.dtype === 'bit' && r.inputs[0] === r.inputs[1] ? r.inputs[0] : undefined,
)
const scaled = rule('−x = 49 (−x/49)', (r) =>
  r.name === 'negate' && r.inputs[0]?.type.dtype === 'float64'
    ? multiply(49, multiply(-1 / 49, r.inputs[0]))
    : undefined,
)
const tripled = rule('−x = −−−x', (r) =>
  r.name === 'negate' ? negate(negate(negate(r.inputs[0] as Wire))) : undefined,
)
const positive = rule('−x = x', (r) => (r.name === 'negate' ? r.inputs[0] : undefined))
const there = rule('−x = x · −1', (r) => (r.name === 'negate' ? multiply(-1, r.inputs[0] as Wire) : undefined))
const back = rule('x · −1 = −x', (r) => simplifyRules.find((s) => s.name === 'x · −1')?.apply(r))

const reassociated = rule('(x + y) + z = x + (y + z)', (r) => {
  const sumOf = (w: Wire | undefined): readonly Wire[] | undefined => {
    const d = w === undefined ? undefined : r.made(w)
    return d?.name === 'add' ? d.inputs : undefined
  }
  const [a, b] = r.inputs
  const [x, y] = sumOf(a) ?? sumOf(b) ?? []
  const z = sumOf(a) === undefined ? a : b
  return r.name === 'add' && x !== undefined && y !== undefined && z !== undefined ? add(x, add(y, z)) : undefined
})
const sumOfThree = (dtype: Dtype): Term =>
  diagram(object([0, 1, 2].map(() => ({ dtype, shape: [2, 3] }))), ([x, y, z]) => [
    add(add(x as Wire, y as Wire), z as Wire),
  ])

const doubling = (a: Obj): Term => diagram(a, (wires) => wires.map((w) => add(w, w)))
const all = (f: Term): boolean[] => types(f.dom).map(() => true)

const turned: SplitPass = (program, has, device) => {
  const parts = splitHost(program, has, device)
  return { ...parts, outs: [...parts.outs].reverse() }
}
const whole: SplitPass = (program, _, device) => splitHost(program, () => true, device)

const usual: Evaluator = {
  name: 'mutant',
  has: (dtype) => dtype === 'float32' || dtype === 'int32',
  run: evaluate,
}
/** A compiler whose other choice of passes rewrites programs first. */
const choosing = (r: Rule, claims: readonly ChoiceClaim[] = []): Mutant['sets'] => {
  const other: Evaluator = { ...usual, run: (term, point) => evaluate(rewrite(flatten(term), [r], 1), point) }
  return () => [passChoice('mutant', { usual, other, examples: passExamples(), claims })]
}
const thirds = rule('−x = 3 (−x/3)', (r) =>
  r.name === 'negate' && r.inputs[0]?.type.dtype === 'float32' ? multiply(3, multiply(-1 / 3, r.inputs[0])) : undefined,
)

/** Passes with a mistake in them, and passes that claim what does not hold of them. */
export const passMutants: readonly Mutant[] = [
  mutant('pass/types', 'a pass that drops the last output', () => [
    pass('mutant', (f) => routingOf(f, f.cod.length - 1)),
  ]),
  mutant('pass/meaning', 'a pass that drops a transpose of square matrices', one(transposed)),
  mutant('pass/meaning at known programs', 'a pass that drops a transpose of square matrices', one(transposed)),
  mutant('pass/meaning of derivatives', 'a pass that drops a transpose of square matrices', one(transposed)),
  mutant(
    'pass/beforeReverse',
    'a pass that rewrites x ∧ x to x, said to hold before R',
    one(squared, { claims: ['beforeReverse'] }),
  ),
  mutant(
    'pass/exact',
    'a multiplication by 49 and its reciprocal claims to be exact',
    one(scaled, { claims: ['exact'] }),
  ),
  mutant(
    'pass/exact',
    'a pass that reassociates sums claims to be exact',
    one(reassociated, { claims: ['exact'], examples: (dtype) => [sumOfThree(dtype)] }),
  ),
  mutant(
    'pass/idempotent',
    'a pass that negates twice more claims to be done',
    one(tripled, { claims: ['idempotent'] }),
  ),
  mutant('pass/cheaper', 'a pass that negates twice more claims to be cheaper', one(tripled, { claims: ['cheaper'] })),
  mutant('pass/shorter', 'a pass that negates twice more claims to be shorter', one(tripled, { claims: ['shorter'] })),
  mutant('choice/programs', 'a choice of passes without signs', choosing(positive)),
  mutant('choice/known programs', 'a choice of passes without signs', choosing(positive)),
  mutant('choice/bytes', 'a product by 3 and its reciprocal claims to keep bytes', choosing(thirds, ['bytes'])),
  mutant('rules/any order', 'a rule that drops a sign', () => [rules('mutant', [...simplifyRules, positive])]),
  mutant('rules/termination', 'two rules that undo each other', () => [rules('mutant', [there, back])]),
  mutant('normal form/sound', 'a normal form without attributes', () => [
    normalForms('mutant', (f) => normalForm(f).replaceAll(/\{[^}]*\}/g, '')),
  ]),
  mutant('batching/examples', 'a batch of the double', () => [
    batching('mutant', (n, f) => batch(n, compose(f, doubling(f.cod)), all(f)), batchObject),
  ]),
  mutant('host split/parts', 'a split whose outputs are turned round', () => [hostSplit('mutant', turned)]),
  mutant('host split/sides', 'a split that leaves all on the device', () => [hostSplit('mutant', whole)]),
]

/** A program without its outputs from the k-th on. */
function routingOf(f: Term, k: number): Term {
  const kept = Math.max(0, k)
  return flatten(
    compose(
      f,
      routing(
        f.cod,
        Array.from({ length: kept }, (_, i) => i),
      ),
    ),
  )
}
