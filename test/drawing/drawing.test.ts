import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawOptic, drawTerm } from '../../src/drawing/index.js'
import { objectOf, product, unit } from '../../src/object/index.js'
import { reverse } from '../../src/optic/index.js'
import { add, contract, exp, multiply, sum } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import {
  box,
  compose,
  copy,
  diagram,
  discard,
  identity,
  sequential,
  swap,
  tensor,
  type Term,
} from '../../src/term/index.js'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
const numbers = (text: string): number[] => (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number)
const boxesOf = (svg: string): Box[] =>
  [...svg.matchAll(/<rect x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"/g)].map(([, ...all]) => {
    const [x = 0, y = 0, width = 0, height = 0] = all.map(Number)
    return { x, y, width, height }
  })
/** The pieces of the wires: straight ones on a level, and curves from left to right. */
function piecesOf(
  svg: string,
): { readonly kind: 'H' | 'C'; readonly from: number; readonly to: number; readonly y: number; readonly z: number }[] {
  const path = /<path class="wire" d="(.*?)"/s.exec(svg)?.[1] ?? ''
  let [x, y] = [0, 0]
  return [...path.matchAll(/([MHC])([^MHC]*)/g)].flatMap(([, kind, text]) => {
    const all = numbers(text ?? '')
    const [from, level] = [x, y]
    if (kind !== 'H') y = all.at(-1) ?? 0
    x = (kind === 'H' ? all.at(-1) : all.at(-2)) ?? 0
    return kind === 'M' ? [] : [{ kind: kind === 'H' ? ('H' as const) : ('C' as const), from, to: x, y: level, z: y }]
  })
}
/** What is wrong with a drawing: boxes that overlap, wires through boxes, things outside the picture, wires that go back. */
function faults(svg: string): string[] {
  const out: string[] = []
  const boxes = boxesOf(svg)
  const [, , width = 0, height = 0] = numbers(/viewBox="(.*?)"/.exec(svg)?.[1] ?? '')
  const tight = 0.2
  for (const [i, a] of boxes.entries()) {
    if (a.x < 0 || a.y < 0 || a.x + a.width > width || a.y + a.height > height) out.push(`box ${i} is outside`)
    for (const [j, b] of boxes.slice(0, i).entries())
      if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
        out.push(`boxes ${j} and ${i} overlap`)
  }
  for (const { kind, from, to, y, z } of piecesOf(svg)) {
    if (to < from - tight) out.push(`a wire goes back from ${from} to ${to}`)
    if (Math.min(y, z) < 0 || Math.max(y, z) > height || from < 0 || to > width) out.push('a wire is outside')
    for (const b of boxes) {
      const beside = to <= b.x + tight || from >= b.x + b.width - tight
      const above = Math.max(y, z) <= b.y + tight || Math.min(y, z) >= b.y + b.height - tight
      if (!beside && !above) out.push(`a ${kind === 'H' ? 'wire' : 'curve'} goes through a box`)
    }
  }
  return out
}
/** What is wrong with a text as XML: tags that do not match, marks that are not escaped, characters that are not allowed. */
function illFormed(xml: string): string | undefined {
  const open: string[] = []
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(xml))
    return 'a character that XML does not have'
  const rest = xml.replace(
    /<(\/?)([a-z]+)((?: [a-zA-Z:]+="[^"<&]*")*)(\/?)>/g,
    (_, close: string, name: string, __, empty: string) => {
      if (close === '' && empty === '') open.push(name)
      if (close !== '' && open.pop() !== name) open.push(`mismatch ${name}`)
      return ''
    },
  )
  if (open.length > 0) return `open: ${open.join()}`
  const bad = /[<>]|&(?!(amp|lt|gt|quot|#39);)/.exec(rest)
  return bad === null ? undefined : `unescaped: ${rest.slice(bad.index, bad.index + 20)}`
}
const count = (svg: string, mark: string): number => svg.split(mark).length - 1

const [two, three] = [objectOf([[2]]), objectOf([[3]])]
const layer = (name: string): Term =>
  box(
    name,
    diagram(objectOf([[3, 3], [3]]), ([w, x]) => [
      exp(contract(w as Wire, x as Wire, { left: 'ij', right: 'j', out: 'i' })),
    ]),
  )
const model = diagram(objectOf([[3, 3], [3, 3], [3]]), ([w, v, x], algebra) =>
  algebra.box(layer('second'), [v as Wire, ...algebra.box(layer('first'), [w as Wire, x as Wire])]),
)

/** A term of scalars from a list of naturals: each triple is one operation on wires that exist. */
const steps = fc.array(fc.tuple(fc.nat(4), fc.nat(50), fc.nat(50)), { maxLength: 40 })
const random = (list: readonly (readonly [number, number, number])[]): Term =>
  diagram(objectOf([[], [], []]), (inputs, algebra) => {
    const wires = [...inputs]
    const at = (i: number): Wire => wires[i % wires.length] as Wire
    for (const [kind, i, j] of list)
      if (kind === 0) wires.push(multiply(at(i), j / 4))
      else if (kind === 1) wires.push(exp(at(i)))
      else if (kind === 2) wires.push(...algebra.box(box('swap', swap(objectOf([[]]), objectOf([[]]))), [at(i), at(j)]))
      else wires.push(add(at(i), at(j)))
    return wires.slice(-4)
  })

describe('drawTerm', () => {
  it('draws boxes apart and wires beside them, as well-formed XML, whatever the term', () => {
    fc.assert(
      fc.property(steps, fc.nat(2), (list, depth) => {
        for (const svg of [drawTerm(random(list), { depth }), drawTerm(reverse(random(list)).backward)]) {
          expect(faults(svg)).toEqual([])
          expect(illFormed(svg)).toBeUndefined()
        }
      }),
      { numRuns: 60, seed: 6 },
    )
  })
  it('the checks of this test see an overlap, a wire through a box, and bad XML', () => {
    const svg = drawTerm(model)
    const [first, second] = boxesOf(svg) as [Box, Box]
    expect(faults(svg.replace(`x="${second.x}" y="${second.y}"`, `x="${first.x + 1}" y="${first.y}"`))).toContain(
      'boxes 0 and 1 overlap',
    )
    expect(faults(svg.replace(' d="', ` d="M0 ${first.y + 5}H999\n`))).toContain('a wire goes through a box')
    for (const bad of ['<svg><g></svg>', '<svg>a & b</svg>', '<svg>a < b</svg>', '<svg>\u0007</svg>'])
      expect(illFormed(bad)).toBeDefined()
  })
  it('opens named boxes down to the depth', () => {
    expect([0, 1, Infinity].map((depth) => boxesOf(drawTerm(model, { depth })).length)).toEqual([2, 4, 4])
    const nested = box('outer', compose(box('inner', model), box('rest', identity(three))))
    expect(
      [0, 1, 2, 3].map((depth) =>
        [...drawTerm(nested, { depth }).matchAll(/class="label".*?>(.*?)</g)].map(([, name]) => name),
      ),
    ).toEqual([['outer'], ['inner', 'rest'], ['first', 'second'], ['contract', 'exp', 'contract', 'exp']])
  })
  it('draws copies as dots and discards as circles', () => {
    const term = compose(
      tensor(copy(product(two, three)), discard(two)),
      swap(product(two, three), product(two, three)),
    )
    const svg = drawTerm(term)
    expect([count(svg, 'class="copy"'), count(svg, 'class="end"'), count(svg, 'class="type"')]).toEqual([2, 1, 7])
    const dead = drawTerm(diagram(two, ([x]) => [x as Wire, exp(x as Wire)].slice(0, 1)))
    expect([count(dead, 'class="copy"'), count(dead, 'class="end"')]).toEqual([1, 1])
  })
  it('labels wires with names, types and attributes, and cuts them when there are many', () => {
    const names = { inputs: ['weight', 'deep', 'x'], outputs: ['prediction'] }
    const svg = drawTerm(model, { ...names, depth: 1 })
    for (const text of ['weight [3, 3]', 'x [3]', 'prediction [3]', 'ij,j→i', '>contract<']) expect(svg).toContain(text)
    const [labelled, bare] = [drawTerm(model), drawTerm(model, { labels: 3 })].map((text) =>
      count(text, 'class="type"'),
    )
    expect([labelled, bare]).toEqual([6, 4])
    const large = drawTerm(diagram(objectOf([[1234567, 1234567, 1234567]]), ([x]) => [sum(x as Wire)]))
    expect(large).toContain('>[1234567, 1234567, …<')
    expect(large).toContain('<title>sum [0,1,2] : [1234567, 1234567, 1234567] → []</title>')
  })
  it('escapes what XML may not hold', () => {
    const name = '</text><script>"&\'\u0000\ud800\uffff'
    const svg = drawTerm(box(name, identity(two)), { title: name, inputs: [name], outputs: [name] })
    expect(illFormed(svg)).toBeUndefined()
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&quot;&amp;&#39;\ufffd\ufffd\ufffd')
  })
  it('draws the empty diagram, single boxes and several boundaries', () => {
    for (const term of [
      identity(unit),
      discard(two),
      diagram(unit, (_, algebra) => algebra.box(box('state', identity(unit)), [])),
      model,
      layer('one'),
    ]) {
      expect(faults(drawTerm(term))).toEqual([])
      expect(illFormed(drawTerm(term))).toBeUndefined()
    }
    expect(boxesOf(drawTerm(layer('one')))).toHaveLength(1)
    expect(piecesOf(drawTerm(identity(unit)))).toEqual([])
  })
  it('gives the same text for the same term', () => {
    expect(drawTerm(reverse(model).backward)).toBe(drawTerm(reverse(model).backward))
  })
  it('draws hundreds of boxes, and long chains without recursion', () => {
    const wide = diagram(objectOf([[]]), ([x]) => {
      const wires = [x as Wire]
      for (let i = 0; i < 400; i++)
        wires.push(add(multiply(wires[Math.floor(i / 2)] as Wire, 2), wires[Math.floor(i / 3)] as Wire))
      return wires.slice(-3)
    })
    const svg = drawTerm(wide)
    expect(faults(svg)).toEqual([])
    expect(boxesOf(svg)).toHaveLength(1200)
    const half = layer('half')
    const step = diagram(half.dom, ([w, x], algebra) => [w as Wire, ...algebra.box(half, [w as Wire, x as Wire])])
    let left: Term = step
    for (let i = 1; i < 3000; i++) left = compose(left, step)
    expect(count(drawTerm(left), 'class="box"')).toBe(3000)
  })
  it('refuses what is too large to be looked at', () => {
    const wire = diagram(objectOf([[]]), ([x]) => [exp(x as Wire)])
    expect(() => drawTerm(sequential(Array.from({ length: 60_001 }, () => wire)))).toThrow(
      'drawTerm: a drawing of 60001 boxes is too large; draw fewer by a smaller depth',
    )
  })
})

describe('drawOptic', () => {
  it('draws forward and backward joined by the residual', () => {
    const svg = drawOptic(reverse(model))
    expect([...svg.matchAll(/class="label".*?>(.*?)</g)].map(([, name]) => name)).toEqual(['forward', 'backward'])
    expect(faults(drawOptic(reverse(model), { depth: Infinity }))).toEqual([])
  })
})
