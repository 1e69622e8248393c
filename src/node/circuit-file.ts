import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import {
  circuitOf,
  readAiger,
  readBlif,
  termFromJson,
  writeAag,
  writeAig,
  writeBlif,
  writeC,
  writeDot,
  writeVerilog,
  type Circuit,
  type CircuitError,
  type TermCodecError,
} from '../codec/index.js'
import { netlistOf, type LowerError } from '../compile/index.js'
import type { FileError } from '../data/index.js'
import { drawNetlist } from '../drawing/index.js'
import { bytesAt, fileError, textAt } from './file.js'
import type { ToolError } from './prove.js'
import { runTool, strange } from './prover.js'
import { replaceFile } from './replace-file.js'

/** A file that is no circuit, or in no format that is read or written. */
export type CircuitFileError =
  | CircuitError
  | FileError
  | LowerError
  | TermCodecError
  | ToolError
  | { readonly kind: 'format'; readonly message: string }

type Read = (path: string) => Promise<E.Either<CircuitFileError, Circuit>>

const aiger: Read = async (path) => {
  const bytes = await bytesAt('loadCircuit', path)()
  return E.isLeft(bytes) ? bytes : readAiger(bytes.right)
}
const readers: { readonly [extension: string]: Read } = {
  '.aag': aiger,
  '.aig': aiger,
  async '.blif'(path) {
    const text = await textAt('loadCircuit', path)()
    return E.isLeft(text) ? text : readBlif(text.right)
  },
  async '.json'(path) {
    const text = await textAt('loadCircuit', path)()
    if (E.isLeft(text)) return text
    const term = termFromJson(text.right)
    if (E.isLeft(term)) return term
    const made = netlistOf(term.right)
    return E.isLeft(made) ? made : E.right(circuitOf(made.right, { name: basename(path, '.json') }))
  },
  '.v': throughYosys,
}

/** Verilog as Yosys reads and synthesises it: one module without state, buses bit by bit, the lowest first. */
async function throughYosys(path: string): Promise<E.Either<CircuitFileError, Circuit>> {
  const folder = await mkdtemp(join(tmpdir(), 'paralens-verilog-'))
  try {
    const copied = await copyFile(path, join(folder, 'in.v')).catch((reason: unknown) =>
      fileError('loadCircuit', 'read', path, reason),
    )
    if (copied !== undefined) return E.left(copied)
    const script = 'read_verilog in.v; synth -noabc -flatten -auto-top; aigmap; write_aiger -symbols out.aig'
    const ran = await runTool('yosys', ['-q', '-p', script], folder, 600)
    if (E.isLeft(ran)) return ran
    if (ran.right.code !== 0) return E.left(strange('yosys', ran.right))
    return readAiger(new Uint8Array(await readFile(join(folder, 'out.aig'))))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const writers: { readonly [extension: string]: (circuit: Circuit) => string | Uint8Array } = {
  '.aag': writeAag,
  '.aig': writeAig,
  '.blif': writeBlif,
  '.c': writeC,
  '.dot': writeDot,
  '.svg': ({ netlist, inputs, outputs, name }) => drawNetlist(netlist, { inputs, outputs, title: name }),
  '.v': writeVerilog,
}

/** The circuit of a file, by its extension: .aig, .aag, .blif, .v where Yosys is installed, or .json, a term over bits. */
export async function loadCircuit(path: string): Promise<E.Either<CircuitFileError, Circuit>> {
  const read = readers[extname(path)]
  return read === undefined ? E.left(unknown('loadCircuit', path, readers)) : read(path)
}

/** Writes a circuit whole or not at all, by the file's extension: .aig, .aag, .blif, .v, .c, .dot or .svg. */
export async function saveCircuit(path: string, circuit: Circuit): Promise<E.Either<CircuitFileError, void>> {
  const write = writers[extname(path)]
  if (write === undefined) return E.left(unknown('saveCircuit', path, writers))
  const made = E.tryCatch(
    () => write(circuit),
    (e) => (e instanceof Error ? e.message : String(e)),
  )
  if (E.isLeft(made)) return E.left({ kind: 'format', message: `saveCircuit: ${made.left}` })
  return replaceFile('saveCircuit', path, made.right)
}

function unknown(what: string, path: string, known: object): Extract<CircuitFileError, { readonly kind: 'format' }> {
  return { kind: 'format', message: `${what}: ${path} ends in none of ${Object.keys(known).join(', ')}` }
}
