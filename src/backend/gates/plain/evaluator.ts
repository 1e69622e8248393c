import { gates, type Netlist } from '../../../compile/netlist/index.js'
import { checkLanes, checkNetlist } from '../check.js'
import { checkGroups, checkRows, rowsOf, type ByteClassifier, type Classifier, type Rows } from '../classifier.js'
import type { Evaluator } from '../evaluator.js'
import { lanesOf, lastMask, wordsOf, type Lanes } from '../lanes.js'
import { arityOf, operandOf } from '../table.js'
import type { Trainable } from '../trainable.js'
import { entryStarts } from '../vote.js'
import { entrySamples, popcount, sensitivities, valuesOf, wordsFor, type Words } from './values.js'

/** Sets the inputs of 32 samples and evaluates. */
function evaluate(netlist: Netlist, tables: Uint32Array, words: Words, x: Lanes, w: number): void {
  const width = wordsOf(x.samples)
  for (let i = 0; i < netlist.inputs; i++) words.values[i] = x.words[i * width + w] ?? 0
  valuesOf(netlist, tables, words)
}

/** The samples of a word of lanes, as a mask. */
const present = (samples: number, w: number): number => (w + 1 < wordsOf(samples) ? -1 : lastMask(samples))

function forward(netlist: Netlist, tables: Uint32Array, x: Lanes): Lanes {
  checkLanes('forward', x, netlist.inputs)
  const words = wordsFor(netlist)
  const y = lanesOf(netlist.outputs.length, x.samples)
  const width = wordsOf(x.samples)
  for (let w = 0; w < width; w++) {
    evaluate(netlist, tables, words, x, w)
    const mask = present(x.samples, w)
    for (const [o, wire] of netlist.outputs.entries()) y.words[o * width + w] = (words.values[wire] ?? 0) & mask
  }
  return y
}

function reverse(netlist: Netlist, tables: Uint32Array, x: Lanes, dy: Lanes): Lanes {
  checkLanes('reverse', x, netlist.inputs)
  checkLanes('reverse', dy, netlist.outputs.length, x.samples)
  const { inputs, outputs } = netlist
  const words = wordsFor(netlist)
  const dx = lanesOf(inputs, x.samples)
  const width = wordsOf(x.samples)
  const d = new Int32Array(words.values.length)
  for (let w = 0; w < width; w++) {
    evaluate(netlist, tables, words, x, w)
    d.fill(0)
    for (const [o, wire] of outputs.entries()) d[wire] = (d[wire] ?? 0) ^ (dy.words[o * width + w] ?? 0)
    for (let g = gates(netlist) - 1; g >= 0; g--) {
      const from = d[inputs + g] ?? 0
      if (from === 0) continue
      sensitivities(netlist, tables, words, g)
      for (let i = 0; i < arityOf(netlist, g); i++) {
        const wire = operandOf(netlist, g, i)
        d[wire] = (d[wire] ?? 0) ^ (from & (words.decides[i] ?? 0))
      }
    }
    const mask = present(x.samples, w)
    for (let i = 0; i < inputs; i++) dx.words[i * width + w] = (d[i] ?? 0) & mask
  }
  return dx
}

/** `evaluator` without WebAssembly: the same results, 32 samples at a time. */
export function plainEvaluator(netlist: Netlist): Evaluator {
  checkNetlist('plainEvaluator', netlist)
  return {
    forward: (x) => forward(netlist, netlist.tables, x),
    reverse: (x, dy) => reverse(netlist, netlist.tables, x, dy),
    dispose: () => undefined,
  }
}

function countsOf(netlist: Netlist, y: Lanes, groups: number): Int32Array {
  const each = netlist.outputs.length / groups
  const width = wordsOf(y.samples)
  const counts = new Int32Array(y.samples * groups)
  for (let o = 0; o < y.planes; o++)
    for (let s = 0; s < y.samples; s++) {
      const at = s * groups + Math.floor(o / each)
      counts[at] = (counts[at] ?? 0) + (((y.words[o * width + (s >>> 5)] ?? 0) >>> (s & 31)) & 1)
    }
  return counts
}

/** `classifier` without WebAssembly. */
export function plainClassifier(netlist: Netlist, groups: number): Classifier {
  checkNetlist('plainClassifier', netlist)
  checkGroups('plainClassifier', netlist.outputs.length, groups)
  const counts = (x: Lanes): Int32Array => countsOf(netlist, forward(netlist, netlist.tables, x), groups)
  return {
    counts,
    classes(x) {
      const all = counts(x)
      return Uint8Array.from({ length: x.samples }, (_, s) => {
        let best = 0
        for (let k = 1; k < groups; k++) if ((all[s * groups + k] ?? 0) > (all[s * groups + best] ?? 0)) best = k
        return best
      })
    },
    dispose: () => undefined,
  }
}

/** `byteClassifier` without WebAssembly. */
export function plainByteClassifier(netlist: Netlist, rows: Rows, groups: number): ByteClassifier {
  checkRows('plainByteClassifier', netlist.inputs, rows)
  const inner = plainClassifier(netlist, groups)
  const { width, thresholds } = rows
  return {
    classes(bytes) {
      const samples = rowsOf(bytes, width)
      const x = lanesOf(netlist.inputs, samples)
      const words = wordsOf(samples)
      for (const [t, threshold] of thresholds.entries())
        for (let s = 0; s < samples; s++)
          for (let i = 0; i < width; i++)
            if ((bytes[s * width + i] ?? 0) > threshold) {
              const at = (t * width + i) * words + (s >>> 5)
              x.words[at] = (x.words[at] ?? 0) | (1 << (s & 31))
            }
      return inner.classes(x)
    },
    dispose: () => undefined,
  }
}

/** `trainable` without WebAssembly. */
export function plainTrainable(netlist: Netlist, groups = 1): Trainable {
  checkNetlist('plainTrainable', netlist)
  checkGroups('plainTrainable', netlist.outputs.length, groups)
  const { inputs, outputs } = netlist
  const tables = netlist.tables.slice()
  const starts = entryStarts(netlist)
  return {
    forward: (x) => forward(netlist, tables, x),
    reverse: (x, dy) => reverse(netlist, tables, x, dy),
    counts: (x) => countsOf(netlist, forward(netlist, tables, x), groups),
    votes(x, { one, zero }) {
      checkLanes('votes', x, inputs)
      checkLanes('votes', one, outputs.length, x.samples)
      checkLanes('votes', zero, outputs.length, x.samples)
      const words = wordsFor(netlist)
      const width = wordsOf(x.samples)
      const entries = new Int32Array(starts[starts.length - 1] ?? 0)
      const back = { one: lanesOf(inputs, x.samples), zero: lanesOf(inputs, x.samples) }
      const [p, q] = [new Int32Array(words.values.length), new Int32Array(words.values.length)]
      for (let w = 0; w < width; w++) {
        evaluate(netlist, tables, words, x, w)
        const mask = present(x.samples, w)
        p.fill(0)
        q.fill(0)
        for (const [o, wire] of outputs.entries()) {
          p[wire] = (p[wire] ?? 0) | ((one.words[o * width + w] ?? 0) & mask)
          q[wire] = (q[wire] ?? 0) | ((zero.words[o * width + w] ?? 0) & mask)
        }
        for (let g = gates(netlist) - 1; g >= 0; g--) {
          const [up, down] = [p[inputs + g] ?? 0, q[inputs + g] ?? 0]
          const [should, shouldNot] = [up & ~down, down & ~up]
          if ((should | shouldNot) === 0) continue
          sensitivities(netlist, tables, words, g)
          for (let i = 0; i < arityOf(netlist, g); i++) {
            const wire = operandOf(netlist, g, i)
            const differ = (words.values[wire] ?? 0) ^ (words.values[inputs + g] ?? 0)
            const s = words.decides[i] ?? 0
            p[wire] = (p[wire] ?? 0) | (s & ((should & ~differ) | (shouldNot & differ)))
            q[wire] = (q[wire] ?? 0) | (s & ((shouldNot & ~differ) | (should & differ)))
          }
          entrySamples(netlist, words, g)
          for (let e = 0; e < 2 ** arityOf(netlist, g); e++) {
            const here = words.samples[e] ?? 0
            const at = (starts[g] ?? 0) + e
            entries[at] = (entries[at] ?? 0) + popcount(should & here) - popcount(shouldNot & here)
          }
        }
        for (let i = 0; i < inputs; i++) {
          back.one.words[i * width + w] = (p[i] ?? 0) & ~(q[i] ?? 0)
          back.zero.words[i * width + w] = (q[i] ?? 0) & ~(p[i] ?? 0)
        }
      }
      return { inputs: back, entries }
    },
    update(next) {
      if (next.length !== tables.length)
        throw new RangeError(`update: ${next.length} words of tables, needs ${tables.length}`)
      tables.set(next)
    },
    dispose: () => undefined,
  }
}
