import { size } from '../../object/index.js'
import { boundBatchMatMul } from './direct-matrix.js'
import { type HeldDtype, type KernelName } from './kernel.js'
import { at, type Machine } from './machine.js'
import { boundCast, boundConcat, boundGather, boundRandomBits, boundSlice, boundTile } from './direct-move.js'
import type { Instruction, InstructionOf, Operand, Plan } from './plan.js'

/** tfjs's numbers of the dtypes in its module. */
const code: { readonly [D in HeldDtype]: number } = { float32: 0, int32: 1, bit: 2 }

/** A call made from an instruction once, run many times. */
export type Bind<K extends KernelName> = (m: Machine, instruction: InstructionOf<K>, plan: Plan) => () => void

const dtypeOf = (x: Operand | undefined): number => code[x?.storage.dtype ?? 'float32']

function unary<K extends KernelName>(name: string): Bind<K> {
  return (m, { inputs: [x], out }) => {
    const [f, i, o, dtype, ids] = [m.call(name), at(x), at(out), dtypeOf(x), m.ids]
    return () => void f(ids[i] as number, dtype, ids[o] as number)
  }
}
function binary<K extends KernelName>(name: string): Bind<K> {
  return (m, { inputs: [a, b], out }) => {
    const [f, i, j, o, dtype, ids] = [m.call(name), at(a), at(b), at(out), dtypeOf(a), m.ids]
    const [p, q, r, s] = [m.list(a?.shape ?? []), m.list(b?.shape ?? []), a?.shape.length ?? 0, b?.shape.length ?? 0]
    return () => void f(ids[i] as number, p, r, ids[j] as number, q, s, dtype, ids[o] as number)
  }
}

const binders: { readonly [K in KernelName]: Bind<K> } = {
  Abs: unary('Abs'),
  Add: binary('Add'),
  ArgMax: (m, { inputs: [x], out }) => {
    const [f, i, o, ids, dtype, [outer = 1, inner = 1]] = [
      m.call('ArgMax'),
      at(x),
      at(out),
      m.ids,
      dtypeOf(x),
      x?.shape ?? [],
    ]
    return () => void f(ids[i] as number, dtype, outer, inner, ids[o] as number)
  },
  BatchMatMul: boundBatchMatMul,
  BitwiseAnd: binary('BitwiseAnd'),
  Cast: boundCast,
  ClipByValue: (m, { inputs: [x], out, attributes: { clipValueMin, clipValueMax } }) => {
    const [f, i, o, ids] = [m.call('ClipByValue'), at(x), at(out), m.ids]
    return () => void f(ids[i] as number, clipValueMin, clipValueMax, ids[o] as number)
  },
  Concat: boundConcat,
  Cos: unary('Cos'),
  Elu: unary('Elu'),
  Equal: binary('Equal'),
  Erf: unary('Erf'),
  Exp: unary('Exp'),
  FloorDiv: binary('FloorDiv'),
  GatherRows: boundGather,
  GatherV2: boundGather,
  Less: binary('Less'),
  Log: unary('Log'),
  LogicalAnd: binary('LogicalAnd'),
  LogicalNot: unary('LogicalNot'),
  Max: (m, { inputs: [x], out }) => {
    const [f, i, o, ids, dtype, [, inner = 1]] = [m.call('Max'), at(x), at(out), m.ids, dtypeOf(x), x?.shape ?? []]
    return () => void f(ids[i] as number, dtype, inner, ids[o] as number)
  },
  Maximum: binary('Maximum'),
  Minimum: binary('Minimum'),
  Mod: binary('Mod'),
  Multiply: binary('Multiply'),
  Neg: unary('Neg'),
  NotEqual: binary('NotEqual'),
  PadV2: (m, { inputs: [x], out, attributes: { paddings } }) => {
    const [f, i, o, ids, dtype, shape] = [m.call('PadV2'), at(x), at(out), m.ids, dtypeOf(x), x?.shape ?? []]
    const [p, before, after] = [m.list(shape), m.list(paddings.map((q) => q[0])), m.list(paddings.map((q) => q[1]))]
    return () => void f(ids[i] as number, p, shape.length, dtype, before, after, 0, ids[o] as number)
  },
  RandomBits: boundRandomBits,
  RealDiv: binary('RealDiv'),
  Relu: unary('Relu'),
  ScatterNd: (m, { inputs: [indices, values], out, attributes: { shape } }) => {
    const [f, i, j, o, ids, dtype] = [m.call('ScatterNd'), at(indices), at(values), at(out), m.ids, dtypeOf(values)]
    const [, width = 1] = shape
    const [count, step] = [indices?.storage.size ?? 0, m.list([1])]
    return () => void f(ids[i] as number, ids[j] as number, dtype, 1, count, width, step, size(shape), ids[o] as number)
  },
  Select: (m, { inputs: [c, x, y], out }) => {
    const [f, h, i, j, o, ids] = [m.call('SelectV2'), at(c), at(x), at(y), at(out), m.ids]
    return () => void f(ids[h] as number, ids[i] as number, ids[j] as number, 1, ids[o] as number)
  },
  Sigmoid: (m, { inputs: [x], out }) => {
    const [f, i, o, ids] = [m.call('Sigmoid'), at(x), at(out), m.ids]
    return () => void f(ids[i] as number, ids[o] as number)
  },
  Sin: unary('Sin'),
  Slice: boundSlice,
  Softmax: (m, { inputs: [x], out }) => {
    const [f, i, o, ids, [rows = 1, width = 1]] = [m.call('Softmax'), at(x), at(out), m.ids, x?.shape ?? []]
    return () => void f(ids[i] as number, ids[o] as number, width, rows)
  },
  Sqrt: unary('Sqrt'),
  Square: unary('Square'),
  Step: (m, { inputs: [x], out }) => {
    const [f, i, o, ids, dtype] = [m.call('Step'), at(x), at(out), m.ids, dtypeOf(x)]
    return () => void f(ids[i] as number, 0, dtype, ids[o] as number)
  },
  Sub: binary('Sub'),
  Sum: (m, { inputs: [x], out }) => {
    const [f, i, o, ids, dtype, [, inner = 1]] = [m.call('Sum'), at(x), at(out), m.ids, dtypeOf(x), x?.shape ?? []]
    return () => void f(ids[i] as number, inner, dtype, ids[o] as number)
  },
  Tanh: unary('Tanh'),
  Tile: boundTile,
  Transpose: (m, { inputs: [x], out, attributes: { perm } }) => {
    const [f, i, o, ids, dtype, shape] = [m.call('Transpose'), at(x), at(out), m.ids, dtypeOf(x), x?.shape ?? []]
    const [p, q] = [m.list(shape), m.list(perm)]
    return () => void f(ids[i] as number, p, shape.length, dtype, ids[o] as number, q, perm.length)
  },
}

/** The call of an instruction on a machine. */
export function boundCall(m: Machine, plan: Plan, instruction: Instruction): () => void {
  const bind = binders[instruction.kernel] as Bind<KernelName>
  return bind(m, instruction, plan)
}
