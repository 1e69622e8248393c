/** Accumulators, each independent of the others: enough to hide the latency of an add, few enough for 16 registers. */
const accumulators = 10
/** Multiply-adds a call, per accumulator. */
const turns = 1_000_000

const [f32x4, i32, empty] = [0x7b, 0x7f, 0x40]
const simd = (code) => [0xfd, ...(code < 0x80 ? [code] : [(code & 0x7f) | 0x80, code >> 7])]
const [splat, add, multiply] = [0x13, 0xe4, 0xe6].map(simd)
const madd = simd(0x105)
const get = (i) => [0x20, i]
const load = (i) => [0x41, 0, ...simd(0), 4, ...unsigned(16 * i)]
const set = (i) => [0x21, i]
const section = (id, body) => [id, ...unsigned(body.length), ...body]

/** An unsigned number in LEB128. */
const unsigned = (n) => (n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...unsigned(n >> 7)])

/**
 * A module whose `run(n)` goes n times through `x ↦ x + a·b` on each of the accumulators and answers a lane of their sum:
 * the multiply-adds of a machine that waits for nothing. Each b is its own load from memory, so no product is another's.
 */
function moduleOf(relaxed) {
  const [a, first] = [1, 2]
  const all = Array.from({ length: accumulators }, (_, i) => first + i)
  const body = [
    ...[0x43, 0, 0, 0x80, 0x3f, ...splat, ...set(a)],
    ...[0x03, empty],
    ...all.flatMap((i) =>
      relaxed
        ? [...get(a), ...load(i), ...get(i), ...madd, ...set(i)]
        : [...get(i), ...get(a), ...load(i), ...multiply, ...add, ...set(i)],
    ),
    ...[...get(0), 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b],
    ...all.slice(1).flatMap((i) => [...get(first), ...get(i), ...add, ...set(first)]),
    ...[...get(first), ...simd(0x1f), 0, 0x0b],
  ]
  const code = [1, ...unsigned(accumulators + 1), f32x4, ...body]
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, i32, 1, 0x7d]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [1, 3, ...new TextEncoder().encode('run'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ])
}

/** Whether this engine validates relaxed SIMD. */
export const relaxedSimd = () => WebAssembly.validate(moduleOf(true))

/** The FLOPs of a step of {@link peak}. */
export const peakFlops = 8 * accumulators * turns

/** The calibration loop as a system: `peakFlops` a step, and nothing else. */
export function peak(relaxed) {
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(relaxed))).exports
  return {
    name: relaxed ? 'peak relaxed' : 'peak',
    call: 'f32x4 multiply-add',
    step() {
      run(turns)
    },
    losses: () => [],
    dispose: () => [],
  }
}
