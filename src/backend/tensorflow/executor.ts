import type { Cell } from './buffer.js'

/** A program made ready to run on a device: cells of the inputs in, cells of the outputs out. */
export interface Executor {
  /** Outputs that are inputs or constants are the same cells; all others are new and have no holder yet. */
  run(inputs: readonly Cell[]): Cell[]
  /** The plan as it runs, where that is not line by line. */
  readonly explain?: () => string
  dispose(): void
}
