type Vector = readonly number[]
type Formula = (point: readonly Vector[]) => number[]

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const at = (x: Vector, i: number): number => x[i] ?? Number.NaN

/** `Σᵢ tᵢ Πⱼ (xⱼ if bit j of i is 1, else 1 − xⱼ)`, the first x being the most significant bit. */
const interpolated = (entry: (i: number) => number, xs: Vector): number =>
  range(2 ** xs.length)
    .map((i) => xs.reduce((p, x, j) => p * ((i >> (xs.length - 1 - j)) & 1 ? x : 1 - x), entry(i)))
    .reduce((a, b) => a + b, 0)

/** What each model of circuits answers, at the sizes of the list, by its formula. */
export const circuitFormulas: { readonly [name: string]: Formula } = {
  lookup: ([table = [], x = []]) => range(2).map((k) => interpolated((i) => at(table, 2 * i + k), x)),
  lookups: ([table = [], wiring = [], x = []]) =>
    range(3).map((j) =>
      interpolated(
        (i) => at(table, 3 * i + j),
        range(2).map((i) => at(x, at(wiring, 3 * i + j))),
      ),
    ),
  switchedLookups([address = [], table = [], wiring = [], x = []]) {
    const read = range(4).map((q) => {
      const [first, second] = [at(x, at(wiring, q)), at(x, at(wiring, 4 + q))]
      return first * (1 - at(address, q)) + second * at(address, q)
    })
    return range(2).map((j) => interpolated((i) => at(table, 2 * i + j), [at(read, j), at(read, 2 + j)]))
  },
  ripple([table = [], x = []]) {
    const first = range(2).map((k) => interpolated((i) => at(table, 2 * i + k), [0, at(x, 0)]))
    return [at(first, 1), interpolated((i) => at(table, 2 * i + 1), [at(first, 0), at(x, 1)])]
  },
  accumulate([table = [], x = []]) {
    const next = (s: number, v: number): number => interpolated((i) => at(table, i), [s, v])
    return [next(next(0, at(x, 0)), at(x, 1))]
  },
  automaton: ([table = [], x = []]) =>
    range(6).map((place) => {
      const row = place - (place % 3)
      const seen = [place + 2, place, place + 1].map((j) => at(x, row + (j % 3)))
      return interpolated((i) => at(table, i), seen)
    }),
  ensemble: ([table = [], [x = 0] = []]) =>
    range(6).map((o) => {
      const [member, k] = [o >> 1, o & 1]
      return at(table, 4 * member + k) * (1 - x) + at(table, 4 * member + 2 + k) * x
    }),
  groupSum: ([x = []]) => range(2).map((g) => at(x, 3 * g) + at(x, 3 * g + 1) + at(x, 3 * g + 2)),
}
