import { size } from '../../object/index.js'
import type { KernelFunction, TensorInfo, TensorflowDtype } from './kernel.js'
import { shade, type Shader } from './webgpu-program.js'

/** tfjs's kernel, and this project's where it is the better. */
type Choice = (theirs: KernelFunction | undefined) => KernelFunction
/** The longest axis along which one thread goes alone. */
const longest = 64
/** The most entries that are moved or made one by one. */
const few = 4096

const product: Shader = {
  name: 'product',
  entry: `
    let column = index % uniforms.columns;
    let row = index / uniforms.columns;
    let first = row / uniforms.rows * uniforms.inner * uniforms.columns + column;
    var out = 0.0;
    for (var k = 0; k < uniforms.inner; k++) {
      out += A[row * uniforms.inner + k] * B[first + k * uniforms.columns];
    }`,
  uniforms: ['rows', 'inner', 'columns'],
}

/** [b, m, k] by [b, k, n]; a thread for each entry of a small product, which tfjs gives 256 threads that wait for each other. */
export const matrixProduct: Choice = (theirs) => (call) => {
  const { a, b } = call.inputs as { readonly a: TensorInfo; readonly b: TensorInfo }
  const [batch = 1, rows = 1, inner = 1] = a.shape
  const columns = b.shape[2] ?? 1
  const n = batch * rows * columns
  if (theirs !== undefined && (n > few || inner > longest)) return theirs(call)
  return shade(call.backend, product, [a, b], n, 'float32', [rows, inner, columns])
}

const reduction = (name: string, each: string): Shader => ({
  name,
  entry: `
    let start = index * uniforms.width;
    var out = A[start];
    for (var k = 1; k < uniforms.width; k++) { let x = A[start + k]; ${each} }`,
  uniforms: ['width'],
})

/** A reduction of rows; a thread for each short one, to which tfjs gives 64 that wait for each other. */
const rows =
  (shader: Shader): Choice =>
  (theirs) =>
  (call) => {
    const { x } = call.inputs as { readonly x: TensorInfo }
    const [count = 1, width = 1] = x.shape
    if (theirs !== undefined && (x.dtype !== 'float32' || width > longest)) return theirs(call)
    return shade(call.backend, shader, [x], count, x.dtype, [width])
  }

/** The sum of rows, from left to right where they are short. */
export const sum: Choice = rows(reduction('sum', 'out += x;'))
/** The largest entry of rows; NaN where one is. */
export const max: Choice = rows(reduction('max', 'if (!isnan(out) && (isnan(x) || x > out)) { out = x; }'))

const permutation = (rank: number, dtype: TensorflowDtype): Shader => {
  const axes = Array.from({ length: rank }, (_, i) => rank - 1 - i)
  return {
    name: `permutation ${rank} ${dtype}`,
    entry: `
      var rest = index;
      var at = 0;
      ${axes.map((i) => `at += rest % uniforms.n${i} * uniforms.s${i}; rest /= uniforms.n${i};`).join(' ')}
      let out = A[at];`,
    uniforms: axes.flatMap((i) => [`n${i}`, `s${i}`]),
  }
}

/** Axes permuted; tfjs's takes whole numbers for floats and is refused, and waits for 256 threads where two axes are swapped. */
export const transpose: Choice = (theirs) => (call) => {
  const { x } = call.inputs as { readonly x: TensorInfo }
  const { perm } = call.attrs as { readonly perm: readonly number[] }
  if (theirs !== undefined && x.dtype === 'float32' && size(x.shape) > few) return theirs(call)
  const given = perm.map((a) => [x.shape[a] ?? 1, size(x.shape.slice(a + 1))]).reverse()
  return shade(call.backend, permutation(perm.length, x.dtype), [x], size(x.shape), x.dtype, given.flat())
}
