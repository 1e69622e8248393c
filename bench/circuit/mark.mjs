import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileOf } from './generate.mjs'

/** Runs a program and answers its standard output. Throws with what it printed where it fails. */
function run(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 600_000 })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`)
  return stdout
}

/** The C++ compiler, undefined where there is none. */
export const compiler = () => ['g++', 'clang++'].find((name) => spawnSync(name, ['--version']).status === 0)

/** Compiles the mark for AVX2. Answers a function from a circuit to the best rates over its sizes of blocks. */
export function nativeMark(source, temporary) {
  const program = join(temporary, 'native')
  run(compiler(), ['-O3', '-mavx2', '-mno-avx512f', '-DVB=32', '-o', program, source])
  return (circuit, samples, repetitions) => {
    const base = join(temporary, circuit.name)
    writeFileSync(`${base}.bin`, fileOf(circuit).file)
    const line = /K=(\d+) .* fwd [\d.]+s ([\d.]+) Gge\/s cs=(\w+) \| fwd\+rev [\d.]+s \(.*\) ([\d.]+) Gge\/s cs=(\w+)/g
    const rows = [...run(program, [base, String(samples / 32), String(repetitions)]).matchAll(line)]
    if (rows.length === 0) throw new Error('bench: the mark printed no rate that can be read')
    const best = (column) => Math.max(...rows.map((row) => Number(row[column])))
    const same = (column) => {
      const sums = new Set(rows.map((row) => row[column]))
      if (sums.size !== 1)
        throw new Error(`bench: the mark's checksums differ among themselves: ${[...sums].join(' ')}`)
      return [...sums][0]
    }
    return { forward: best(2), both: best(4), sums: [same(3), same(5)] }
  }
}

/** The expressions of the sixteen truth tables in C, bit x + 2y. */
const expressions = [
  ...['0', '~(x | y)', 'x & ~y', '~y', '~x & y', '~x', 'x ^ y', '~(x & y)'],
  ...['x & y', '~(x ^ y)', 'x', 'x | ~y', 'y', '~x | y', 'x | y', '~0LL'],
]

/**
 * Compiles a circuit to straight-line C over 64-bit words at -O1, as difflogic's compiled networks are. Answers the
 * seconds of the compiler, and a function to its rate and the checksum of its outputs.
 */
export function straightLine({ name, inputs, gates, op, a, b, outputs }, samples, repetitions, temporary) {
  const value = (g) => `v${inputs + g}`
  const read = (wire) => (wire < inputs ? `in[${wire}]` : `v${wire}`)
  const lines = Array.from({ length: gates }, (_, g) => {
    const text = expressions[op[g]].replace(/x/g, read(a[g])).replace(/\by\b/g, read(b[g]))
    return `  const long long ${value(g)} = ${text};`
  })
  const outs = Array.from(outputs, (wire, i) => `  out[${i}] = ${read(wire)};`)
  const text = `
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
static uint32_t hash(uint32_t i, uint32_t w) {
  uint32_t h = i * 2654435761u ^ w * 2246822519u;
  h ^= h >> 16; h *= 2246822507u; h ^= h >> 13; h *= 3266489909u; h ^= h >> 16;
  return h;
}
static double now(void) { struct timespec t; clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); return t.tv_sec + 1e-9 * t.tv_nsec; }
__attribute__((noinline)) void apply(const long long *in, long long *out) {
${lines.join('\n')}
${outs.join('\n')}
}
int main(void) {
  const int words = ${samples / 64};
  long long *in = malloc(8L * words * ${inputs}), *out = malloc(8L * words * ${outputs.length});
  for (int w = 0; w < words; w++) for (int i = 0; i < ${inputs}; i++)
    in[(long)w * ${inputs} + i] = (long long)((uint64_t)hash(i, 2 * w) | (uint64_t)hash(i, 2 * w + 1) << 32);
  double best = 1e9;
  for (int r = 0; r < ${repetitions}; r++) {
    double t = now();
    for (int w = 0; w < words; w++) apply(in + (long)w * ${inputs}, out + (long)w * ${outputs.length});
    t = now() - t;
    if (t < best) best = t;
  }
  uint32_t sum = 0;
  for (uint32_t i = 0; i < ${outputs.length}; i++) for (uint32_t w = 0; w < 2u * words; w++)
    sum += (uint32_t)((uint64_t)out[(long)(w / 2) * ${outputs.length} + i] >> (32 * (w & 1))) * ((i * 2654435761u ^ w * 2246822519u) | 1);
  printf("%.6f %08x\\n", ${gates} * (double)words * 64 / best / 1e9, sum);
}
`
  const [source, program] = [join(temporary, `${name}.c`), join(temporary, `${name}-straight`)]
  writeFileSync(source, text)
  const begun = performance.now()
  run(compiler(), ['-x', 'c++', '-fpermissive', '-w', '-O1', '-o', program, source])
  const seconds = (performance.now() - begun) / 1000
  const time = () => {
    const [rate, sum] = run(program, []).trim().split(' ')
    return { rate: Number(rate), sum }
  }
  return { seconds, time }
}
