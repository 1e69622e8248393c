const window = 5

/** 5×5 convolution of [h, w, c] to [h − 4, w − 4, o], ReLU, and 2×2 maximum, as loops over typed arrays of n examples. */
export function convolution([weight, bias], [h, w, c], o, n) {
  const [high, wide] = [h - window + 1, w - window + 1]
  const convolved = new Float32Array(n * high * wide * o)
  const pooled = new Float32Array(convolved.length / 4)
  const chosen = new Int32Array(pooled.length)
  const back = new Float32Array(n * h * w * c)
  let x

  /** Calls f with the offsets of an input's row of channels, of its weights, and of the output, for each that meet. */
  function meet(f, each) {
    for (let example = 0; example < n; example++)
      for (let row = 0; row < high; row++)
        for (let column = 0; column < wide; column++) {
          const to = ((example * high + row) * wide + column) * o
          each(to)
          for (let i = 0; i < window; i++)
            for (let j = 0; j < window; j++)
              f(((example * h + row + i) * w + column + j) * c, (i * window + j) * c * o, to)
        }
  }
  const addInput = (from, at, to) => {
    for (let k = 0; k < c; k++) {
      const a = x[from + k]
      for (let q = 0; q < o; q++) convolved[to + q] += a * weight[at + k * o + q]
    }
  }
  const setBias = (to) => {
    for (let q = 0; q < o; q++) convolved[to + q] = bias[q]
  }
  function pool() {
    for (let to = 0; to < pooled.length; to++) {
      const [q, place] = [to % o, Math.floor(to / o)]
      const [column, row] = [place % (wide / 2), Math.floor(place / (wide / 2))]
      const first = (2 * row * wide + 2 * column) * o + q
      let best = first
      for (const at of [first + o, first + wide * o, first + wide * o + o])
        if (convolved[at] > convolved[best]) best = at
      chosen[to] = best
      pooled[to] = convolved[best]
    }
  }
  return {
    forward(input) {
      x = input
      meet(addInput, setBias)
      for (let i = 0; i < convolved.length; i++) if (convolved[i] < 0) convolved[i] = 0
      pool()
      return pooled
    },
    backward(g, [toWeight, toBias], needed) {
      const cotangent = new Float32Array(convolved.length)
      for (let i = 0; i < pooled.length; i++) if (pooled[i] > 0) cotangent[chosen[i]] += g[i]
      for (const a of [toWeight, toBias, back]) a.fill(0)
      const addGradients = (from, at, to) => {
        for (let k = 0; k < c; k++) {
          const a = x[from + k]
          let sum = 0
          for (let q = 0; q < o; q++) {
            toWeight[at + k * o + q] += a * cotangent[to + q]
            sum += cotangent[to + q] * weight[at + k * o + q]
          }
          if (needed) back[from + k] += sum
        }
      }
      const addBias = (to) => {
        for (let q = 0; q < o; q++) toBias[q] += cotangent[to + q]
      }
      meet(addGradients, addBias)
      return back
    },
  }
}
