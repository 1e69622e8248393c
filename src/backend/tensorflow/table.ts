import type { Dtype, Type } from '../../object/index.js'
import type { CastAttributes, ConstantAttributes } from '../../primitive/index.js'
import type { Attributes } from '../../structure/index.js'
import type { Entry, Lowering } from '../table.js'
import { emitExp, emitLogSumExp, emitTanh } from './analytic.js'
import {
  emitAdd,
  emitClip,
  emitConstant,
  emitMaximumByLess,
  emitMultiply,
  emitNegate,
  emitReciprocal,
  emitStep,
  emitWrappingMultiply,
} from './arithmetic.js'
import type { Emit, EmitTable } from './builder.js'
import { emitLess, emitSelect } from './compare.js'
import { emitContract } from './contract.js'
import type { Device } from './device.js'
import { simple } from './elementwise.js'
import { castEntry } from './cast.js'
import { emitGather, emitIota, emitRandomBits, emitScatterAdd } from './gather.js'
import { emitBroadcast, emitConcat, emitPad, emitReshape, emitSlice, emitTranspose } from './layout.js'
import * as lowering from './lowering.js'
import { emitArgmax, emitMax, emitSum } from './reduce.js'
import { reasonAgainst } from './refuse.js'
import { foldByPads, windowsBySlices } from './windows.js'

type Choice = Entry<Emit>
type Rule = (dom: readonly Type[], attributes: Attributes) => Choice

const kernel = (emit: Emit): Choice => ({ kernel: emit })

/** An entry for each dtype of an operand that tfjs has; one that is left out is refused. */
function by(choices: { readonly [D in Dtype]?: Choice }, operand = 0): Rule {
  return (dom) => choose(choices, dom[operand]?.dtype ?? 'float32')
}

function choose(choices: { readonly [D in Dtype]?: Choice }, dtype: Dtype): Choice {
  const unsupported = reasonAgainst(dtype)
  if (unsupported !== undefined) return { unsupported }
  return choices[dtype] ?? { unsupported: `tfjs has no kernel for it at dtype ${dtype}` }
}

/** The same kernel for all dtypes that tfjs has. */
function every(emit: Emit): Rule {
  return by({ float32: kernel(emit), int32: kernel(emit), bit: kernel(emit) })
}
/** The same lowering for all dtypes that tfjs has. */
function lowered(lower: Lowering): Rule {
  return by({ float32: { lower }, int32: { lower }, bit: { lower } })
}
/** A kernel for float32, the only dtype that the primitive is defined at and tfjs has. */
function real(emit: Emit): Rule {
  return by({ float32: kernel(emit) })
}

/** What a tfjs backend does with each primitive. */
export function tableOf(device: Device): EmitTable {
  const product = kernel(device.integers === 'double' ? emitWrappingMultiply : emitMultiply)
  return {
    add: by({ float32: kernel(emitAdd), int32: kernel(emitAdd), bit: kernel(simple('NotEqual')) }),
    multiply: by({ float32: kernel(emitMultiply), int32: product, bit: kernel(simple('LogicalAnd')) }),
    negate: by({
      float32: kernel(emitNegate),
      int32: { lower: lowering.negateInteger },
      bit: { lower: (_, [x]) => (x === undefined ? [] : [x]) },
    }),
    constant: (_, attributes) =>
      choose(
        { float32: kernel(emitConstant), int32: kernel(emitConstant), bit: kernel(emitConstant) },
        (attributes as ConstantAttributes).dtype,
      ),
    reciprocal: real(emitReciprocal),
    exp: real(emitExp),
    log: real(simple('Log')),
    sqrt: real(simple('Sqrt')),
    sin: real(simple('Sin')),
    cos: real(simple('Cos')),
    tanh: real(emitTanh),
    sigmoid: real(simple('Sigmoid')),
    erf: real(simple('Erf')),
    relu: by({ float32: kernel(simple('Relu')), int32: { lower: lowering.reluInteger } }),
    step: by({ float32: kernel(emitStep), int32: { lower: lowering.stepInteger } }),
    sign: by({ float32: { lower: lowering.signReal }, int32: { lower: lowering.signInteger } }),
    // tfjs's kernel on cpu leaves a tensor behind at each call.
    abs: by({
      float32: device.name === 'cpu' ? { lower: lowering.absByMaximum } : kernel(simple('Abs')),
      int32: { lower: lowering.absByMaximum },
    }),
    maximum: by({
      float32: kernel(device.wasm ? emitMaximumByLess : simple('Maximum')),
      int32: kernel(simple('Maximum')),
    }),
    clip: (dom, attributes) =>
      choose(
        {
          float32: lowering.degenerate(attributes) ? { lower: lowering.clipByLess } : kernel(emitClip),
          int32: { lower: lowering.clipByLess },
        },
        dom[0]?.dtype ?? 'float32',
      ),
    less: by({ float32: kernel(emitLess), int32: kernel(emitLess) }),
    equal: every(simple('Equal')),
    select: by({ float32: kernel(emitSelect), int32: kernel(emitSelect), bit: { lower: lowering.selectBits } }, 1),
    broadcast: every(emitBroadcast),
    sum: by({ float32: kernel(emitSum), int32: kernel(emitSum), bit: { lower: lowering.sumBits } }),
    reshape: every(emitReshape),
    transpose: every(emitTranspose),
    slice: every(emitSlice),
    pad: every(emitPad),
    concat: every(emitConcat),
    contract: by({
      float32: kernel(emitContract),
      int32: { lower: lowering.contractIntegers },
      bit: { lower: lowering.contractBits },
    }),
    windows: lowered(windowsBySlices),
    fold: lowered(foldByPads),
    argmax: by({ float32: kernel(emitArgmax), int32: kernel(emitArgmax) }),
    reduceMax: by({ float32: kernel(emitMax), int32: kernel(emitMax) }),
    logSumExp: real(emitLogSumExp),
    gather: by({ float32: kernel(emitGather), int32: kernel(emitGather), bit: { lower: lowering.gatherBits } }),
    scatterAdd: by(
      {
        float32: kernel(emitScatterAdd),
        int32: kernel(emitScatterAdd),
        bit: { lower: lowering.scatterAddBits },
      },
      1,
    ),
    iota: every(emitIota),
    randomBits: kernel(emitRandomBits),
    cast: (dom, attributes) => castEntry(dom[0]?.dtype ?? 'float32', (attributes as CastAttributes).dtype),
  }
}
