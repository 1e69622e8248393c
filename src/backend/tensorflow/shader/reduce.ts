import { size } from '../../../object/index.js'
import type { Node, ReduceNode } from '../../wasm/lower/node.js'
import { scalarOf } from './dialect.js'
import { sum } from './entry.js'
import { entriesAt, type Sources } from './evaluate.js'
import { placeAt, type Place } from './place.js'
import { literal, type Writer } from './writer.js'

/** A reduction of an array. */
export type Reduction = Node & ReduceNode

/** A reduction while it runs: its variables, what an entry does to them, and its result. */
interface Running {
  readonly take: (x: string, first: string) => void
  readonly result: string
}

const lowest = (dtype: Node['dtype']): number => (dtype === 'float32' ? -Infinity : dtype === 'int32' ? -(2 ** 31) : 0)

/** A reduction of entries of a dtype that are taken one by one; `at` is where an entry is. */
export function running(w: Writer, op: ReduceNode['op'], dtype: Node['dtype'], at = ''): Running {
  const type = scalarOf(dtype)
  if (op === 'sum') {
    const out = w.variable(type, literal(dtype, 0))
    return { take: (x) => w.line(`${out} = ${sum(dtype, out, x)};`), result: out }
  }
  const best = w.variable(type, literal(dtype, lowest(dtype)))
  const index = op === 'argmax' ? w.variable('int', '0') : ''
  return {
    take(x, first) {
      const higher =
        dtype === 'float32'
          ? `!${w.call('isNan', best)} && (${w.call('isNan', x)} || ${x} > ${best})`
          : `${x} > ${best}`
      w.line(`if (${first === '' ? '' : `${first} || `}(${higher})) { ${best} = ${x};`)
      if (op === 'argmax') w.line(`${index} = ${at};`)
      w.line('}')
    },
    result: op === 'argmax' ? index : best,
  }
}

/** Entry `i` of reductions over the same axes of one shape, of which the turns from `from` to before `to` are taken. */
export function reduced(
  w: Writer,
  sources: Sources,
  reductions: readonly Reduction[],
  index: string,
  turns: readonly [string, string],
): string[] {
  const [first] = reductions
  if (first === undefined) return []
  const { axes, arg } = first
  const kept = arg.shape.map((_, a) => a).filter((a) => !axes.includes(a))
  const outer = placeAt(
    w,
    index,
    kept.map((a) => arg.shape[a] ?? 1),
  )
  const at = w.variable('int', '0')
  const states = reductions.map((r) => running(w, r.op, r.arg.dtype, at))
  w.loop(turns[0], turns[1], (t) => {
    w.line(`${at} = ${t};`)
    const inner = placeAt(
      w,
      t,
      axes.map((a) => arg.shape[a] ?? 1),
    )
    const place: Place = {
      shape: arg.shape,
      coordinates: arg.shape.map((_, a) =>
        axes.includes(a) ? (inner.coordinates[axes.indexOf(a)] ?? '0') : (outer.coordinates[kept.indexOf(a)] ?? '0'),
      ),
    }
    const entry = entriesAt(w, sources, place)
    for (const [n, r] of reductions.entries()) states[n]?.take(entry(r.arg), r.op === 'argmax' ? `${t} == 0` : '')
  })
  return states.map((s) => s.result)
}

/** How many turns a reduction has. */
export function turnsOf({ arg, axes }: Reduction): number {
  return size(axes.map((a) => arg.shape[a] ?? 1))
}
