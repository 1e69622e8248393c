import * as E from 'fp-ts/lib/Either.js'
import { compile as compileFor } from '../../src/backend/index.js'
import { reference } from '../../src/backend/reference/index.js'
import { termToJson } from '../../src/codec/index.js'
import { float64, objectOf, product, unit, type Obj } from '../../src/object/index.js'
import { close, reverse } from '../../src/optic/index.js'
import { contract, multiply, primitives, relu } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import {
  compose,
  diagram,
  flatten,
  identity,
  occurrences,
  primitive,
  sequential,
  tensor,
  walk,
  type Flat,
  type Term,
} from '../../src/term/index.js'

/** What building, reversing and flattening a term cost. */
export interface Cost {
  readonly name: string
  readonly size: number
  /** Primitives of the term, and of its closed reverse program. */
  readonly forward: number
  readonly reverse: number
  /** Leaves visited and wires read by a walk of the closed reverse: the work that flattening does. */
  readonly visits: number
  /** Entries of all lists of the closed reverse, each distinct list once: the memory that it takes. */
  readonly entries: number
  readonly ms: { readonly build: number; readonly reverse: number; readonly flatten: number }
  /** Growth of the heap while all of it is held, in megabytes. */
  readonly megabytes: number
  readonly term: Term
  readonly closed: Term
  readonly program: Flat
}

const A = objectOf([float64(4)])
const step = primitive(primitives.sin, {}, A)

/** Layers `x ↦ relu(W x)` with a weight of their own, composed as `bracket` says: `A ⊗ W … W → A`. */
export type Bracket = 'left' | 'right' | 'balanced'

const weight = objectOf([float64(4, 4)])
const layer: Term = diagram(product(A, weight), ([x, w]) => [
  relu(contract(w as Wire, x as Wire, { left: 'ij', right: 'j', out: 'i' })),
])
const power = (a: Obj, n: number): Obj => Array.from({ length: n }, () => a).reduce(product, unit)

/** `f : A ⊗ P → A` then `g : A ⊗ Q → A`, as `A ⊗ P ⊗ Q → A`. */
function andThen(f: Term, g: Term): Term {
  const rest = power(weight, g.dom.length - 1)
  return compose(tensor(f, identity(rest)), g)
}

/** n layers in one of three bracketings; the halves of the balanced one are composed last. */
export function layers(n: number, bracket: Bracket): Term {
  const all = Array.from({ length: n }, () => layer)
  if (bracket === 'left') return all.reduce((f, g) => andThen(f, g))
  if (bracket === 'right') return all.reduceRight((g, f) => andThen(f, g))
  let level = all
  while (level.length > 1)
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
      const [f, g] = [level[2 * i] as Term, level[2 * i + 1]]
      return g === undefined ? f : andThen(f, g)
    })
  return level[0] as Term
}

/** `sin ; … ; sin`, a list of n. */
export function chain(n: number): Term {
  return sequential(Array.from({ length: n }, () => step))
}

/** `((sin ; sin) ; sin) ; …`, nested to the left n deep. */
export function nestedChain(n: number): Term {
  let f: Term = step
  for (let i = 1; i < n; i++) f = compose(f, step)
  return f
}

/** `((sin ⊗ sin) ⊗ sin) ⊗ …`, nested to the left n deep. */
export function nestedTensor(n: number): Term {
  let f: Term = step
  for (let i = 1; i < n; i++) f = tensor(f, step)
  return f
}

/** n wires through the wire notation, each multiplied with its neighbour. */
export function wires(n: number): Term {
  const dom = objectOf(Array.from({ length: n }, () => float64(4)))
  return diagram(dom, (xs) => xs.map((x, i) => multiply(x, xs[(i + 1) % n] as Wire)))
}

/** One weight used in n places: `x ↦ W (W (… x))`. */
export function shared(n: number): Term {
  return diagram(product(A, weight), ([x, w]) => {
    let y = x as Wire
    for (let i = 0; i < n; i++) y = contract(w as Wire, y, { left: 'ij', right: 'j', out: 'i' })
    return [y]
  })
}

/** The cost of one term: built, reversed, closed by the identity and flattened. */
export function measure(name: string, size: number, build: () => Term): Cost {
  const heap = (): number => process.memoryUsage().heapUsed / 1e6
  globalThis.gc?.()
  const before = heap()
  const [term, built] = timed(build)
  const [closed, reversed] = timed(() => close(reverse(term), identity(term.cod)))
  const [program, flattened] = timed(() => flatten(closed))
  const megabytes = heap() - before
  let visits = 0
  walk(
    closed,
    Array.from({ length: closed.dom.length }, () => 0),
    (leaf, inputs) => {
      if (leaf.kind === 'box') return undefined
      visits += 1 + inputs.length
      return Array.from({ length: leaf.cod.length }, () => 0)
    },
  )
  return {
    name,
    size,
    forward: [...occurrences(term).values()].reduce((a, b) => a + b, 0),
    reverse: program.boxes.length,
    visits,
    entries: entriesOf(closed),
    ms: { build: built, reverse: reversed, flatten: flattened },
    megabytes,
    term,
    closed,
    program,
  }
}

/** The number of entries of all lists that a term holds, shared ones once. */
function entriesOf(term: Term): number {
  const seen = new Set<Term | Obj>()
  const stack: (Term | Obj)[] = [term]
  let entries = 0
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (seen.has(value)) continue
    seen.add(value)
    if ('leaves' in value) entries += value.leaves.length
    else if ('left' in value) stack.push(value.left, value.right)
    else if (value.kind === 'primitive') entries += value.dom.length + value.cod.length
    else if (value.kind === 'box') stack.push(value.body)
    else if (value.kind === 'diagram') {
      stack.push(value.dom, value.cod)
      entries += value.outs.length
      for (const box of value.boxes) {
        entries += 1 + box.inputs.length
        stack.push(box.term)
      }
    } else {
      entries += value.parts.length
      for (const part of value.parts) stack.push(part)
      stack.push(value.dom, value.cod)
    }
  }
  return entries
}

function timed<T>(f: () => T): readonly [T, number] {
  const start = performance.now()
  const value = f()
  return [value, performance.now() - start]
}

/** The rows of the table: bracketed layers, a chain, nested terms, wires and a shared weight, each at two sizes or three. */
export const rows: readonly (readonly [name: string, sizes: readonly number[], build: (n: number) => Term])[] = [
  ['layers, bracketed left', [8, 64, 512], (n) => layers(n, 'left')],
  ['layers, bracketed right', [8, 64, 512], (n) => layers(n, 'right')],
  ['layers, balanced', [8, 64, 512], (n) => layers(n, 'balanced')],
  ['chain of primitives', [10_000, 100_000], chain],
  ['chain nested to the left', [1_000, 10_000], nestedChain],
  ['tensor nested to the left', [1_000, 10_000], nestedTensor],
  ['wires through the wire notation', [1_000, 10_000], wires],
  ['one weight used in n places', [10, 100], shared],
]

/** The table of costs as a page of Markdown. */
export function costTable(): string {
  const lines = rows.flatMap(([name, sizes, build]) =>
    sizes.map((n) => {
      const c = measure(name, n, () => build(n))
      const [, compiled] = timed(() => compileFor(c.closed, reference()))
      const ms = [c.ms.build, c.ms.reverse, c.ms.flatten, compiled].map((t) => t.toFixed(1)).join(' | ')
      const memory = Math.max(0, c.megabytes).toFixed(1)
      return `| ${name} | ${n} | ${c.forward} | ${c.reverse} | ${c.visits} | ${c.entries} | ${savedBytes(c.term)} | ${ms} | ${memory} |`
    }),
  )
  return `# What terms cost

Each term is built, reversed, closed by the identity cap, flattened, and compiled for the reference backend (which flattens
again, simplifies and splits it). The reverse program has at most one forward evaluation of each primitive, however the
term is bracketed; work and memory grow in proportion to the number of primitives. The last columns are times of one run
in milliseconds and the heap, and say nothing beyond the order of growth; \`test/term/cost.test.ts\` asserts the counts.
Terms nested to the
right by hand list at each level the wires they pass on, which is quadratic in bytes; a sequence of models is one diagram
however it is bracketed, and is not. Written by \`npm run docs:update\`.

| term | n | primitives | in the reverse program | walk steps | list entries | bytes of JSON | build ms | reverse ms | flatten ms | compile ms | heap MB |
|---|---|---|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`
}

/** The size of a term as it is saved. */
function savedBytes(term: Term): number {
  const json = termToJson(term)
  if (E.isLeft(json)) throw new Error(json.left.message)
  return json.right.length
}
