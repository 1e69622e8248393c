import type { Bind } from './direct-kernel.js'
import { at } from './machine.js'

/** Products of one matrix below which setting XNNPACK up costs more than a plain loop. */
const few = 2048

/**
 * Matrix products by XNNPACK: a batch of large ones is one call for every matrix, at identifiers that move along, since
 * the module computes a batch in one call by plain loops. XNNPACK packs its second operand once for an identifier; one
 * whose entries change between runs is registered anew after each, so that it is packed again.
 */
export const boundBatchMatMul: Bind<'BatchMatMul'> = (m, { inputs: [a, c], out }, plan) => {
  const [batch = 1, rows = 1, inner = 1] = a?.shape ?? []
  const columns = c?.shape[2] ?? 1
  const f = m.call('BatchMatMul')
  const [p, q] = [m.list([1, rows, inner]), m.list([1, inner, columns])]
  const [i, j, o, ids, pointers] = [at(a), at(c), at(out), m.ids, m.pointers]
  if (batch === 1) {
    const lasting = c !== undefined && (plan.kept.has(c.storage) || plan.code.inputs.includes(c.storage))
    const multiply = (): void => void f(ids[i] as number, p, 3, ids[j] as number, q, 3, 0, 0, ids[o] as number)
    if (lasting) return multiply
    return () => {
      multiply()
      m.place(ids[j] as number, inner * columns, pointers[j] as number)
    }
  }
  if (rows * inner * columns < few) {
    const [r, s] = [m.list([batch, rows, inner]), m.list([batch, inner, columns])]
    return () => void f(ids[i] as number, r, 3, ids[j] as number, s, 3, 0, 0, ids[o] as number)
  }
  const [left, right, result] = [m.fresh(), m.fresh(), m.fresh()]
  return () => {
    for (let b = 0; b < batch; b++) {
      m.place(left, rows * inner, (pointers[i] as number) + 4 * b * rows * inner)
      m.place(right, inner * columns, (pointers[j] as number) + 4 * b * inner * columns)
      m.place(result, rows * columns, (pointers[o] as number) + 4 * b * rows * columns)
      f(left, p, 3, right, q, 3, 0, 0, result)
    }
    m.place(right, inner * columns, pointers[j] as number)
  }
}
