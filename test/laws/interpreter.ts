import type { Interpreter } from '../../laws/index.js'
import { plain } from '../../src/backend/reference/arithmetic.js'
import { dual } from '../../src/backend/reference/dual.js'
import { interpret } from '../../src/backend/reference/evaluate.js'

/** The reference backend as the interpreter that the laws compare by. */
export const reference: Interpreter = { interpret, plain, dual }
