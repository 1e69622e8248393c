import type { Backend, Memory } from '../../src/backend/index.js'
import { compile, type Program } from '../../src/backend/program.js'
import type { Dtype, Tensor } from '../../src/object/index.js'
import type { Term } from '../../src/term/index.js'
import type { Accuracy } from '../value/rounding.js'
import { documented } from './interpreter-accuracy.js'

/** What runs terms on tensors, without waiting: a backend, or whatever else claims to be a meaning of terms. */
export interface Evaluator {
  readonly name: string
  /** Whether it runs programs over arrays of a dtype. */
  has(dtype: Dtype): boolean
  /** Whether it says of a term, before anything runs, that it does not run it: no law is then asked of that term. */
  refuses?(term: Term): boolean
  /** The values of a term at a point of its domain. */
  run(term: Term, point: readonly Tensor[]): readonly Tensor[]
  /** What is documented of its analytic functions; its sums and products are rounded once, in any order. */
  readonly accuracy?: Accuracy
  /** What it holds between runs. */
  memory?(): Pick<Memory, 'buffers' | 'bytes'>
}

/** Programs that are kept compiled. */
const most = 16

/**
 * A backend as an evaluator: terms are compiled as users compile them, and the last programs kept. Throws where it cannot
 * be read without waiting: `laws.interpreter: webgpu cannot be read without waiting`.
 */
export function evaluatorOf(backend: Backend, accuracy: Accuracy = documented(backend.name)): Evaluator {
  if (backend.readNow === undefined)
    throw new TypeError(`laws.interpreter: ${backend.name} cannot be read without waiting`)
  const kept = new Map<Term, Program>()
  const programOf = (term: Term): Program => {
    const known = kept.get(term)
    if (known !== undefined) return known
    const made = compile(term, backend)
    kept.set(term, made)
    const [oldest] = kept
    if (kept.size > most && oldest !== undefined) {
      oldest[1].dispose()
      kept.delete(oldest[0])
    }
    return made
  }
  return {
    name: backend.name,
    has: (dtype) => backend.has({ dtype, shape: [1] }),
    run: (term, point) => programOf(term).callNow(point),
    accuracy,
    memory: () => backend.memory(),
  }
}
