import type { Cell } from './buffer.js'

/** A plan made ready to run on a device: cells of the inputs in, cells of the outputs out. */
export interface Executor {
  /** Outputs that are inputs or constants are the same cells; all others are new and have no holder yet. */
  run(inputs: readonly Cell[]): Cell[]
  dispose(): void
}
