import { dual, interpret, plain } from '../../src/backend/reference/index.js'
import type { Interpreter } from './interpreter.js'

/** The reference backend as the interpreter that laws compare by, unless another is given. */
export const reference: Interpreter = { interpret, plain, dual }
