import { checkFunction, checkName } from './given.js'
import type { Attributes, Operation } from '../../src/structure/index.js'
import type { LawSet } from '../law/law.js'
import { batchLaws } from './layer-batch.js'
import { derivativeLaws } from './layer-derivative.js'
import { programLaws } from './layer-program.js'
import { caseMorphism, patterns, type PrimitiveCase } from './primitive-case.js'
import { changeOfRigLaw, commutativeLaw, refusalLaw, ruleLaw, twice, typesLaw } from './primitive-rule.js'

/**
 * The laws of an operation at some cases, each a domain with attributes and entries: the meaning fits the codomain; the
 * optic rule is of its kind and its types, additive in the cotangent and adjoint to dual numbers, twice; the batching rule
 * is the operation on each example, for every choice of batched operands; what is said to commute does; what exists over
 * the integers is natural in the rig. Throws where there is no case, and the operation's own sentence where one does not
 * fit.
 *
 * ```ts run
 * import { float64, primitive } from 'paralens'
 * import { check, laws } from 'paralens/laws'
 * const mine = laws.primitive('tanh', primitive.tanh.operation, [laws.caseAt([float64(3)]), laws.caseAt([float64()])])
 * console.log(check(mine)._tag) // → Right
 * ```
 */
export function primitive<A extends Attributes>(
  name: string,
  given: Operation<A>,
  cases: readonly PrimitiveCase[],
): LawSet {
  checkName('laws.primitive', name)
  const operation = given as Operation
  checkFunction(
    'laws.primitive',
    name,
    (given as { codomain?: unknown } | undefined)?.codomain,
    'an operation, f.operation of a primitive f',
  )
  const list: unknown = cases
  if (!Array.isArray(list))
    throw new TypeError(`laws.primitive: ${name} has no list of cases; caseAt(domain) makes one`)
  if (cases.length === 0) throw new TypeError(`laws.primitive: ${name} has no cases, needs at least one`)
  const all = cases.map((c) => caseMorphism(operation, c))
  const smooth = all.filter((m) => m.derivative === 'exists')
  const varying = smooth.filter((m) => m.term.dom.length > 0)
  const refused = all.filter((m) => m.derivative === 'none')
  const batches = cases.flatMap((c) => patterns(c.dom.length).map((batched) => caseMorphism(operation, c, batched)))
  return {
    name: 'primitive',
    subject: name,
    parents: [],
    laws: [
      typesLaw(all),
      ...programLaws(all.map(twice)),
      ...(smooth.length === 0 ? [] : [ruleLaw(smooth)]),
      ...(varying.length === 0 ? [] : derivativeLaws(varying)),
      ...(refused.length === 0 ? [] : [refusalLaw(refused)]),
      ...(batches.length === 0
        ? []
        : batchLaws(
            batches,
            batches.filter((m) => m.derivative === 'exists'),
          )),
      ...(operation.commutative ? [commutativeLaw(all)] : []),
      ...changeOfRigLaw(all),
    ],
  }
}
