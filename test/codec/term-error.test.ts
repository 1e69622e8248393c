import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { decodeTerm, encodeTerm, termFromJson, termToJson } from '../../src/codec/index.js'
import { objectOf } from '../../src/object/index.js'

import { reverse } from '../../src/optic/index.js'
import { primitives } from '../../src/primitive/index.js'

import { compose, expand, primitive, type Term } from '../../src/term/index.js'

import { again, difference, document, left, model, right } from './round-trip.js'

const broken = (nodes: readonly unknown[], root: unknown = nodes.length - 1, rest: object = {}): unknown => ({
  format: 'paralens/term',
  version: 1,
  types: [
    { dtype: 'float32', shape: [2] },
    { dtype: 'float32', shape: [3] },
  ],
  nodes,
  root,
  ...rest,
})
const copyNode = { kind: 'diagram', dom: [0], boxes: [], outs: [0, 0] }

describe('what is not a term', () => {
  it.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'format', 'is undefined, needs "paralens/term"'],
    ['a list', [], 'format', 'is undefined, needs "paralens/term"'],
    ['another format', { format: 'onnx' }, 'format', 'is "onnx", needs "paralens/term"'],
    ['a later version', { ...document(), version: 2 }, 'version', 'is 2, needs 1'],
    ['no version', { format: 'paralens/term' }, 'version', 'is undefined, needs 1'],
    [
      'a field too many',
      { ...document(), more: 1 },
      'more',
      'is not a field: needs an object of format, version, types, nodes, root',
    ],
    ['no nodes', broken([], 0), 'root', 'is 0, needs one of the 0 nodes'],
    ['nodes that are no list', { ...document(), nodes: {} }, 'nodes', 'is an object, needs a list'],
    ['a root that is no number', broken([copyNode], '0'), 'root', 'is "0", needs an integer ≥ 0'],
    [
      'an unknown dtype',
      broken([copyNode], 0, { types: [{ dtype: 'toString', shape: [] }] }),
      'types[0].dtype',
      'is "toString", needs one of float64, float32, integer, int32, bit',
    ],
    [
      'a size that is none',
      broken([copyNode], 0, { types: [{ dtype: 'bit', shape: [2, -1] }] }),
      'types[0].shape[1]',
      'is -1, needs an integer ≥ 0',
    ],
    [
      'a size that is huge',
      broken([copyNode], 0, { types: [{ dtype: 'bit', shape: [2 ** 30, 2 ** 30] }] }),
      'types[0]',
      'is bit[1073741824, 1073741824], needs at most 2⁵³ − 1 entries',
    ],
    [
      'too many axes',
      broken([copyNode], 0, { types: [{ dtype: 'bit', shape: Array(65).fill(1) }] }),
      'types[0].shape',
      'is a list of 65, needs a list of at most 64',
    ],
    [
      'an unknown kind',
      broken([{ kind: 'loop' }]),
      'nodes[0].kind',
      'is "loop", needs one of primitive, compose, tensor, diagram, box',
    ],
    [
      'a node that is null',
      broken([null]),
      'nodes[0].kind',
      'is undefined, needs one of primitive, compose, tensor, diagram, box',
    ],
    [
      'an unknown primitive',
      broken([{ kind: 'primitive', name: 'constructor', attributes: {}, dom: [] }]),
      'nodes[0].name',
      'is "constructor", needs the name of a primitive',
    ],
    [
      'an attribute that is none',
      broken([{ kind: 'primitive', name: 'exp', attributes: { axis: 0 }, dom: [0] }]),
      'nodes[0].attributes.axis',
      'is not a field: needs an empty object',
    ],
    [
      'a missing attribute',
      broken([{ kind: 'primitive', name: 'sum', attributes: {}, dom: [0] }]),
      'nodes[0].attributes.axes',
      'is undefined, needs a list of at most 64',
    ],
    [
      'an attribute of another kind',
      broken([{ kind: 'primitive', name: 'argmax', attributes: { axis: 'length' }, dom: [0] }]),
      'nodes[0].attributes.axis',
      'is "length", needs an integer ≥ 0',
    ],
    [
      'a type that is not there',
      broken([{ ...copyNode, dom: [2] }]),
      'nodes[0].dom[0]',
      'is 2, needs one of the 2 types',
    ],
    [
      'a wrong domain',
      broken([{ kind: 'primitive', name: 'add', attributes: {}, dom: [0, 1] }]),
      'nodes[0]',
      'is not a term: add: [2] and [3] differ',
    ],
    [
      'a result that is huge',
      broken([{ kind: 'primitive', name: 'broadcast', attributes: { axes: [0], shape: [2 ** 53 - 1, 2] }, dom: [0] }]),
      'nodes[0]',
      'is [9007199254740991, 2], needs at most 2⁵³ − 1 entries',
    ],
    [
      'a cycle of one',
      broken([{ kind: 'box', name: 'b', body: 0 }]),
      'nodes[0].body',
      'is 0, needs one of the 0 nodes before it',
    ],
    [
      'a cycle of two',
      broken([
        { kind: 'compose', parts: [1] },
        { kind: 'tensor', parts: [0] },
      ]),
      'nodes[0].parts[0]',
      'is 1, needs one of the 0 nodes before it',
    ],
    [
      'a dangling node',
      broken([copyNode, { kind: 'tensor', parts: [0, 7] }]),
      'nodes[1].parts[1]',
      'is 7, needs one of the 1 nodes before it',
    ],
    [
      'a dangling box',
      broken([
        copyNode,
        {
          ...copyNode,
          boxes: [
            [0, 0],
            [3, 0],
          ],
        },
      ]),
      'nodes[1].boxes[1][0]',
      'is 3, needs one of the 1 nodes before it',
    ],
    [
      'an empty box',
      broken([copyNode, { ...copyNode, boxes: [[]] }]),
      'nodes[1].boxes[0]',
      'is empty, needs a node and the wires that it reads',
    ],
    ['no parts', broken([{ kind: 'tensor', parts: [] }]), 'nodes[0].parts', 'is empty, needs at least one node'],
    [
      'a boundary that does not match',
      broken([copyNode, { kind: 'compose', parts: [0, 0] }]),
      'nodes[1]',
      'is not a term: compose: codomain [2] ⊗ [2] does not match domain [2]',
    ],
    [
      'a wire that is not there',
      broken([{ ...copyNode, outs: [1] }]),
      'nodes[0]',
      'is not a term: diagram: wire 1 is read before it exists; there are 1',
    ],
    [
      'a wire of another type',
      broken([copyNode, { ...copyNode, dom: [1], boxes: [[0, 0]] }]),
      'nodes[1]',
      'is not a term: diagram: wire 0 is [3], its reader needs [2]',
    ],
    [
      'too few wires',
      broken([copyNode, { ...copyNode, boxes: [[0]] }]),
      'nodes[1]',
      'is not a term: diagram: a box reads 0 wires, its domain is [2]',
    ],
    [
      'a name that is none',
      broken([copyNode, { kind: 'box', name: 7, body: 0 }]),
      'nodes[1].name',
      'is 7, needs string',
    ],
    ['half a node', broken([copyNode], 0.5), 'root', 'is 0.5, needs an integer ≥ 0'],
  ])('%s', (_, json, path, reason) => {
    expect(left(decodeTerm(json))).toEqual({ kind: 'term', path, message: `decodeTerm: ${path} ${reason}` })
  })
  it('hostile sizes: 2¹⁰⁰ wires in a hundred rows, and work without end', () => {
    const doubled = [copyNode, ...Array.from({ length: 100 }, (_, k) => ({ kind: 'tensor', parts: [k, k] }))]
    expect(left(decodeTerm(broken(doubled))).message).toBe(
      'decodeTerm: nodes[19] has 1048576 wires, needs at most 1000000',
    )
    const wide = Array.from({ length: 18 }, (_, k) => ({ kind: 'tensor', parts: [k, k] }))
    const endo = { kind: 'diagram', dom: [0], boxes: [], outs: [0] }
    const long = [endo, ...wide, ...Array.from({ length: 500 }, () => ({ kind: 'compose', parts: [18, 18] }))]
    expect(left(decodeTerm(broken(long))).message).toMatch(
      /^decodeTerm: nodes\[\d+\] and those before it have \d+ wires, needs at most 8000000$/,
    )
  })
  it.each([22, 30, 60])('hostile sharing: %i doublings, refused at once at the node that is too large', (doublings) => {
    const exp = { kind: 'primitive', name: 'exp', attributes: {}, dom: [0] }
    const endo = { kind: 'diagram', dom: [0], boxes: [], outs: [0] }
    const twice: readonly ((k: number) => object)[] = [
      (k) => ({ kind: 'compose', parts: [k, k] }),
      (k) => ({
        ...endo,
        boxes: [
          [k, 0],
          [k, 1],
        ],
        outs: [2],
      }),
    ]
    const started = Date.now()
    for (const first of [exp, endo])
      for (const double of twice) {
        const rows = Array.from({ length: doublings }, (_, k) => double(k))
        const text = JSON.stringify(broken([first, ...rows]))
        expect(text.length).toBeLessThan(5000)
        const { message, path } = left(termFromJson(text))
        expect(message).toMatch(/^decodeTerm: nodes\[2[012]\] unfolds to \d+ nodes and wires, needs at most 8000000$/)
        expect(message).toContain(path)
        const half = right(decodeTerm(broken([first, ...rows.slice(0, 16)])))
        expect(expand(half).boxes).toHaveLength(first === exp ? 2 ** 16 : 0)
      }
    expect(Date.now() - started).toBeLessThan(10_000)
  })
  it('what would not be read for its sharing is not written', () => {
    let f: Term = primitive(primitives.exp, {}, objectOf([[2]]))
    for (let k = 0; k < 60; k++) f = compose(f, f)
    expect(left(encodeTerm(f)).message).toBe(
      'encodeTerm: a compose unfolds to 12582911 nodes and wires, needs at most 8000000',
    )
  })
  it('a text cut anywhere', () => {
    const text = right(termToJson(model))
    for (let n = 0; n < text.length; n++)
      expect(left(termFromJson(text.slice(0, n))).message).toBe(
        `decodeTerm: the document of ${n} characters is not JSON`,
      )
    expect(left(termFromJson('{"format":"paralens/term","format":"x"}')).message).toBe(
      'decodeTerm: the document has the key "format" twice',
    )
    expect(left(termFromJson('['.repeat(200_000))).message).toMatch(/is not JSON$/)
    expect(left(termFromJson('['.repeat(200_000) + ']'.repeat(200_000))).kind).toBe('term')
  })
  it('a document changed anywhere is a term or an error, never a throw', () => {
    const values: readonly unknown[] = [
      -1,
      0,
      1,
      5,
      0.5,
      1e308,
      '',
      'add',
      null,
      true,
      [],
      [0],
      [[0]],
      {},
      { number: '-0' },
    ]
    /** Every place of a JSON value. */
    const placesOf = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
      typeof value === 'object' && value !== null
        ? [path, ...Object.entries(value).flatMap(([k, x]) => placesOf(x, [...path, k]))]
        : [path]
    const put = (value: unknown, [key, ...rest]: readonly string[], x: unknown): unknown => {
      if (key === undefined) return x
      if (Array.isArray(value)) return value.map((each: unknown, k) => (String(k) === key ? put(each, rest, x) : each))
      return { ...(value as object), [key]: put((value as { [k: string]: unknown })[key], rest, x) }
    }
    let [fine, wrong] = [0, 0]
    for (const source of [document(), right(encodeTerm(reverse(model).backward))])
      for (const path of placesOf(source))
        for (const x of values) {
          const read = decodeTerm(JSON.parse(JSON.stringify(put(source, path, x))))
          if (E.isLeft(read)) wrong++
          else {
            fine++
            expect(difference(read.right, again(read.right))).toBeUndefined()
          }
        }
    expect(wrong).toBeGreaterThan(1000)
    expect(fine).toBeGreaterThan(10)
  })
})
