import { counted, get, i32, int, lanes, set, type Code, type Routine } from '../../wasm/assembler/index.js'
import { gatherValue, gatherSensitivity } from './gather.js'
import { consumed, type Adding } from './pair.js'
import { ones, word, zeros, type Site } from './site.js'

/** Up to so many operands a gate is a tree of multiplexers with a word of ones or zeros a leaf; above, tables are looked up. */
export const mostLeaves = 8

/** What one record of a gate of many operands names, in locals; `at` is the same for one vector of the block. */
export interface Wide {
  readonly table: number
  readonly out: number
  readonly places: readonly number[]
}

/** The locals of a record, each place moved by an offset. */
function wideAt(f: Routine, record: number, operands: number, offset: number, header = 2): { code: Code; wide: Wide } {
  const [table, out] = [f.local('i32'), f.local('i32')]
  const places = Array.from({ length: operands }, () => f.local('i32'))
  return {
    code: [
      [set(out, int.add(word(record, 0), get(offset))), set(table, word(record, 4))],
      places.map((place, i) => set(place, int.add(word(record, 4 * (header + i)), get(offset)))),
    ],
    wide: { table, out, places },
  }
}

/** The operands' vectors in locals. */
export function operandsOf(f: Routine, { wires }: Site, { places }: Wide): { code: Code; x: readonly number[] } {
  const x = places.map(() => f.local('v128'))
  return { code: x.map((local, i) => set(local, lanes.load(get(places[i] ?? 0), wires))), x }
}

/** Values of gates of so many operands. */
export function wideForward(f: Routine, site: Site, record: number, operands: number): Code {
  return f.scope(() => {
    const offset = f.local('i32')
    return counted(offset, 0, site.stride, 16, () =>
      f.scope(() => {
        const { code, wide } = wideAt(f, record, operands, offset)
        if (operands > mostLeaves) return [code, gatherValue(f, site, wide)]
        const { code: loads, x } = operandsOf(f, site, wide)
        const node = (depth: number, p: number): Code =>
          depth === operands
            ? lanes.loadSplat(get(wide.table), 4 * p)
            : lanes.select(node(depth + 1, 2 * p + 1), node(depth + 1, 2 * p), get(x[operands - 1 - depth] ?? 0))
        return [code, loads, lanes.store(get(wide.out), site.wires, node(0, 0))]
      }),
    )
  })
}

/** The nodes of the tree below the root are left in scratch memory, node p of a depth at 16 (2^depth + p). */
function nodes(site: Site, { table }: Wide, x: readonly number[]): readonly [Code, (depth: number, p: number) => Code] {
  const operands = x.length
  const node = (depth: number, p: number): Code =>
    depth === operands ? lanes.loadSplat(get(table), 4 * p) : lanes.load(i32(0), site.scratch + 16 * (2 ** depth + p))
  const code: Code[] = []
  for (let depth = operands - 1; depth >= 1; depth--)
    for (let p = 0; p < 2 ** depth; p++) {
      const value = lanes.select(node(depth + 1, 2 * p + 1), node(depth + 1, 2 * p), get(x[operands - 1 - depth] ?? 0))
      code.push(lanes.store(i32(0), site.scratch + 16 * (2 ** depth + p), value))
    }
  return [code, node]
}

/** Walks the tree with the samples that come to each node; `visit` is asked at nodes, `leaf` at the leaves. */
export function walk(
  f: Routine,
  x: readonly number[],
  visit: (depth: number, p: number, path: Code | undefined) => Code,
  leaf?: (p: number, path: Code) => Code,
): Code {
  const step = (depth: number, p: number, path: Code | undefined): Code => {
    const operand = get(x[x.length - 1 - depth] ?? 0)
    const here = visit(depth, p, path)
    if (depth + 1 === x.length && leaf === undefined) return here
    return f.scope(() => {
      const local = f.local('v128')
      const side = (high: boolean): Code => {
        const whole = path ?? ones
        const to = set(local, high ? lanes.and(whole, operand) : lanes.andNot(whole, operand))
        const child = 2 * p + (high ? 1 : 0)
        const below = depth + 1 === x.length ? (leaf?.(child, get(local)) ?? []) : step(depth + 1, child, get(local))
        return [to, below]
      }
      return [here, side(false), side(true)]
    })
  }
  return step(0, 0, undefined)
}

/** Where each operand decides the value, in locals: f(xᵢ := 1) ⊕ f(xᵢ := 0). */
function sensitivity(f: Routine, site: Site, wide: Wide): { code: Code; s: readonly Code[] } {
  if (wide.places.length > mostLeaves) return gatherSensitivity(f, site, wide)
  const { code: loads, x } = operandsOf(f, site, wide)
  const [built, node] = nodes(site, wide, x)
  const s = x.map(() => f.local('v128'))
  const walked = walk(f, x, (depth, p, path) => {
    const local = s[x.length - 1 - depth] ?? 0
    const differs = lanes.xor(node(depth + 1, 2 * p + 1), node(depth + 1, 2 * p))
    return set(local, path === undefined ? differs : lanes.or(get(local), lanes.and(path, differs)))
  })
  return { code: [loads, built, s.map((local) => set(local, zeros)), walked], s: s.map((local) => get(local)) }
}

/** Cotangents of the operands of gates of many operands, added to what is there. */
export function wideBackward(f: Routine, site: Site, record: number, operands: number, adding: Adding): Code {
  return f.scope(() => {
    const offset = f.local('i32')
    return counted(offset, 0, site.stride, 16, () =>
      f.scope(() => {
        const { code, wide } = wideAt(f, record, operands, offset)
        const { code: sensed, s } = sensitivity(f, site, wide)
        const { code: taken, planes } = consumed(f, site, adding, wide.out, 0)
        const given = wide.places.map((place, i) =>
          site.cotangents.map((area, plane) => {
            const part = lanes.and(planes[plane] ?? zeros, s[i] ?? zeros)
            return lanes.store(get(place), area, adding.add(lanes.load(get(place), area), part))
          }),
        )
        return [code, sensed, taken, given]
      }),
    )
  })
}

/** The place, the table and the operands of a record of a count, at an offset. */
export const countedAt = (f: Routine, record: number, operands: number, offset: number): { code: Code; wide: Wide } =>
  wideAt(f, record, operands, offset, 3)
