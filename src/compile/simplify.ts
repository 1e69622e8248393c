import type { Flat } from '../term/index.js'
import { rewrite, type Rule } from './rewrite.js'
import { rules } from './rule/index.js'

/** The program simplified by rules: by all of {@link rules} unless given. */
export function simplify(program: Flat, by: readonly Rule[] = rules): Flat {
  return rewrite(program, by)
}
