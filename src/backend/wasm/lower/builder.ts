import { sameShape, size, type Dtype } from '../../../object/index.js'
import type { Chosen } from '../pass.js'
import { constantView, isWhole, keyOfView, reshapeView, whole, type View } from './view.js'
import { viewsOf, type MapName, type MapNode, type Node, type NodeBody } from './node.js'

/** Makes nodes; equal ones once, unless that pass is not made. Every method answers a view of what was made. */
export interface Builder {
  readonly nodes: Node[]
  /** The passes that are made. */
  readonly on: Chosen
  /** A node of a type. */
  node(body: NodeBody, dtype: Dtype, shape: readonly number[]): View
  /** Entry by entry, with the differences and quotients that the operands allow. */
  map(op: MapName, args: readonly View[], dtype?: Dtype, bounds?: readonly [number, number]): View
  sum(arg: View, axes: readonly number[]): View
  /** The view in another shape, copied where it has to be. */
  reshape(view: View, shape: readonly number[]): View
  /** The view as an array of its own, copied where it is not. */
  array(view: View): View
  /** The entrywise node whose whole array a view is. */
  made(view: View): (MapNode & Node) | undefined
}

/** A builder without nodes. */
export function builder(on: Chosen): Builder {
  const nodes: Node[] = []
  const known = new Map<string, number>()
  const isArray = (view: View): boolean =>
    typeof view.source === 'number' && isWhole(view, size(nodes[view.source]?.shape ?? []))
  const self: Builder = {
    nodes,
    on,
    node(body, dtype, shape) {
      if (size(shape) === 0) return constantView(0, dtype, shape)
      const node: Node = { ...body, dtype, shape }
      const key = keyOfNode(node)
      let at = on.terms ? known.get(key) : undefined
      if (at === undefined) {
        at = nodes.push(node) - 1
        known.set(key, at)
      }
      return whole(at, dtype, shape)
    },
    map(op, args, dtype, bounds) {
      const [x, y] = args
      const shape = x?.shape ?? []
      const to = dtype ?? x?.dtype ?? 'float32'
      const plain = (name: MapName, operands: readonly View[]): View =>
        self.node({ kind: 'map', op: name, args: operands, ...(bounds === undefined ? {} : { bounds }) }, to, shape)
      if (x === undefined) return plain(op, args)
      if (on.differences && op === 'add' && y !== undefined && to !== 'bit') {
        const [a, b] = [self.made(x), self.made(y)]
        const [minusY] = b?.op === 'negate' ? b.args : []
        if (minusY !== undefined) return plain('subtract', [x, minusY])
        const [minusX] = a?.op === 'negate' ? a.args : []
        if (minusX !== undefined) return plain('subtract', [y, minusX])
      }
      if (on.quotients && op === 'multiply' && y !== undefined) {
        const [a, b] = [self.made(x), self.made(y)]
        const [underY] = b?.op === 'reciprocal' ? b.args : []
        if (underY !== undefined) return plain('divide', [x, underY])
        const [underX] = a?.op === 'reciprocal' ? a.args : []
        if (underX !== undefined) return plain('divide', [y, underX])
      }
      // step(relu x) = step x, and relu x is kept for the weights' gradient.
      if (on.rectifiers && op === 'step') {
        const rectified = known.get(keyOfNode({ kind: 'map', op: 'relu', args: [x], dtype: to, shape }))
        if (rectified !== undefined) return plain('step', [whole(rectified, to, shape)])
      }
      // In program order, so that equal layers have equal kernels whatever the ranks of their wires are.
      return plain(op, op === 'add' || op === 'multiply' ? [...args].sort((a, b) => placeOf(a) - placeOf(b)) : args)
    },
    sum(arg, axes) {
      const kept = arg.shape.filter((_, a) => !axes.includes(a))
      if (size(arg.shape) === 0) return constantView(0, arg.dtype, kept)
      const summed = axes.filter((a) => arg.shape[a] !== 1)
      if (summed.length === 0) return self.reshape(arg, kept)
      return self.node({ kind: 'reduce', op: 'sum', arg, axes }, arg.dtype, kept)
    },
    reshape(view, shape) {
      if (size(shape) === 0) return constantView(0, view.dtype, shape)
      return reshapeView(view, shape) ?? (reshapeView(self.array(view), shape) as View)
    },
    array: (view) =>
      isArray(view) ? view : self.node({ kind: 'map', op: 'copy', args: [view] }, view.dtype, view.shape),
    made(view) {
      if (!isArray(view)) return undefined
      const node = nodes[view.source as number]
      return node?.kind === 'map' && sameShape(node.shape, view.shape) ? node : undefined
    },
  }
  return self
}

/** Constants and positions, then nodes in their order. */
const placeOf = ({ source }: View): number => (typeof source === 'number' ? source : -1)

/** A name that equal nodes share. */
function keyOfNode(node: Node): string {
  const { kind, dtype, shape } = node
  let key = `${kind} ${dtype} ${shape.join()} ${attributesOf(node)}`
  for (const view of viewsOf(node)) key += ` ${keyOfView(view)}`
  return key
}

/** What tells nodes of a kind apart beside their views. */
function attributesOf(node: Node): string {
  switch (node.kind) {
    case 'input':
      return String(node.index)
    case 'map':
      return node.bounds === undefined ? node.op : `${node.op} ${node.bounds.join()}`
    case 'reduce':
      return `${node.op} ${node.axes.join()}`
    case 'contract':
      return JSON.stringify([node.outer, node.rows, node.inner, node.columns])
    case 'place':
      return node.parts.map((p) => p.start.join()).join(';')
    case 'fold':
      return node.targets.map((t) => `${t.axis}*${t.by}`).join()
    case 'gather':
    case 'scatter':
    case 'random':
      return ''
  }
}
