import type { Padding } from '../../src/layer/index.js'
import type { Vector } from './composite-formula.js'

/** An entry of a window: which of the window, and where it lies. */
interface Entry {
  readonly t: number
  readonly i: number
}
/** The entries that exist of each window along an axis of n entries, by TensorFlow's rule for padding. */
export type Windows = readonly (readonly Entry[])[]

/** The windows along an axis. */
export function windowsOf(n: number, size: number, stride = 1, dilation = 1, padding: Padding = 'valid'): Windows {
  const span = (size - 1) * dilation + 1
  const out: Entry[][] = []
  const before = padding === 'valid' ? 0 : Math.floor(Math.max(0, (Math.ceil(n / stride) - 1) * stride + span - n) / 2)
  const fits = (start: number): boolean =>
    padding === 'valid' ? start + span <= n : out.length < Math.ceil(n / stride)
  for (let start = -before; fits(start); start += stride) {
    const window: Entry[] = []
    for (let t = 0; t < size; t++) {
      const i = start + t * dilation
      if (i >= 0 && i < n) window.push({ t, i })
    }
    out.push(window)
  }
  return out
}

/** A convolution by loops. */
export interface Plane {
  readonly width: number
  readonly channels: number
  readonly filters: number
  readonly kernel: readonly [number, number]
  readonly down: Windows
  readonly across: Windows
}

/** Calls back with the places in y, x and W of every product of a convolution. */
export function products(
  { width, channels, filters, kernel, down, across }: Plane,
  each: (y: number, x: number, w: number) => void,
): void {
  for (const [a, rows] of down.entries())
    for (const [b, columns] of across.entries())
      for (const { t, i } of rows)
        for (const { t: u, i: j } of columns)
          for (let c = 0; c < channels; c++)
            for (let f = 0; f < filters; f++)
              each(
                (a * across.length + b) * filters + f,
                (i * width + j) * channels + c,
                ((t * kernel[1] + u) * channels + c) * filters + f,
              )
}

/** `y = x * W + b`. */
export function convolved(plane: Plane, x: Vector, w: Vector, b: Vector): number[] {
  const y = Array.from(
    { length: plane.down.length * plane.across.length * plane.filters },
    (_, k) => b[k % b.length] ?? 0,
  )
  products(plane, (to, from, at) => (y[to] = (y[to] ?? 0) + (x[from] ?? 0) * (w[at] ?? 0)))
  return y
}

/** A plane whose columns are all one entry: convolution over a line. */
export const line = (kernel: number, channels: number, filters: number, down: Windows): Plane => ({
  width: 1,
  channels,
  filters,
  kernel: [kernel, 1],
  down,
  across: windowsOf(1, 1),
})

/** The entries of each window of each channel, reduced. */
export function pools(
  x: Vector,
  width: number,
  channels: number,
  down: Windows,
  across: Windows,
  reduce: (entries: Vector) => number,
): number[] {
  return down.flatMap((rows) =>
    across.flatMap((columns) =>
      Array.from({ length: channels }, (_, c) =>
        reduce(rows.flatMap(({ i }) => columns.map(({ i: j }) => x[(i * width + j) * channels + c] ?? 0))),
      ),
    ),
  )
}

/** The mean of some numbers. */
export const mean = (x: Vector): number => x.reduce((a, b) => a + b, 0) / x.length

const depthwise = ([w = [], b = [], x = []]: readonly Vector[]): number[] => {
  const [down, across] = [windowsOf(3, 2), windowsOf(3, 2)]
  return down.flatMap((rows) =>
    across.flatMap((columns) =>
      [0, 1, 2, 3].map((out) => {
        const [c, m] = [out >> 1, out & 1]
        const terms = rows.flatMap(({ t, i }) =>
          columns.map(({ t: u, i: j }) => (x[(i * 3 + j) * 2 + c] ?? 0) * (w[((t * 2 + u) * 2 + c) * 2 + m] ?? 0)),
        )
        return terms.reduce((a, v) => a + v, b[out] ?? 0)
      }),
    ),
  )
}

/** The layers of the list that slide windows, by loops. */
export const sliding: { readonly [name: string]: (point: readonly Vector[]) => number[] } = {
  conv1d: ([w = [], b = [], x = []]) => convolved(line(3, 2, 2, windowsOf(5, 3, 1, 2, 'same')), x, w, b),
  conv2d: ([w = [], b = [], x = []]) =>
    convolved(
      {
        width: 4,
        channels: 2,
        filters: 2,
        kernel: [2, 3],
        down: windowsOf(3, 2, 1, 1, 'same'),
        across: windowsOf(4, 3, 2, 1, 'same'),
      },
      x,
      w,
      b,
    ),
  depthwiseConv2d: depthwise,
  conv2dTranspose: ([w = [], b = [], x = []]) => {
    const y = Array.from({ length: 20 }, () => b[0] ?? 0)
    for (const [at, v] of x.entries()) {
      const [row, column, c] = [at >> 2, (at >> 1) & 1, at & 1]
      for (let t = 0; t < 2; t++)
        for (let u = 0; u < 3; u++) {
          const to = (2 * row + t) * 5 + 2 * column + u
          y[to] = (y[to] ?? 0) + v * (w[(t * 3 + u) * 2 + c] ?? 0)
        }
    }
    return y
  },
  maxPool1d: ([x = []]) =>
    pools(x, 1, 2, windowsOf(5, 3, 2, 1, 'same'), windowsOf(1, 1), (entries) => Math.max(...entries)),
  maxPool2d: ([x = []]) => pools(x, 4, 1, windowsOf(4, 2, 2), windowsOf(4, 2, 2), (entries) => Math.max(...entries)),
  averagePool1d: ([x = []]) => pools(x, 1, 2, windowsOf(5, 2, 1, 1, 'same'), windowsOf(1, 1), mean),
  averagePool2d: ([x = []]) => pools(x, 4, 1, windowsOf(4, 2, 2), windowsOf(4, 2, 2), mean),
  globalAveragePool: ([x = []]) => [0, 1].map((c) => mean(x.filter((_, i) => i % 2 === c))),
  globalMaxPool: ([x = []]) => [0, 1].map((c) => Math.max(...x.filter((_, i) => i % 2 === c))),
  embedding: ([table = [], at = []]) => at.flatMap((i) => table.slice(2 * i, 2 * i + 2)),
}
