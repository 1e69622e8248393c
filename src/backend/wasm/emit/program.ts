import { call, counted, get, lanes, moduleBytes, routine, type Code, type Routine } from '../assembler/index.js'
import { viewsOf, type ContractNode, type Node } from '../lower/node.js'
import type { Plan } from '../plan/buffer.js'
import { isEmpty, type Group } from '../plan/group.js'
import { importsOf, type Context, type Kernel } from './context.js'
import { nodeAt } from './expression.js'
import { emitLoop } from './loop.js'
import { emitFold, emitPlace } from './move.js'
import { emitProduct } from './product.js'
import { planProduct } from './product-plan.js'
import { emitRandom } from './random.js'
import { emitGather, emitScatter } from './rows.js'
import { emitScalars } from './scalar.js'

/** A program as a module: `run` calls its kernels in order, and `kernel0` … where they are to be timed. */
export interface Emitted {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The bytes of memory that it needs, from address 0 on. */
  readonly end: number
}

/** Settings of the emitter. */
export interface EmitOptions {
  /** Fused multiply-adds. */
  readonly relaxed?: boolean
  /** Exports every kernel, to be timed alone. */
  readonly profile?: boolean
}

/** The module of a plan. */
export function emitProgram(plan: Plan, { relaxed = false, profile = false }: EmitOptions = {}): Emitted {
  const imports = importsOf(plan)
  const context: Context = { plan, imports, relaxed, scratch: plan.end }
  const { groups } = plan.grouping
  const kernels = groups.map((_, group) => emitKernel({ ...context, group, routine: routine() }))
  const run = routine()
  run.body.push(
    kernels.map((_, k) => (isEmpty(groups[k] as Group) ? [] : call(imports.length + k))),
    plan.copies.map(({ from, to, bytes }) => copied(run, from, to, bytes)),
  )
  const bytes = moduleBytes({
    imports: imports.map((name) => ({ name, takes: ['f64'], gives: ['f64'] })),
    routines: [...kernels, run],
    exports: {
      run: kernels.length,
      ...(profile ? Object.fromEntries(kernels.map((_, k) => [`kernel${k}`, k])) : {}),
    },
  })
  return { bytes, end: plan.end + scratchOf(plan) + reachOf(plan) }
}

function emitKernel(kernel: Kernel): Routine {
  const group = kernel.plan.grouping.groups[kernel.group]
  switch (group?.kind) {
    case 'loop':
      emitLoop(kernel)
      break
    case 'product':
      emitProduct(kernel)
      break
    case 'scalar':
      emitScalars(kernel)
      break
    case 'own':
      emitOwn(kernel, group.head ?? -1)
      break
  }
  return kernel.routine
}

function emitOwn(kernel: Kernel, head: number): void {
  const node = nodeAt(kernel, head)
  switch (node.kind) {
    case 'place':
      return emitPlace(kernel, head)
    case 'fold':
      return emitFold(kernel, head)
    case 'gather':
      return emitGather(kernel, head)
    case 'scatter':
      return emitScatter(kernel, head)
    case 'random':
      return emitRandom(kernel, head)
    default:
      throw new TypeError(`compiled wasm: no kernel for ${node.kind}`)
  }
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
