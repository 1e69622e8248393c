import { showType, size } from '../../object/index.js'
import { type ContractNode, type Node } from './lower/node.js'
import type { Plan } from './plan/buffer.js'
import { bytesOfNode } from './plan/buffer.js'
import { isEmpty, type Group } from './plan/group.js'

/** What one kernel of a program is. */
export interface KernelReport {
  readonly kind: Group['kind']
  /** Shape of the space, and the sizes of a product. */
  readonly space: string
  /** Entrywise nodes, reductions or the node with a kernel of its own; those that are written are marked. */
  readonly nodes: readonly string[]
  readonly flops: number
  /** Bytes written. */
  readonly bytes: number
}

const product = (levels: readonly { readonly n: number }[]): number => levels.reduce((n, l) => n * l.n, 1)

/** A report of each kernel of a plan, in the order in which they run. */
export function reports(plan: Plan): readonly KernelReport[] {
  const { grouping, kept } = plan
  const { nodes } = grouping.program
  const named = (i: number): string => {
    const node = nodes[i] as Node
    const name = node.kind === 'map' || node.kind === 'reduce' ? node.op : node.kind
    return kept.has(i) ? `${name} → ${showType(node)}` : name
  }
  return grouping.groups
    .filter((group) => !isEmpty(group))
    .map((group) => {
      const head = group.head === undefined ? undefined : nodes[group.head]
      const all = [...(group.head === undefined ? [] : [group.head]), ...group.members, ...group.reductions]
      const entries = size(group.shape)
      return {
        kind: group.kind,
        space: head?.kind === 'contract' ? sizesOf(head) : group.shape.join('×') || '1',
        nodes: all.map(named),
        flops:
          (head?.kind === 'contract' ? 2 * entries * product(head.inner) : 0) +
          entries * (group.members.length + group.reductions.length),
        bytes: all.filter((i) => kept.has(i)).reduce((n, i) => n + bytesOfNode(nodes[i] as Node), 0),
      }
    })
}

/** `B·M×N×K` of a product. */
function sizesOf({ outer, rows, columns, inner }: ContractNode): string {
  const around = product(outer)
  return `${around === 1 ? '' : `${around}·`}${product(rows)}×${columns.n}×${product(inner)}`
}

/** The kernels of a plan as text, one a line. */
export function explain(plan: Plan, moduleBytes: number): string {
  const lines = reports(plan).map(
    ({ kind, space, nodes, flops, bytes }, k) =>
      `  ${String(k).padStart(3)} ${kind.padEnd(7)} ${space.padEnd(14)} ${`${flops} flop`.padStart(14)} ${`${bytes} B`.padStart(10)}  ${nodes.join(', ')}`,
  )
  const inlined = plan.grouping.inlined.size
  return [
    `${lines.length} kernels in a module of ${moduleBytes} bytes, ${plan.end} bytes of memory; ${inlined} nodes are computed by their readers`,
    ...lines,
    ...plan.copies.map(({ bytes }) => `      copy    ${bytes} B at the end`),
  ].join('\n')
}
