import { interpreterMutants } from './interpreter.js'
import { passMutants } from './pass.js'
import { circuitMutants } from './circuit.js'
import { rigMutants } from './rig.js'
import { differentialMutants } from './differential.js'
import { gradientLearningMutants } from './gradient-learning.js'
import { layerMutants } from './layer.js'
import { learnMutants } from './learn.js'
import { linearMutants } from './linear.js'
import { lossMutants } from './loss.js'
import { modelMutants } from './model.js'
import type { Mutant, Unbreakable } from './mutant.js'
import { netlistMutants } from './netlist.js'
import { optimiserMutants } from './optimiser.js'
import { paraMutants } from './para.js'
import { parametricMutants } from './parametric.js'
import { primitiveMutants } from './primitive.js'
import { reverseMutants } from './reverse.js'
import { structureMutants, structureUnbreakable } from './structure.js'

/** Mutants of one kind of thing, and the laws of that kind that none can break. */
export interface Area {
  readonly name: string
  readonly mutants: readonly Mutant[]
  readonly unbreakable?: Unbreakable
}

/** All mutants there are. */
export const areas: readonly Area[] = [
  { name: 'Reverse derivatives', mutants: reverseMutants },
  { name: 'Categories, functors and optics', mutants: structureMutants, unbreakable: structureUnbreakable },
  { name: 'Forward derivatives', mutants: differentialMutants },
  { name: 'Linear maps', mutants: linearMutants },
  {
    name: 'Para, Learn and lawful lenses',
    mutants: [...paraMutants, ...modelMutants, ...parametricMutants, ...learnMutants],
  },
  { name: 'Learning by gradients', mutants: gradientLearningMutants },
  { name: 'Primitives', mutants: primitiveMutants },
  { name: 'Layers', mutants: layerMutants },
  { name: 'Losses', mutants: lossMutants },
  { name: 'Optimisers', mutants: optimiserMutants },
  { name: 'Interpreters', mutants: interpreterMutants },
  { name: 'Passes', mutants: passMutants },
  { name: 'Circuits', mutants: circuitMutants },
  { name: 'Passes of netlists', mutants: netlistMutants },
  { name: 'Rigs', mutants: rigMutants },
]

/** What the suite has to find at least, beside the eight derivatives of laws.md 2.5. */
export const required: readonly RegExp[] = [
  /leaky ReLU whose backward ignores its cotangent/,
  /projection whose reverse drops a component/,
  /Nesterov whose get forgets to look ahead/,
  /fused kernel with the wrong tie rule/,
  /pass that rewrites x ?∧ ?x to x/,
  /Adam that stores corrected moments/,
]
