import type { Backend } from '../src/backend/index.js'
import { derivativeOracle } from './structure/derivative-oracle.js'
import { functor, reverseFunctor } from './structure/functor.js'
import { backendLaws } from './catalogue/backend.js'
import { circuitLaws } from './catalogue/circuit.js'
import { netlistLaws } from './catalogue/netlist.js'
import { passLaws } from './catalogue/pass.js'
import { rigLaws } from './catalogue/rig.js'
import { layerLaws } from './catalogue/layer.js'
import { lossLaws } from './catalogue/loss.js'
import { optimiserLaws } from './catalogue/optimiser.js'
import { primitiveLaws } from './catalogue/primitive.js'
import { structureLaws } from './catalogue/structure.js'
import type { Interpreter } from './value/interpreter.js'
import type { LawSet } from './law/law.js'
import { firstPart, lens, nestedPart, wellBehaved } from './structure/lens.js'
import { opticsOver } from './subject/optic-subject.js'
import { reverseDerivative, reverseStructure } from './structure/reverse-derivative.js'
import { termsByNormalForm, termsByValue } from './subject/term-subject.js'

/** All the law sets of what the library has, with an interpreter for what is told by values, and at backends that are ready. */
export function lawSets(interpreter: Interpreter, backends: readonly Backend[] = []): readonly LawSet[] {
  const free = termsByNormalForm()
  const values = (['float64', 'integer', 'bit'] as const).map((dtype) => termsByValue(interpreter, { dtype }))
  return [
    reverseStructure(free),
    ...values.flatMap((s) => [reverseDerivative(s), derivativeOracle(s)]),
    lens(opticsOver(free)),
    ...[free, ...values].map((s) => functor(reverseFunctor(s))),
    ...rigLaws(interpreter),
    wellBehaved(free, 'the view of a part', firstPart),
    wellBehaved(free, 'views of parts, composed', nestedPart),
    ...structureLaws(interpreter),
    ...layerLaws(),
    ...lossLaws(),
    ...primitiveLaws(),
    ...optimiserLaws(),
    ...passLaws(),
    ...circuitLaws(),
    ...netlistLaws(),
    ...backends.flatMap(backendLaws),
  ]
}
