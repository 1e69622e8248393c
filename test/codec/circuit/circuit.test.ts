import { runInNewContext } from 'node:vm'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  circuitOf,
  readAiger,
  readBlif,
  writeAag,
  writeAig,
  writeBlif,
  writeC,
  writeDot,
  writeVerilog,
  type Circuit,
  type CircuitError,
} from '../../../src/codec/index.js'
import { evaluateNetlist, gates, netlist, tableOf } from '../../../src/compile/index.js'
import { drawNetlist } from '../../../src/drawing/index.js'
import { functionOf, randomNetlist } from '../../netlist.js'

const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** The formats that are read, each from bytes. */
const formats: {
  readonly [name: string]: {
    readonly write: (circuit: Circuit) => string | Uint8Array
    readonly read: (bytes: Uint8Array) => E.Either<CircuitError, Circuit>
  }
} = {
  blif: { write: writeBlif, read: (bytes) => readBlif(textOf(bytes)) },
  aag: { write: writeAag, read: readAiger },
  aig: { write: writeAig, read: readAiger },
}

const arities = [0, 1, 2, 3, 4]
/** Sizes from nothing to what is still exhaustive. */
const sizes = [
  [0, 0, 0],
  [1, 0, 1],
  [0, 2, 2],
  [2, 5, 3],
  [5, 12, 4],
  [8, 40, 6],
] as const
const circuits = sizes.flatMap(([inputs, count, outs], i) =>
  [1, 2, 3].map((seed) => circuitOf(randomNetlist(100 * i + seed, inputs, count, arities, outs))),
)

describe.each(Object.entries(formats))('%s', (name, { write, read }) => {
  it('is read as it was written: the same function under the same names', () => {
    for (const circuit of circuits) {
      const back = read(bytesOf(write(circuit)))
      if (E.isLeft(back)) throw new Error(back.left.message)
      expect(functionOf(back.right.netlist)).toBe(functionOf(circuit.netlist))
      expect(back.right.inputs).toEqual(circuit.inputs)
      expect(back.right.outputs).toEqual(circuit.outputs)
    }
  })

  it('is a circuit or an error with its place, wherever it ends and whatever a byte of it is', () => {
    const whole = bytesOf(write(circuitOf(randomNetlist(7, 3, 6, arities, 2))))
    const cut = Array.from(whole, (_, n) => whole.slice(0, n))
    const changed = Array.from(whole, (_, at) =>
      [0, 10, 32, 48, 57, 92, 127, 255].map((byte) => Uint8Array.from(whole, (b, i) => (i === at ? byte : b))),
    ).flat()
    let refused = 0
    for (const bytes of [...cut, ...changed]) {
      const made = read(bytes)
      if (E.isRight(made)) {
        const { netlist: net, inputs, outputs } = made.right
        expect([inputs.length, outputs.length]).toEqual([net.inputs, net.outputs.length])
        expect(evaluateNetlist(net, new Uint8Array(net.inputs)).length).toBe(net.outputs.length)
        continue
      }
      refused += 1
      const { left } = made
      expect(left.message.startsWith(`${left.kind}: `)).toBe(true)
      if (left.kind === 'aig') {
        expect(left.offset).toBeGreaterThanOrEqual(0)
        expect(left.offset).toBeLessThanOrEqual(bytes.length)
      } else {
        expect(left.line).toBeGreaterThanOrEqual(1)
        expect(left.line).toBeLessThanOrEqual(textOf(bytes).split('\n').length)
        expect(left.column).toBeGreaterThanOrEqual(1)
      }
    }
    expect(refused, name).toBeGreaterThan(whole.length / 2)
  })
})

describe('hostile and strange files', () => {
  const errorOf = (made: E.Either<CircuitError, Circuit>): CircuitError => {
    if (E.isRight(made)) throw new Error('it was read')
    return made.left
  }
  const aiger = (text: string): CircuitError => errorOf(readAiger(bytesOf(text)))
  it('of AIGER are refused before anything of their size is made', () => {
    const begun = performance.now()
    for (const format of ['aig', 'aag'])
      for (const sizes of ['4294967295 4294967295 0 0 0', '2147483647 0 0 0 2147483647', '9 1 0 999999999 8'])
        expect(aiger(`${format} ${sizes}\n`).message).toMatch(/^(aig|aag): /u)
    expect(performance.now() - begun).toBeLessThan(2000)
  })
  it('of AIGER name what is no combinational circuit', () => {
    expect(aiger('aag 1 0 1 0 0\n2 3\n').message).toContain('latch')
    expect(aiger('hello').message).toContain('aag')
    expect(aiger('aag 2 1 0 1 1\n2\n4\n4 4 2\n').message).toMatch(/itself|cycle|depends/u)
  })
  it('of BLIF name what is missing, with line and column', () => {
    const blif = (text: string): CircuitError => errorOf(readBlif(text))
    expect(blif('.model m\n.inputs a\n.outputs y\n.latch a y 0\n.end\n')).toMatchObject({ line: 4, column: 1 })
    expect(blif('.model m\n.inputs a\n.outputs y\n.end\n').message).toContain('y')
    expect(blif('.model m\n.inputs a\n.outputs y\n.names y a y\n11 1\n.end\n').message).toMatch(/itself/u)
    expect(blif('.model m\n.inputs a\n.outputs y\n.names a y\n1 2\n.end\n')).toMatchObject({ line: 5 })
  })
  it('of BLIF may be in any order, continued and commented', () => {
    const made = readBlif(
      '# a file\n.model m\n.inputs a \\\nb\n.outputs y z\n.names t y # the first\n0 1\n.names a b t\n1- 1\n-1 1\n.names z\n.end\n',
    )
    if (E.isLeft(made)) throw new Error(made.left.message)
    expect(functionOf(made.right.netlist)).toBe('10 00 00 00')
  })
})

describe('what is written', () => {
  /** What the C function computes, run as JavaScript: its expressions are those of both languages over BigInt. */
  function outputsOfC(circuit: Circuit): string {
    const source = writeC(circuit)
    const body = source
      .slice(source.indexOf('{') + 1, source.lastIndexOf('}'))
      .replaceAll(/\(void\)\w;/gu, '')
      .replaceAll('const uint64_t', 'const')
      .replaceAll(/UINT64_C\((\d+)\)/gu, '$1n')
    const { inputs } = circuit.netlist
    const x = Array.from({ length: inputs }, (_, i) =>
      Array.from({ length: 2 ** inputs }, (__, p) => BigInt((p >> i) & 1) << BigInt(p)).reduce((a, b) => a | b, 0n),
    )
    const y: bigint[] = []
    runInNewContext(body, { x, y })
    return Array.from({ length: 2 ** inputs }, (_, p) =>
      circuit.outputs.map((__, o) => ((y[o] ?? 0n) >> BigInt(p)) & 1n).join(''),
    ).join(' ')
  }
  it('as C computes the function', () => {
    for (const circuit of circuits.filter((c) => c.netlist.inputs <= 6))
      expect(outputsOfC(circuit)).toBe(functionOf(circuit.netlist))
  })
  it('has names that the languages have, each once', () => {
    const net = randomNetlist(5, 3, 4, arities, 2)
    const odd = circuitOf(net, { name: 'module', inputs: ['a b', 'a b', 'wire'], outputs: ['*/', 'é'] })
    const verilog = writeVerilog(odd)
    const ports = /module (\w+)\(([^)]*)\)/u.exec(verilog)?.[2]?.split(', ') ?? []
    expect(new Set(ports).size).toBe(5)
    for (const port of ports) expect(port).toMatch(/^[A-Za-z_]\w*$/u)
    expect(writeC(odd).split('*/').length).toBe(2)
    const blif = readBlif(writeBlif(odd))
    expect(E.isRight(blif)).toBe(true)
  })
  it('as a drawing has a node for each gate', () => {
    const circuit = circuitOf(randomNetlist(3, 3, 5, arities, 2))
    expect(writeDot(circuit).match(/->/gu)?.length ?? 0).toBeGreaterThan(0)
    const svg = drawNetlist(circuit.netlist, { inputs: circuit.inputs, outputs: circuit.outputs, title: 'c' })
    expect(svg.startsWith('<svg')).toBe(true)
    expect(svg.trimEnd().endsWith('</svg>')).toBe(true)
  })
})

describe('netlist', () => {
  const and = tableOf(2, (i) => (i === 3 ? 1 : 0))
  const problem = (parts: Parameters<typeof netlist>[0]): string =>
    E.match(
      (e: { readonly problem: string; readonly message: string }) => `${e.problem}: ${e.message}`,
      () => 'made',
    )(netlist(parts))
  it('refuses wires that are not there, cycles and tables of another size', () => {
    expect(problem({ inputs: 2, gates: [{ operands: [0, 9], table: and }], outputs: [2] })).toBe(
      'wire: netlist: gate 0 reads wire 9, there are 3',
    )
    expect(problem({ inputs: 1, gates: [{ operands: [0, 1], table: and }], outputs: [1] })).toMatch(/^cycle: /u)
    expect(problem({ inputs: 2, gates: [{ operands: [0, 1], table: [1, 1] }], outputs: [2] })).toMatch(/^table: /u)
    expect(problem({ inputs: 2, gates: [{ operands: [0, 1], table: [16] }], outputs: [2] })).toMatch(/^table: /u)
    expect(problem({ inputs: 2, gates: [], outputs: [2] })).toMatch(/^wire: /u)
    expect(problem({ inputs: -1, gates: [], outputs: [] })).toMatch(/^size: /u)
  })
  it('puts gates into an order in which they can be computed', () => {
    const made = netlist({
      inputs: 2,
      gates: [
        { operands: [3, 1], table: and },
        { operands: [0, 1], table: and },
      ],
      outputs: [2],
    })
    if (E.isLeft(made)) throw new Error(made.left.message)
    expect(gates(made.right)).toBe(2)
    expect(functionOf(made.right)).toBe('0 0 0 1')
  })
})
