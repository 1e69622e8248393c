/** Numbers of [0, 1) from a seed: a linear congruence modulo 2³². */
function uniform(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Normal numbers of a deviation from a seed, by Box and Muller. */
export function normal(n, seed, deviation) {
  const next = uniform(seed)
  return Float32Array.from(
    { length: n },
    () => deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  )
}

/** Classes 0 … `classes` − 1 from a seed. */
export function randomClasses(n, classes, seed) {
  const next = uniform(seed)
  return Int32Array.from({ length: n }, () => Math.floor(next() * classes))
}

/** Classes as one-hot rows. */
export function oneHot(label, classes) {
  const rows = new Float32Array(label.length * classes)
  for (const [row, k] of label.entries()) rows[row * classes + k] = 1
  return rows
}
