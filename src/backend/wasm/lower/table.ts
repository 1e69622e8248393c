import type { Dtype, Type } from '../../../object/index.js'
import type {
  AxisAttributes,
  BroadcastAttributes,
  ClipAttributes,
  ConcatAttributes,
  ConstantAttributes,
  ContractAttributes,
  FoldAttributes,
  IotaAttributes,
  PadAttributes,
  PrimitiveName,
  ReshapeAttributes,
  SliceAttributes,
  SumAttributes,
  TransposeAttributes,
  WindowsAttributes,
} from '../../../primitive/index.js'
import type { Attributes } from '../../../structure/index.js'
import type { Builder } from './builder.js'
import { normalised } from './softmax.js'
import { contractView } from './contract.js'
import { foldView } from './fold.js'
import type { MapName } from './node.js'
import { broadcastView, constantView, indexView, sliceView, transposeView, windowsView, type View } from './view.js'

/** A primitive as nodes and views of them. */
export type Lower = (b: Builder, attributes: Attributes, args: readonly View[], cod: Type) => View

/** What the backend does at each primitive, exhaustive: a new primitive stops it from compiling. */
export type Table = { readonly [P in PrimitiveName]: Lower }

const [first, second]: ((args: readonly View[]) => View)[] = [0, 1].map((i) => (args: readonly View[]) => {
  const view = args[i]
  if (view === undefined) throw new TypeError(`compiled wasm: operand ${i} is missing`)
  return view
}) as [(args: readonly View[]) => View, (args: readonly View[]) => View]

const map =
  (op: MapName): Lower =>
  (b, _, args, cod) =>
    b.map(op, args, cod.dtype)

const negation: Lower = (b, _, args, cod) => (cod.dtype === 'bit' ? first(args) : b.map('negate', args))

/** The lowering of every primitive. */
export const table: Table = {
  add: map('add'),
  multiply: map('multiply'),
  negate: negation,
  constant: (_, attributes) => {
    const { value, dtype, shape } = attributes as ConstantAttributes
    return constantView(dtype === 'bit' ? value & 1 : value, dtype, shape)
  },
  reciprocal: map('reciprocal'),
  exp: (b, _, args) => normalised(b, first(args)) ?? b.map('exp', args),
  log: map('log'),
  sqrt: map('sqrt'),
  sin: map('sin'),
  cos: map('cos'),
  tanh: map('tanh'),
  sigmoid: map('sigmoid'),
  erf: map('erf'),
  relu: map('relu'),
  step: map('step'),
  sign: map('sign'),
  abs: map('abs'),
  maximum: map('maximum'),
  clip: (b, attributes, args, { dtype }) => {
    const { low, high } = attributes as ClipAttributes
    return b.map('clip', args, dtype, [low, high])
  },
  less: map('less'),
  equal: map('equal'),
  select: (b, _, args, { dtype }) => b.map('select', args, dtype),
  broadcast: (_, attributes, args) => {
    const { axes, shape } = attributes as BroadcastAttributes
    return broadcastView(first(args), axes, shape)
  },
  sum: (b, attributes, args) => b.sum(first(args), (attributes as SumAttributes).axes),
  reshape: (b, attributes, args) => b.reshape(first(args), (attributes as ReshapeAttributes).shape),
  transpose: (_, attributes, args) => transposeView(first(args), (attributes as TransposeAttributes).axes),
  slice: (_, attributes, args) => {
    const { start, size } = attributes as SliceAttributes
    return sliceView(first(args), start, size)
  },
  pad: (b, attributes, args, { dtype, shape }) => {
    const x = first(args)
    const { before } = attributes as PadAttributes
    if (x.shape.includes(0)) return constantView(0, dtype, shape)
    return b.node({ kind: 'place', parts: [{ view: x, start: before }] }, dtype, shape)
  },
  concat: (b, attributes, args, { dtype, shape }) => {
    const { axis } = attributes as ConcatAttributes
    let at = 0
    const parts = args.map((view) => {
      const start = view.shape.map((_, a) => (a === axis ? at : 0))
      at += view.shape[axis] ?? 0
      return { view, start }
    })
    const present = parts.filter(({ view }) => !view.shape.includes(0))
    const [only] = present
    if (only !== undefined && present.length === 1) return only.view
    return b.node({ kind: 'place', parts: present }, dtype, shape)
  },
  contract: (b, attributes, args) => contractView(b, first(args), second(args), attributes as ContractAttributes),
  argmax: (b, attributes, args, { shape }) =>
    b.node(
      { kind: 'reduce', op: 'argmax', arg: first(args), axes: [(attributes as AxisAttributes).axis] },
      'int32',
      shape,
    ),
  reduceMax: (b, attributes, args, { shape }) => largest(b, first(args), (attributes as AxisAttributes).axis, shape),
  logSumExp: (b, attributes, args, { shape }) => {
    const x = first(args)
    const { axis } = attributes as AxisAttributes
    const top = largest(b, x, axis, shape)
    const shifted = b.map('subtract', [x, broadcastView(top, [axis], x.shape)])
    return b.map('addLog', [top, b.sum(b.map('exp', [shifted]), [axis])])
  },
  gather: (b, _, args, { dtype, shape }) => {
    const table = first(args)
    if (table.shape.includes(0)) return constantView(0, dtype, shape)
    return b.node({ kind: 'gather', table: b.array(table), indices: b.array(second(args)) }, dtype, shape)
  },
  scatterAdd: (b, _, args, { dtype, shape }) => {
    const [indices, values] = [first(args), second(args)]
    if (values.shape.includes(0)) return constantView(0, dtype, shape)
    return b.node({ kind: 'scatter', indices: b.array(indices), values: b.array(values) }, dtype, shape)
  },
  iota: (_, attributes) => {
    const { shape, axis } = attributes as IotaAttributes
    return indexView(shape, axis)
  },
  windows: (_, attributes, args, { shape }) => {
    const { axis, size, stride, dilation } = attributes as WindowsAttributes
    return windowsView(first(args), axis, shape[axis] ?? 0, size, stride, dilation)
  },
  fold: (b, attributes, args, { dtype, shape }) => foldView(b, first(args), attributes as FoldAttributes, dtype, shape),
  randomBits: (b, _, args, { dtype, shape }) => b.node({ kind: 'random', keys: b.array(first(args)) }, dtype, shape),
  cast: (b, _, args, cod) => {
    const x = first(args)
    return sameWords(x.dtype, cod.dtype) ? { ...x, dtype: cod.dtype } : b.map('cast', [x], cod.dtype)
  },
}

const largest = (b: Builder, x: View, axis: number, shape: readonly number[]): View =>
  x.shape[axis] === 1
    ? b.reshape(x, shape)
    : b.node({ kind: 'reduce', op: 'max', arg: x, axes: [axis] }, x.dtype, shape)

/** Bits are held as the int32 0 and 1. */
const sameWords = (from: Dtype, to: Dtype): boolean => from === to || (from === 'bit' && to === 'int32')
