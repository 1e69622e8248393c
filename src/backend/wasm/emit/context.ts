import type { Routine } from '../assembler/index.js'
import type { Plan } from '../plan/buffer.js'

/** A function on f64 that modules import, for what has no instruction and no kernel of its own. */
export type Imported = 'exp' | 'log' | 'sin' | 'cos' | 'tanh' | 'erf'

/** The share of the work of one of several threads. */
export interface Part {
  readonly thread: number
  readonly threads: number
}
/** What kernels are emitted from. */
export interface Context {
  readonly plan: Plan
  /** The functions that the module imports, by number. */
  readonly imports: readonly Imported[]
  /** Fused multiply-adds: faster, and not the same bytes on every machine. */
  readonly relaxed: boolean
  /** Absent where one thread does all. */
  readonly part?: Part
}
/** A kernel that is being emitted, for one group; its arrays have slots instead of addresses. */
export interface Kernel extends Context {
  readonly group: number
  readonly routine: Routine
  /** The slot of a node's array. */
  readonly slots: ReadonlyMap<number, number>
  /** The address of memory that kernels may use for themselves, each afresh. */
  readonly scratch: number
}

/** The turns of a loop that a thread takes: a contiguous share of whole multiples of `unit`, all where it is alone. */
export function share({ part }: Context, from: number, to: number, unit = 1): readonly [number, number] {
  if (part === undefined) return [from, to]
  const units = Math.ceil((to - from) / unit)
  const at = (t: number): number => Math.min(to, from + Math.floor((units * t) / part.threads) * unit)
  return [at(part.thread), part.thread === part.threads - 1 ? to : at(part.thread + 1)]
}
/** Whether what belongs to no share falls to this thread. */
export function isLast({ part }: Context): boolean {
  return part === undefined || part.thread === part.threads - 1
}
/** Whether what cannot be shared falls to this thread. */
export function isFirst({ part }: Context): boolean {
  return part === undefined || part.thread === 0
}

/** The functions that the nodes of a plan need of the host. */
export function importsOf({ grouping }: Plan): readonly Imported[] {
  const names = new Set<Imported>()
  for (const node of grouping.program.nodes) {
    if (node.kind !== 'map') continue
    if (node.op === 'sin' || node.op === 'cos') names.add(node.op)
    else if (node.dtype === 'float64' && isImported(node.op)) names.add(node.op === 'sigmoid' ? 'exp' : node.op)
  }
  return [...names]
}
const isImported = (op: string): op is Imported | 'sigmoid' =>
  ['exp', 'log', 'sin', 'cos', 'tanh', 'erf', 'sigmoid'].includes(op)
