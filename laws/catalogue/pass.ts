import { batch, batchObject, rules as simplifyRules, simplify } from '../../src/compile/index.js'
import { object, type Dtype, type Obj, type Type } from '../../src/object/index.js'
import { canonical, diagram, expand, flatten, normalForm, type Term } from '../../src/term/index.js'
import type { Wire } from '../../src/structure/index.js'
import type { LawSet } from '../law/law.js'
import { batching } from '../part/pass-batch.js'
import { hostSplit } from '../part/pass-host.js'
import { normalForms } from '../part/pass-normal.js'
import { pass, rules, termPass, type PassClaim } from '../part/pass.js'
import { splitHost } from '../../src/compile/index.js'
import { every, witnesses, type Witness } from './rule-witness.js'

const all: readonly PassClaim[] = ['beforeReverse', 'exact', 'idempotent', 'cheaper', 'shorter']
const without = (...claims: readonly PassClaim[]): readonly PassClaim[] => all.filter((c) => !claims.includes(c))

/**
 * The rules that claim less than all a pass may: what they replace stays where it is read elsewhere, so that the constant
 * −c comes on top of c, and a sum is taken twice.
 */
export const ruleClaims: { readonly [rule: string]: readonly PassClaim[] } = {
  '−(c · x)': without('shorter'),
  'c · (−x)': without('shorter'),
  'sum of sum': without('cheaper'),
}

const examplesOf = (witness: Witness, dtype: Dtype): readonly Term[] => {
  if (!(witness.dtypes ?? every).includes(dtype)) return []
  const dom: Obj = object(witness.shapes.map((shape): Type => ({ dtype, shape })))
  return [diagram(dom, (x, algebra) => [witness.from(x as [Wire, Wire], algebra)])]
}

/** The laws of every pass: the simplifier and its rules, normal forms, batching, and the split between host and device. */
export function passLaws(): readonly LawSet[] {
  const examples = (name: string) => (dtype: Dtype) => (witnesses[name] ?? []).flatMap((w) => examplesOf(w, dtype))
  return [
    pass('simplify', simplify, {
      claims: without('cheaper', 'shorter'),
      examples: (dtype) => Object.keys(witnesses).flatMap((name) => examples(name)(dtype)),
    }),
    rules('simplify', simplifyRules, ({ name }) => ({ claims: ruleClaims[name] ?? all, examples: examples(name) })),
    termPass('flatten', (f) => flatten(f), { claims: all }),
    termPass('canonical', canonical, { claims: all }),
    termPass('expand', (f) => expand(f), { claims: ['beforeReverse', 'exact', 'idempotent'] }),
    normalForms('normalForm', normalForm),
    batching(
      'batch',
      (n, f) => batch(n, f, f.dom.length === 0 ? [] : Array.from({ length: f.dom.length }, () => true)),
      batchObject,
    ),
    hostSplit('splitHost', splitHost),
  ]
}
