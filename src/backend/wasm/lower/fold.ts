import { sameShape, size, type Dtype } from '../../../object/index.js'
import type { FoldAttributes } from '../../../primitive/index.js'
import type { Builder } from './builder.js'
import type { FoldNode, Node } from './node.js'
import { constantView, isWhole, type View } from './view.js'

/**
 * Windows added into what they were cut from. Windows that lie one after the other are a reshape, followed by what no
 * window has; a fold of a fold is one fold.
 */
export function foldView(
  b: Builder,
  arg: View,
  { axis, stride, dilation }: FoldAttributes,
  dtype: Dtype,
  shape: readonly number[],
): View {
  if (arg.shape.includes(0)) return constantView(0, dtype, shape)
  const [m = 1, k = 1] = arg.shape.slice(axis, axis + 2)
  if (b.on.folds && stride === k && dilation === 1) {
    const joined = b.reshape(arg, [...arg.shape.slice(0, axis), m * k, ...arg.shape.slice(axis + 2)])
    if (m * k === shape[axis]) return joined
    return b.node({ kind: 'place', parts: [{ view: joined, start: shape.map(() => 0) }] }, dtype, shape)
  }
  const targets = arg.shape.map((_, a) =>
    a < axis
      ? { axis: a, by: 1 }
      : a === axis
        ? { axis, by: stride }
        : a === axis + 1
          ? { axis, by: dilation }
          : { axis: a - 1, by: 1 },
  )
  const inner = b.on.folds && typeof arg.source === 'number' ? b.nodes[arg.source] : undefined
  if (inner?.kind === 'fold' && isWhole(arg, size(inner.shape)) && sameShape(arg.shape, inner.shape))
    return b.node(composed(inner, targets), dtype, shape)
  return b.node({ kind: 'fold', arg, targets }, dtype, shape)
}

/** First the inner fold, then the outer one. */
function composed(inner: Node & FoldNode, outer: FoldNode['targets']): FoldNode {
  const targets = inner.targets.map(({ axis, by }) => {
    const next = outer[axis] ?? { axis, by: 1 }
    return { axis: next.axis, by: by * next.by }
  })
  return { kind: 'fold', arg: inner.arg, targets }
}
