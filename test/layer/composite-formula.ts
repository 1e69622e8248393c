/** Numbers in a row, row-major. */
export type Vector = readonly number[]

const sum = (x: Vector): number => x.reduce((a, b) => a + b, 0)
const mean = (x: Vector): number => sum(x) / x.length
const rowsOf = (x: Vector, n: number): Vector[] =>
  Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, (i + 1) * n))

/** `2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1))`, to the last bits for |x| < 3. */
function erf(x: number): number {
  let [total, term] = [0, x]
  for (let n = 0; n < 80; n++) {
    total += term / (2 * n + 1)
    term *= -(x * x) / (n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * total
}

/** `(x − mean) / √(var + 1)`. */
function standard(x: Vector): number[] {
  const m = mean(x)
  const deviation = Math.sqrt(mean(x.map((v) => (v - m) ** 2)) + 1)
  return x.map((v) => (v - m) / deviation)
}

/** The product of a matrix of rows and a matrix [n, o], row-major. */
export function times(x: readonly Vector[], w: Vector): number[][] {
  return x.map((row) => {
    const o = w.length / row.length
    return Array.from({ length: o }, (_, j) => sum(row.map((v, i) => v * (w[i * o + j] ?? 0))))
  })
}

/** Attention of two heads over rows of four, place by place. */
function attention(causal: boolean): (point: readonly Vector[]) => number[] {
  return ([query = [], key = [], value = [], out = [], x = []]) => {
    const rows = rowsOf(x, 4)
    const [q, k, v] = [times(rows, query), times(rows, key), times(rows, value)]
    const mixed = q.map((at, t) => {
      const seen = k.flatMap((_, s) => (causal && s > t ? [] : [s]))
      return [0, 1].flatMap((head) => {
        const part = (row: Vector | undefined): Vector => (row ?? []).slice(2 * head, 2 * head + 2)
        const scores = seen.map((s) => sum(part(at).map((a, i) => a * (part(k[s])[i] ?? 0))) / Math.sqrt(2))
        const top = Math.max(...scores)
        const weights = scores.map((a) => Math.exp(a - top))
        return [0, 1].map((i) => sum(seen.map((s, j) => (weights[j] ?? 0) * (part(v[s])[i] ?? 0))) / sum(weights))
      })
    })
    return times(mixed, out).flat()
  }
}

const sigma = (v: number): number => 1 / (1 + Math.exp(-v))
/** `v W`, entry j. */
const entry = (v: Vector, w: Vector, width: number, j: number): number =>
  sum(v.map((a, i) => a * (w[i * width + j] ?? 0)))

/** The states of a GRU in two dimensions. */
function gruStates(input: Vector, bias: Vector, gates: Vector, candidate: Vector, x: Vector): Vector[] {
  let h: Vector = [0, 0]
  return rowsOf(x, 2).map((row) => {
    const own = (j: number): number => entry(row, input, 6, j) + (bias[j] ?? 0)
    const gate = (from: number): number[] => [0, 1].map((j) => sigma(own(from + j) + entry(h, gates, 4, from + j)))
    const [z, r] = [gate(0), gate(2)]
    const reset = h.map((a, j) => a * (r[j] ?? 0))
    h = h.map((a, j) => {
      const keep = z[j] ?? 0
      return keep * a + (1 - keep) * Math.tanh(own(4 + j) + entry(reset, candidate, 2, j))
    })
    return h
  })
}

/** The states of an LSTM in two dimensions. */
function lstmStates(input: Vector, bias: Vector, hidden: Vector, x: Vector): Vector[] {
  let [h, c]: [Vector, Vector] = [
    [0, 0],
    [0, 0],
  ]
  return rowsOf(x, 2).map((row) => {
    const at = (j: number): number => entry(row, input, 8, j) + entry(h, hidden, 8, j) + (bias[j] ?? 0)
    c = c.map((a, j) => sigma(at(2 + j)) * a + sigma(at(j)) * Math.tanh(at(4 + j)))
    h = c.map((a, j) => sigma(at(6 + j)) * Math.tanh(a))
    return h
  })
}

/** What the layers that are composites of several primitives answer, by their formulas. */
export const composites: { readonly [name: string]: (point: readonly Vector[]) => number[] } = {
  gelu: ([x = []]) => x.map((v) => (v * (1 + erf(v / Math.SQRT2))) / 2),
  silu: ([x = []]) => x.map((v) => v / (1 + Math.exp(-v))),
  softplus: ([x = []]) => x.map((v) => Math.log1p(Math.exp(v))),
  layerNorm: ([gain = [], bias = [], x = []]) => standard(x).map((v, i) => v * (gain[i] ?? 0) + (bias[i] ?? 0)),
  groupNorm: ([gain = [], bias = [], x = []]) => {
    const rows = rowsOf(x, 4)
    const groups = [0, 1].map((g) => standard(rows.flatMap((row) => row.slice(2 * g, 2 * g + 2))))
    return rows.flatMap((row, p) =>
      row.map((_, c) => (groups[c >> 1]?.[2 * p + (c & 1)] ?? 0) * (gain[c] ?? 0) + (bias[c] ?? 0)),
    )
  },
  batchNorm: ([gain = [], bias = [], average = [], variance = [], x = []]) =>
    x.map((v, i) => {
      const c = i % 3
      const deviation = Math.sqrt(Math.max(variance[c] ?? 0, 0) + 1)
      return ((v - (average[c] ?? 0)) / deviation) * (gain[c] ?? 0) + (bias[c] ?? 0)
    }),
  dropout: ([x = []]) => [...x],
  gru: ([input = [], bias = [], gates = [], candidate = [], x = []]) =>
    gruStates(input, bias, gates, candidate, x).flat(),
  gruLast: ([input = [], bias = [], gates = [], candidate = [], x = []]) => [
    ...(gruStates(input, bias, gates, candidate, x)[1] ?? []),
  ],
  lstm: ([input = [], bias = [], hidden = [], x = []]) => lstmStates(input, bias, hidden, x).flat(),
  lstmLast: ([input = [], bias = [], hidden = [], x = []]) => [...(lstmStates(input, bias, hidden, x)[2] ?? [])],
  scan: ([w = [], b = [], u = [], c = [], s = [], x = []]) => {
    let state: Vector = s
    const affine = (v: Vector, weight: Vector, shift: Vector): Vector =>
      (times([v], weight)[0] ?? []).map((a, j) => a + (shift[j] ?? 0))
    const out = rowsOf(x, 3).map((row) => {
      const answer = affine(state, u, c)
      state = affine(
        state.map((a, j) => a + (row[j] ?? 0)),
        w,
        b,
      )
      return answer
    })
    return [...state, ...out.flat()]
  },
  multiHeadAttention: attention(false),
  causalAttention: attention(true),
}
