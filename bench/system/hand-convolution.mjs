const block = 256

/** The calls of the CNN: each convolution is im2col and a product. The order of calls is that of work.mjs' CNN. */
export function convolutions({ batch: n }, batch, { exports, room }, p, gradients, x) {
  const { col2im, colsum, gemm4, im2col, maxpool2, maxpool2_grad: unpool } = exports
  const scratch = room(64 + block * 1024)
  const first = layer(28, 1, 8)
  const second = layer(12, 8, 16)
  const [logits, cotangent, flat] = [room(n * 10), room(n * 10), room(n * 256)]
  const [spread, middle] = [room(second.rows * second.width), room(first.rows * 2)]

  /** The sizes and buffers of a convolution of [side, side, c] to o channels, and of the maximum after it. */
  function layer(side, c, o) {
    const out = side - 4
    const [rows, width] = [n * out * out, 25 * c]
    const buffers = { columns: room(rows * width), out: room(rows * o), back: room(rows * o) }
    return {
      side,
      c,
      o,
      outSide: out,
      rows,
      width,
      ...buffers,
      pooled: room(rows * (o / 4)),
      chosen: room(rows * (o / 4)),
    }
  }
  /** C[M, N] = A·B: `a` and `b` are addresses with their strides. */
  const product = (a, [row, column], b, stride, transposed, c, [m, k, inner], bias = 0, relu = 0) =>
    gemm4(a, row, column, b, stride, transposed, c, m, k, inner, bias, relu, 0, scratch, block, 1)

  function convolve(input, l, weight, bias) {
    im2col(input, l.columns, n, l.side, l.side, l.c, 5, 5)
    product(l.columns, [l.width, 1], weight, l.o, 0, l.out, [l.rows, l.o, l.width], bias, 1)
    maxpool2(l.out, l.pooled, l.chosen, n, l.outSide, l.outSide, l.o)
  }
  function gradientsOf(l, g, toWeight, toBias) {
    unpool(g, l.pooled, l.chosen, l.back, n, l.outSide, l.outSide, l.o)
    colsum(l.back, toBias, l.rows, l.o)
    product(l.columns, [1, l.width], l.back, l.o, 0, toWeight, [l.width, l.o, l.rows])
  }
  return {
    logits,
    cotangent,
    forward() {
      convolve(x, first, p[0], p[1])
      convolve(first.pooled, second, p[2], p[3])
      product(second.pooled, [256, 1], p[4], 10, 0, logits, [n, 10, 256], p[5])
    },
    backward() {
      product(second.pooled, [1, 256], cotangent, 10, 0, gradients[4], [256, 10, n])
      colsum(cotangent, gradients[5], n, 10)
      product(cotangent, [10, 1], p[4], 10, 1, flat, [n, 256, 10])
      gradientsOf(second, flat, gradients[2], gradients[3])
      product(second.back, [16, 1], p[2], 16, 1, spread, [second.rows, second.width, 16])
      col2im(spread, middle, n, 12, 12, 8, 5, 5)
      gradientsOf(first, middle, gradients[0], gradients[1])
    },
  }
}
