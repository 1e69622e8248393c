import { call, double, float, f64, get, i32, int, set, type Code } from '../assembler/index.js'
import type { MapName, MapNode, Node } from '../lower/node.js'
import { viewsOf } from '../lower/node.js'
import { whole, type View } from '../lower/view.js'
import { isFirst, type Imported, type Kernel } from './context.js'
import { addressOf, groupOf, nodeAt } from './expression.js'

/** An operation on f64; comparisons give an i32. */
type Operation = (args: readonly [Code, Code, Code], node: MapNode, kernel: Kernel) => Code

const host =
  (name: Imported): Operation =>
  ([x], _, { imports }) =>
    call(imports.indexOf(name), x)
const one = f64(1)
const chosen = (a: Code, b: Code, condition: Code): Code => double.select(a, b, condition)

const operations: { readonly [M in MapName]?: Operation } = {
  add: ([x, y]) => double.add(x, y),
  subtract: ([x, y]) => double.subtract(x, y),
  multiply: ([x, y]) => double.multiply(x, y),
  divide: ([x, y]) => double.divide(x, y),
  negate: ([x]) => double.negate(x),
  reciprocal: ([x]) => double.divide(one, x),
  sqrt: ([x]) => double.sqrt(x),
  abs: ([x]) => double.absolute(x),
  exp: host('exp'),
  log: host('log'),
  sin: host('sin'),
  cos: host('cos'),
  tanh: host('tanh'),
  erf: host('erf'),
  sigmoid: ([x], _, { imports }) => double.divide(one, double.add(one, call(imports.indexOf('exp'), double.negate(x)))),
  relu: ([x]) => chosen(x, f64(0), int.or(double.greater(x, f64(0)), double.notEqual(x, x))),
  step: ([x]) => chosen(x, double.ofInt(double.greater(x, f64(0))), double.notEqual(x, x)),
  sign: ([x]) =>
    chosen(
      x,
      double.subtract(double.ofInt(double.greater(x, f64(0))), double.ofInt(double.less(x, f64(0)))),
      double.notEqual(x, x),
    ),
  maximum: ([x, y]) => double.maximum(x, y),
  clip: ([x], { bounds: [low, high] = [0, 0] }) =>
    chosen(f64(low), chosen(f64(high), x, double.greater(x, f64(high))), double.less(x, f64(low))),
  less: ([x, y]) => double.less(x, y),
  equal: ([x, y]) => double.equal(x, y),
  select: ([c, x, y]) => chosen(x, y, c),
  copy: ([x]) => x,
}

/** The kernel of a group of scalars in float64: all are computed, then all are stored. */
export function emitScalars(kernel: Kernel): void {
  if (!isFirst(kernel)) return
  const { routine: f, plan } = kernel
  const { members } = groupOf(kernel)
  const known = new Map<string, number>()
  const own = new Set(members)
  /** The entry of a view: f64 at float64, f32 at float32, else i32. */
  const value = (view: View): Code => {
    const { source, dtype } = view
    if (typeof source === 'object')
      return dtype === 'float64' ? f64(source.constant) : constantOf(dtype, source.constant)
    const offset = view.offset
    if (source === 'index') return i32(offset)
    const key = own.has(source) ? `n${source}` : `m${source}+${offset}`
    const local = known.get(key)
    if (local !== undefined) return get(local)
    const at = addressOf(kernel, view)
    const load =
      dtype === 'float64'
        ? double.load(i32(0), at + 8 * offset)
        : dtype === 'float32'
          ? float.load(i32(0), at + 4 * offset)
          : int.load(i32(0), at + 4 * offset)
    const fresh = f.local(dtype === 'float64' ? 'f64' : dtype === 'float32' ? 'f32' : 'i32')
    known.set(key, fresh)
    f.body.push(set(fresh, load))
    return get(fresh)
  }
  for (const i of members) {
    const node = nodeAt(kernel, i)
    if (node.kind !== 'map') throw new TypeError(`compiled wasm: no kernel for ${node.kind} at dtype float64`)
    for (const v of viewsOf(node)) value(v)
    const code = computed(kernel, node, node.args.map(value))
    const local = f.local(node.dtype === 'float64' ? 'f64' : node.dtype === 'float32' ? 'f32' : 'i32')
    f.body.push(set(local, code))
    known.set(`n${i}`, local)
  }
  for (const i of members) {
    if (!plan.kept.has(i)) continue
    const { dtype, shape } = nodeAt(kernel, i)
    const at = addressOf(kernel, whole(i, dtype, shape))
    const local = get(known.get(`n${i}`) ?? 0)
    const store = dtype === 'float64' ? double.store : dtype === 'float32' ? float.store : int.store
    f.body.push(store(i32(0), at, local))
  }
}

const constantOf = (dtype: string, value: number): Code => (dtype === 'float32' ? float.constant(value) : i32(value))

function computed(kernel: Kernel, node: Node & MapNode, args: readonly Code[]): Code {
  const [x = [], y = [], z = []] = args
  if (node.op === 'cast') return converted(node.args[0]?.dtype ?? 'float64', node.dtype, x)
  const operation = operations[node.op]
  if (operation === undefined) throw new TypeError(`compiled wasm: no kernel for ${node.op} at dtype float64`)
  return operation([x, y, z], node, kernel)
}

/** Conversions as the reference makes them: floats to integers by their integer part modulo 2³². */
function converted(from: string, to: string, x: Code): Code {
  if (to === 'float64') return from === 'float32' ? double.ofFloat(x) : double.ofInt(x)
  if (to === 'float32') return double.toFloat(x)
  const size = double.absolute(x)
  const wrapped = double.toIntUnsigned(
    double.subtract(size, double.multiply(double.floor(double.multiply(size, f64(2 ** -32))), f64(2 ** 32))),
  )
  const word = int.multiply(wrapped, int.select(i32(-1), i32(1), double.less(x, f64(0))))
  return to === 'bit' ? int.and(word, i32(1)) : word
}
