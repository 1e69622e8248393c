/** What was learned, exported and proved: the cell of an adder at any number of positions beside `a + b` of Verilog. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { circuitOf, fix, netlistOf, over, ripple, simplifyNetlist, type Circuit, type Tensor } from 'paralens'
import { loadCircuit, prove, saveCircuit } from 'paralens/node'

const numbered = (name: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${name}[${i}]`)

/** The cell of a learned adder unrolled to n positions, simplified. */
function adder(table: Tensor, n: number): Circuit {
  const { term } = fix(over('bit', ripple(n, 1, 2, 1)), { table } as never)
  const made = netlistOf(term)
  if (E.isLeft(made)) throw new Error(made.left.message)
  // Row i of the input is bit i of both operands.
  const inputs = Array.from({ length: n }, (_, i) => [`a[${i}]`, `b[${i}]`]).flat()
  return circuitOf(simplifyNetlist(made.right), { name: 'learned', inputs, outputs: numbered('y', n) })
}

const sum = (n: number): string =>
  `module sum(input [${n - 1}:0] a, input [${n - 1}:0] b, output [${n - 1}:0] y);\n  assign y = a + b;\nendmodule\n`

/** Writes the adder of n bits as AIGER and Verilog into a folder, and answers what abc says of it and `a + b`. */
export async function provedSum(table: Tensor, n: number, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const learned = adder(table, n)
  for (const extension of ['aig', 'v']) {
    const saved = await saveCircuit(join(folder, `adder-${n}.${extension}`), learned)
    if (E.isLeft(saved)) throw new Error(saved.left.message)
  }
  const reference = join(folder, `sum-${n}.v`)
  await writeFile(reference, sum(n))
  const wanted = await loadCircuit(reference)
  if (E.isLeft(wanted)) return `not proved: ${wanted.left.message}`
  const verdict = await prove(learned, wanted.right)
  return E.isLeft(verdict) ? `not proved: ${verdict.left.message}` : verdict.right.kind
}
