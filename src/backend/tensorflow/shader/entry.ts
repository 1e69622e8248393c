import { size } from '../../../object/index.js'
import type { FoldNode, GatherNode, Node, PlaceNode, RandomNode, ScatterNode } from '../../wasm/lower/node.js'
import { scalarOf } from './dialect.js'
import { entriesAt, type Sources } from './evaluate.js'
import { affine, placeAt, type Place } from './place.js'
import { literal, type Writer } from './writer.js'

/** The nodes that have a program of their own. */
export type OwnNode = PlaceNode | FoldNode | GatherNode | ScatterNode | RandomNode

/** Entry `i` of a node, by statements of a shader; `before` is an array that a place adds its parts to. */
export function entryOf(w: Writer, sources: Sources, node: Node & OwnNode, before?: number): string {
  switch (node.kind) {
    case 'place':
      return placed(w, sources, node, before)
    case 'fold':
      return folded(w, sources, node)
    case 'gather':
      return gathered(w, sources, node)
    case 'scatter':
      return scattered(w, sources, node)
    case 'random':
      return drawn(w, sources, node)
  }
}

const zero = (node: Node): string => literal(node.dtype, 0)

function placed(w: Writer, sources: Sources, node: Node & PlaceNode, before: number | undefined): string {
  const out = w.variable(scalarOf(node.dtype), before === undefined ? zero(node) : w.read(before, 'i'))
  const place = placeAt(w, 'i', node.shape)
  for (const { view, start } of node.parts) {
    const bounds = view.shape.flatMap((n, a) => {
      const [c = '0', from = 0] = [place.coordinates[a], start[a]]
      return n === node.shape[a] ? [] : [`${c} >= ${from} && ${c} < ${from + n}`]
    })
    const inside: Place = {
      shape: view.shape,
      coordinates: view.shape.map((n, a) => {
        const [c = '0', from = 0] = [place.coordinates[a], start[a]]
        return n === 1 ? '0' : from === 0 ? c : `(${c} - ${from})`
      }),
    }
    w.line(`if (${bounds.length === 0 ? 'true' : bounds.join(' && ')}) {`)
    w.line(`${out} = ${entriesAt(w, sources, inside)(view)};`)
    w.line('}')
  }
  return out
}

/** Σ over the operand's entries that are sent to a place: along each axis of the result one coordinate follows from the others. */
function folded(w: Writer, sources: Sources, { arg, targets, shape, dtype }: Node & FoldNode): string {
  const out = w.variable(scalarOf(dtype), literal(dtype, 0))
  const place = placeAt(w, 'i', shape)
  const axes = arg.shape.map((n, a) => ({ a, n, to: targets[a]?.axis ?? 0, by: targets[a]?.by ?? 1 }))
  const solved = shape.map((_, to) => axes.filter((x) => x.to === to).sort((x, y) => y.n - x.n)[0])
  const free = axes.filter((x) => !solved.includes(x))
  const coordinates: string[] = arg.shape.map(() => '0')
  const nest = (level: number): void => {
    const axis = free[level]
    if (axis !== undefined) {
      w.loop('0', String(axis.n), (c) => {
        coordinates[axis.a] = c
        nest(level + 1)
      })
      return
    }
    const conditions = solved.flatMap((axis, to) => {
      if (axis === undefined) return []
      const others = axes.filter((x) => x.to === to && x !== axis)
      const rest = w.let(
        'int',
        affine(0, [
          { at: place.coordinates[to] ?? '0', by: 1 },
          ...others.map((x) => ({ at: coordinates[x.a] ?? '0', by: -x.by })),
        ]),
      )
      coordinates[axis.a] = axis.by === 1 ? rest : `(${rest} / ${axis.by})`
      const whole = axis.by === 1 ? '' : ` && ${rest} % ${axis.by} == 0`
      return [`${rest} >= 0 && ${rest} <= ${(axis.n - 1) * axis.by}${whole}`]
    })
    w.line(`if (${conditions.length === 0 ? 'true' : conditions.join(' && ')}) {`)
    const x = entriesAt(w, sources, { shape: arg.shape, coordinates: [...coordinates] })(arg)
    w.line(`${out} = ${sum(dtype, out, x)};`)
    w.line('}')
  }
  nest(0)
  return out
}

/** The sum of a dtype's rig. */
export function sum(dtype: Node['dtype'], x: string, y: string): string {
  return dtype === 'bit' ? `${x} ^ ${y}` : `${x} + ${y}`
}

function gathered(w: Writer, sources: Sources, { table, indices, dtype }: Node & GatherNode): string {
  const [rows = 0, ...rest] = table.shape
  const width = size(rest)
  const at = entriesAt(w, sources, placeAt(w, w.let('int', `i / ${width}`), indices.shape))(indices)
  const out = w.variable(scalarOf(dtype), literal(dtype, 0))
  w.line(`if (${at} >= 0 && ${at} < ${rows}) {`)
  const inner = placeAt(w, w.let('int', `i % ${width}`), rest)
  const place: Place = { shape: table.shape, coordinates: [at, ...inner.coordinates] }
  w.line(`${out} = ${entriesAt(w, sources, place)(table)};`)
  w.line('}')
  return out
}

function scattered(w: Writer, sources: Sources, { indices, values, shape, dtype }: Node & ScatterNode): string {
  const count = size(indices.shape)
  const width = size(shape.slice(1))
  const [row, column] = [w.let('int', `i / ${width}`), w.let('int', `i % ${width}`)]
  const out = w.variable(scalarOf(dtype), literal(dtype, 0))
  w.loop('0', String(count), (n) => {
    const at = entriesAt(w, sources, placeAt(w, n, indices.shape))(indices)
    w.line(`if (${at} == ${row}) {`)
    const index = w.let('int', `${n} * ${width} + ${column}`)
    w.line(`${out} = ${sum(dtype, out, entriesAt(w, sources, placeAt(w, index, values.shape))(values))};`)
    w.line('}')
  })
  return out
}

const rotations: readonly (readonly number[])[] = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
]

/** Threefry-2x32-20, as src/primitive/threefry.ts: word i mod `words` of key ⌊i / words⌋. Both languages have 32-bit words that wrap. */
function drawn(w: Writer, sources: Sources, { keys, shape }: Node & RandomNode): string {
  const words = (2 * size(shape)) / size(keys.shape)
  const [key, word] = [w.let('int', `i / ${words}`), w.let('int', `i % ${words}`)]
  const part = (n: number): string =>
    entriesAt(w, sources, placeAt(w, w.let('int', `2 * ${key} + ${n}`), keys.shape))(keys)
  const [k0, k1] = [part(0), part(1)]
  const k = [k0, k1, w.let('int', `${k0} ^ ${k1} ^ 0x1bd11bda`)]
  const keyWord = (n: number): string => k[n % 3] ?? '0'
  // The second word of the counter is 0.
  const [x, y] = [w.variable('int', `${word} / 2 + ${k0}`), w.variable('int', k1)]
  for (let group = 1; group <= 5; group++) {
    for (const r of rotations[(group + 1) % 2] ?? []) {
      w.line(`${x} = ${x} + ${y};`)
      w.line(`${y} = ((${y} << ${r}u) | int(uint(${y}) >> ${32 - r}u)) ^ ${x};`)
    }
    w.line(`${x} = ${x} + ${keyWord(group)};`)
    w.line(`${y} = ${y} + ${keyWord(group + 1)} + ${group};`)
  }
  return w.dialect.choose(`${word} % 2 == 0`, x, y)
}
