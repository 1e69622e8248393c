import { showType } from '../../object/index.js'
import { type ContractNode, type Node } from './lower/node.js'
import type { Plan } from './plan/buffer.js'
import { bytesOfNode } from './plan/buffer.js'
import { planProduct } from './emit/product-plan.js'
import type { Times } from './profile.js'
import { isEmpty, type Group } from './plan/group.js'
import { flopsOf } from './plan/work.js'

/** What one kernel of a program is. */
export interface KernelReport {
  readonly kind: Group['kind']
  /** Shape of the space, and the sizes of a product. */
  readonly space: string
  /** What a product packs, and why. */
  readonly packs: string
  /** Entrywise nodes, reductions or the node with a kernel of its own; those that are written are marked. */
  readonly nodes: readonly string[]
  readonly flops: number
  /** Whether threads share it. */
  readonly shared: boolean
  /** Bytes written. */
  readonly bytes: number
}

const product = (levels: readonly { readonly n: number }[]): number => levels.reduce((n, l) => n * l.n, 1)

/** A report of each kernel of a plan, in the order in which they run; `shared` are the groups that threads share. */
export function reports(plan: Plan, shared: ReadonlySet<number> = new Set()): readonly KernelReport[] {
  const { grouping, kept } = plan
  const { nodes } = grouping.program
  const named = (i: number): string => {
    const node = nodes[i] as Node
    const name = node.kind === 'map' || node.kind === 'reduce' ? node.op : node.kind
    return kept.has(i) ? `${name} → ${showType(node)}` : name
  }
  return [...grouping.groups.entries()]
    .filter(([, group]) => !isEmpty(group))
    .map(([k, group]) => {
      const head = group.head === undefined ? undefined : nodes[group.head]
      const all = [...(group.head === undefined ? [] : [group.head]), ...group.members, ...group.reductions]
      return {
        kind: group.kind,
        space: head?.kind === 'contract' ? sizesOf(head) : group.shape.join('×') || '1',
        packs: head?.kind === 'contract' ? packsOf(head) : '',
        nodes: all.map(named),
        flops: flopsOf(grouping.program, group),
        shared: shared.has(k),
        bytes: all.filter((i) => kept.has(i)).reduce((n, i) => n + bytesOfNode(nodes[i] as Node), 0),
      }
    })
}

/** `B·M×N×K` of a product. */
function sizesOf({ outer, rows, columns, inner }: ContractNode): string {
  const around = product(outer)
  return `${around === 1 ? '' : `${around}·`}${product(rows)}×${columns.n}×${product(inner)}`
}

/** Why a product packs b or a into panels, or does not. */
function packsOf(node: ContractNode): string {
  const { packsB, inPlace, packsA, blocks } = planProduct(node)
  const b = packsB ? `b packed${inPlace ? ', many rows read it' : ', its columns lie apart'}` : 'b in place'
  const a = packsA ? '; a packed, its rows lie apart' : ''
  return ` (${b}${a}${blocks > 1 ? `; the sum in ${blocks} parts` : ''})`
}

/**
 * The kernels of a plan as text, one a line; `∥` are those that threads share. Where they were timed, µs a run and the share
 * of each.
 */
export function explain(plan: Plan, moduleBytes: number, shared: ReadonlySet<number>, times?: Times): string {
  const total = times === undefined ? 0 : times.kernels.reduce((x, y) => x + y, times.copies)
  const timed = (t: number | undefined): string =>
    t === undefined ? '' : `${t.toFixed(2).padStart(9)} µs ${((100 * t) / total || 0).toFixed(1).padStart(5)} %`
  const lines = reports(plan, shared).map(
    ({ kind, space, packs, nodes, flops, bytes, shared: isShared }, k) =>
      `${isShared ? '∥' : ' '} ${String(k).padStart(3)} ${kind.padEnd(7)} ${space.padEnd(14)} ${`${flops} flop`.padStart(14)} ${`${bytes} B`.padStart(10)}${timed(times?.kernels[k])}  ${nodes.join(', ')}${packs}`,
  )
  const inlined = plan.grouping.inlined.size
  return [
    `${lines.length} kernels in a module of ${moduleBytes} bytes, ${plan.end} bytes of memory; ${inlined} nodes are computed by their readers${times === undefined ? '' : `; ${total.toFixed(2)} µs a run on one thread`}`,
    ...lines,
    ...plan.copies.map(({ bytes }) => `      copy    ${bytes} B at the end`),
    ...(times === undefined || plan.copies.length === 0 ? [] : [`      copies  ${timed(times.copies).trim()}`]),
  ].join('\n')
}
