import type { Add, Divide, Multiply, Subtract } from '../optic/index.js'
import { pad, windowCount, windows } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'

/** `valid`: windows inside only. `same`: zeros around, as many as make ⌈n / stride⌉ windows of n entries, fewer before than after. */
export type Padding = 'valid' | 'same'
/** A number for both axes, or one for each. */
export type PerAxis = number | [number, number]
/** The number for an axis. */
export type AxisOf<K extends PerAxis, I extends 0 | 1> = K extends [infer A extends number, infer B extends number]
  ? [A, B][I]
  : K extends number
    ? K
    : number

/** How many entries a window of size k reaches over: `(k − 1) d + 1`. */
export type Span<K extends number, D extends number> = D extends 1 ? K : Add<Multiply<Subtract<K, 1>, D>, 1>
/** How many windows of size k there are on n entries: `⌊(n − span) / s⌋ + 1`, or `⌈n / s⌉`. */
export type Slide<
  N extends number,
  K extends number,
  S extends number,
  D extends number,
  Q extends Padding,
> = Q extends 'same' ? Add<Divide<Subtract<N, 1>, S>, 1> : Add<Divide<Subtract<N, Span<K, D>>, S>, 1>

/** How windows of size K lie: one entry apart, next to one another, and inside, unless said. */
export interface SlideOptions<K extends PerAxis, S extends PerAxis, D extends PerAxis, Q extends Padding> {
  readonly size: K
  readonly stride?: S
  readonly dilation?: D
  readonly padding?: Q
}

/** How windows lie along one axis: how many of how many entries, and the padding before and after. */
export interface Sliding {
  readonly count: number
  readonly size: number
  readonly stride: number
  readonly dilation: number
  readonly before: number
  readonly after: number
}

/** The number for an axis. */
function forAxis(value: PerAxis, axis: 0 | 1): number {
  return typeof value === 'number' ? value : value[axis]
}

/** Throws where a size of a layer is not an integer ≥ 1: `conv2d: the stride 0 is not an integer ≥ 1`. */
export function checkNumbers(name: string, numbers: { readonly [what: string]: number }): void {
  for (const [what, n] of Object.entries(numbers))
    if (!Number.isSafeInteger(n) || n < 1) throw new TypeError(`${name}: the ${what} ${n} is not an integer ≥ 1`)
}

type Options = SlideOptions<PerAxis, PerAxis, PerAxis, Padding>

/** What options say of an axis of n entries. Throws where a number is not an integer ≥ 1, or the padding is none. */
export function numbersOf(
  name: string,
  n: number,
  axis: 0 | 1,
  options: Options,
): Pick<Sliding, 'size' | 'stride' | 'dilation'> {
  const padding: string = options.padding ?? 'valid'
  if (padding !== 'valid' && padding !== 'same')
    throw new TypeError(`${name}: the padding is 'valid' or 'same', given '${padding}'`)
  const numbers = {
    size: forAxis(options.size, axis),
    stride: forAxis(options.stride ?? 1, axis),
    dilation: forAxis(options.dilation ?? 1, axis),
  }
  checkNumbers(name, { 'number of entries': n, ...numbers })
  return numbers
}

/** The windows on n entries along one axis. Throws where none fits: `conv2d: a window that spans 5 does not fit into 4 entries`. */
export function slidingOf(name: string, n: number, axis: 0 | 1, options: Options): Sliding {
  const { size, stride, dilation } = numbersOf(name, n, axis, options)
  const same = options.padding === 'same'
  const span = (size - 1) * dilation + 1
  const count = same ? Math.ceil(n / stride) : windowCount(n, { size, stride, dilation })
  if (count < 1) throw new TypeError(`${name}: a window that spans ${span} does not fit into ${n} entries`)
  const around = same ? Math.max(0, (count - 1) * stride + span - n) : 0
  const before = Math.floor(around / 2)
  return { count, size, stride, dilation, before, after: around - before }
}

/** The windows of a wire along an axis, zeros where they reach beyond it: [.., n, ..] → [.., count, size, ..]. */
export function cut(x: Wire, axis: number, { size, stride, dilation, before, after }: Sliding): Wire {
  const at = (k: number): number[] => x.type.shape.map((_, a) => (a === axis ? k : 0))
  const padded = before + after === 0 ? x : pad(x, at(before), at(after))
  return windows(padded, { axis, size, stride, dilation })
}
