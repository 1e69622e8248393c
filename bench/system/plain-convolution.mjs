const window = 5

/** 5×5 convolution of [h, w, c] to [h − 4, w − 4, o], ReLU, and 2×2 maximum, as loops over typed arrays of n examples. */
export function convolution([weight, bias], [h, w, c], o, n) {
  const [high, wide] = [h - window + 1, w - window + 1]
  const convolved = new Float32Array(n * high * wide * o)
  const pooled = new Float32Array(convolved.length / 4)
  const chosen = new Int32Array(pooled.length)
  const cotangent = new Float32Array(convolved.length)
  const back = new Float32Array(n * h * w * c)
  let x
  return {
    forward(input) {
      x = input
      convolve(x, weight, bias, convolved)
      pool(convolved, pooled, chosen)
      return pooled
    },
    backward(g, [toWeight, toBias], needed) {
      for (const a of [cotangent, toWeight, toBias, back]) a.fill(0)
      for (let i = 0; i < pooled.length; i++) if (pooled[i] > 0) cotangent[chosen[i]] += g[i]
      for (let i = 0; i < cotangent.length; i += o) for (let q = 0; q < o; q++) toBias[q] += cotangent[i + q]
      reverse(x, weight, cotangent, toWeight, needed ? back : undefined)
      return back
    },
  }

  function convolve(from, filter, shift, to) {
    for (let example = 0, at = 0; example < n; example++)
      for (let row = 0; row < high; row++)
        for (let column = 0; column < wide; column++, at += o) {
          for (let q = 0; q < o; q++) to[at + q] = shift[q]
          for (let i = 0; i < window; i++) {
            const start = ((example * h + row + i) * w + column) * c
            // The five columns of a window lie side by side, and so do their weights.
            for (let k = 0; k < window * c; k++) {
              const a = from[start + k]
              const f = (i * window * c + k) * o
              for (let q = 0; q < o; q++) to[at + q] += a * filter[f + q]
            }
          }
          for (let q = 0; q < o; q++) if (to[at + q] < 0) to[at + q] = 0
        }
  }

  function pool(from, to, choice) {
    for (let row = 0, at = 0; row < (n * high) / 2; row++)
      for (let column = 0; column < wide / 2; column++)
        for (let q = 0; q < o; q++, at++) {
          const first = (2 * row * wide + 2 * column) * o + q
          let best = first
          if (from[first + o] > from[best]) best = first + o
          if (from[first + wide * o] > from[best]) best = first + wide * o
          if (from[first + wide * o + o] > from[best]) best = first + wide * o + o
          choice[at] = best
          to[at] = from[best]
        }
  }

  function reverse(from, filter, g, toFilter, toInput) {
    for (let example = 0, at = 0; example < n; example++)
      for (let row = 0; row < high; row++)
        for (let column = 0; column < wide; column++, at += o)
          for (let i = 0; i < window; i++) {
            const start = ((example * h + row + i) * w + column) * c
            for (let k = 0; k < window * c; k++) {
              const a = from[start + k]
              const f = (i * window * c + k) * o
              let sum = 0
              for (let q = 0; q < o; q++) {
                toFilter[f + q] += a * g[at + q]
                sum += g[at + q] * filter[f + q]
              }
              if (toInput !== undefined) toInput[start + k] += sum
            }
          }
  }
}
