import {
  call,
  counted,
  get,
  lanes,
  located,
  moduleBytes,
  mostPages,
  routine,
  slotAddress,
  type Code,
  type Import,
  type Relocatable,
  type Routine,
} from '../assembler/index.js'
import { viewsOf, type ContractNode, type Node } from '../lower/node.js'
import type { Plan } from '../plan/buffer.js'
import type { Group } from '../plan/group.js'
import { scheduleOf, sharedGroups, type Step } from '../plan/schedule.js'
import { emitBarrier } from './barrier.js'
import { importsOf, type Kernel, type Part } from './context.js'
import { nodeAt } from './expression.js'
import { emitLoop } from './loop.js'
import { emitFold, emitPlace } from './move.js'
import { emitProduct } from './product.js'
import { aligned, planProduct } from './product-plan.js'
import { emitRandom } from './random.js'
import { recipeOf } from './recipe.js'
import { emitGather, emitScatter } from './rows.js'
import { emitScalars } from './scalar.js'

/** A program as modules, one a thread: `run` calls its kernels in order. */
export interface Emitted {
  /** The module of the thread that starts the others, or of the only one. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The modules of the other threads; none where no kernel is worth sharing. */
  readonly others: readonly Uint8Array<ArrayBuffer>[]
  /** The groups that threads share. */
  readonly shared: ReadonlySet<number>
  /** The bytes of memory that it needs, from address 0 on. */
  readonly end: number
}

/** Settings of the emitter. */
export interface EmitOptions {
  /** Fused multiply-adds. */
  readonly relaxed?: boolean
  /** How many threads run it, over shared memory; absent where one does, over memory of its own. */
  readonly threads?: number
  /** The least work of a kernel that threads share, in operations of a product. */
  readonly worth?: number
  /** Whether the thread that starts the others may sleep. */
  readonly sleeps?: boolean
  /** Whether the import `tick` is called twice, after each kernel, and at the end; of one thread. */
  readonly timed?: boolean
}

/** The modules of a plan. */
export function emitProgram(plan: Plan, options: EmitOptions = {}): Emitted {
  const { threads = 1, worth } = options
  const shared = threads > 1 ? sharedGroups(plan.grouping, worth) : new Set<number>()
  const scratch = aligned(scratchOf(plan))
  const count = shared.size > 0 ? threads : 1
  const [bytes = new Uint8Array(), ...others] = Array.from({ length: count }, (_, thread) =>
    emitModule(plan, options, shared, { thread, threads }, plan.end + thread * scratch),
  )
  return { bytes, others, shared, end: plan.end + count * scratch + reachOf(plan) }
}

/** The module of one thread: its part of what is shared; of the first thread also all else. */
function emitModule(
  plan: Plan,
  { relaxed = false, threads, sleeps = true, timed = false }: EmitOptions,
  shared: ReadonlySet<number>,
  part: Part,
  scratch: number,
): Uint8Array<ArrayBuffer> {
  const first = part.thread === 0
  // Scalars in float64 are the first thread's, and so is what only they import.
  const imports = importsOf(plan).filter((name) => first || name === 'sin' || name === 'cos')
  const { groups } = plan.grouping
  const steps = scheduleOf(groups, shared)
  const mine = steps.flatMap((k) => (k !== 'meet' && (first || shared.has(k)) ? [k] : []))
  // Equal groups, as those of equal layers are, have one kernel at other addresses.
  const made = new Map<string, Relocatable>()
  const kernels = mine.map((group) => {
    const isShared = shared.has(group)
    const { key, arrays, slots } = recipeOf(plan, group)
    const name = `${isShared ? 'shared ' : ''}${key}`
    let code = made.get(name)
    if (code === undefined) {
      const own = { group, slots, scratch: slotAddress(arrays.length), routine: routine() }
      code = emitKernel({ plan, imports, relaxed, ...own, ...(isShared ? { part } : {}) }).code()
      made.set(name, code)
    }
    return located(code, [...arrays.map((node) => plan.address.get(node) ?? NaN), scratch])
  })
  const barrier = shared.size === 0 ? [] : [emitBarrier(part.threads, sleeps || !first).bytes()]
  const before = imports.length + (timed ? 1 : 0)
  const calls = new Map<Step, number>([
    ...mine.map((k, i) => [k, before + i] as const),
    ['meet', before + kernels.length],
  ])
  const tick = timed ? call(imports.length) : []
  const run = routine()
  run.body.push(
    [tick, tick],
    steps.map((step) => {
      const at = calls.get(step)
      return at === undefined ? [] : [call(at), tick]
    }),
    first ? plan.copies.map(({ from, to, bytes }) => copied(run, from, to, bytes)) : [],
    tick,
  )
  return moduleBytes({
    imports: [
      ...imports.map((name): Import => ({ name, takes: ['f64'], gives: ['f64'] })),
      ...(timed ? [{ name: 'tick', takes: [], gives: [] }] : []),
    ],
    routines: [...kernels, ...barrier, run.bytes()],
    exports: { run: kernels.length + barrier.length },
    ...(threads === undefined ? {} : { shared: mostPages }),
  })
}

/** The emitters of groups by their kind. */
const emitters: { readonly [K in Group['kind']]: (kernel: Kernel, head: number) => void } = {
  loop: emitLoop,
  product: emitProduct,
  scalar: emitScalars,
  own: emitOwn,
}
function emitKernel(kernel: Kernel): Routine {
  const { kind, head = -1 } = kernel.plan.grouping.groups[kernel.group] as Group
  emitters[kind](kernel, head)
  return kernel.routine
}

/** The emitters of nodes with a kernel of their own. */
const own: { readonly [K in Node['kind']]?: (kernel: Kernel, i: number) => void } = {
  place: emitPlace,
  fold: emitFold,
  gather: emitGather,
  scatter: emitScatter,
  random: emitRandom,
}
function emitOwn(kernel: Kernel, head: number): void {
  const { kind } = nodeAt(kernel, head)
  const emit = own[kind]
  if (emit === undefined) throw new TypeError(`compiled wasm: no kernel for ${kind}`)
  emit(kernel, head)
}

function copied(f: Routine, from: number, to: number, bytes: number): Code {
  return f.scope(() => {
    const p = f.local('i32')
    return counted(p, 0, Math.ceil(bytes / 16) * 16, 16, () => lanes.store(get(p), to, lanes.load(get(p), from)))
  })
}

/** Bytes that products use for themselves, one after the other. */
export function scratchOf({ grouping }: Plan): number {
  const { nodes } = grouping.program
  const products = grouping.groups.flatMap(({ kind, head }) =>
    kind === 'product' ? [nodes[head ?? -1] as Node & ContractNode] : [],
  )
  return Math.max(0, ...products.map((node) => planProduct(node).scratch))
}

/** Bytes behind all arrays that a vector of strided loads may reach. */
function reachOf({ grouping }: Plan): number {
  let far = 0
  for (const node of grouping.program.nodes)
    for (const { strides } of viewsOf(node)) for (const s of strides) far = Math.max(far, Math.abs(s))
  return 16 * far + 256
}
