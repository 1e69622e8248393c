import type { Rule } from '../rewrite.js'
import { constantRules } from './constant.js'
import { moveRules } from './move.js'
import { sumRules } from './sum.js'

/** The rules by the pass that they make. */
export const ruleSets: {
  readonly constants: readonly Rule[]
  readonly moves: readonly Rule[]
  readonly sums: readonly Rule[]
} = { constants: constantRules, moves: moveRules, sums: sumRules }

/** The rules that remove arithmetic with constants and signs, and movement of data, from a program. */
export const rules: readonly Rule[] = Object.values(ruleSets).flat()
