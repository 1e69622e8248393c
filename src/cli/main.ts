#!/usr/bin/env node
import { readFileSync, realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { termFromJson } from '../codec/index.js'
import { costOf } from '../compile/index.js'
import { drawTerm } from '../drawing/index.js'
import { circuitCommand } from './circuit.js'
import { lawsCommand } from './laws.js'
import { replaceFile } from '../node/replace-file.js'
import { show, type Term } from '../term/index.js'

const usage = `paralens: terms and laws on the command line

  paralens show TERM.json              the term as a straight-line program, and its cost
  paralens draw TERM.json [-o FILE]    the term as a string diagram, SVG; to standard output without -o
  paralens laws [FILE.mjs] [OPTIONS]   the laws of the sets that a module exports, or all that the library has
    --only NAME    a law's subject/set/law, or a regular expression that the names of several match
    --seed N       where every generator starts (42)
    --runs N       random values tried for each law (100)
    --path PATH    replays one counterexample of the law named by --only
    --json         prints the report as JSON
    --discover     tells which claims hold, instead
    --backend NAME the backend whose laws are run: compiled (unless said), one of TensorFlow.js such as wasm, or all
  paralens circuit prove LEFT RIGHT    whether two circuits are one function: equal, different with an input, or undecided
    --tool NAME    abc (unless said) or yosys, which have to be installed
    --seconds N    how long it may search (60)
  paralens circuit convert IN OUT [--simplify]
                   .aig .aag .blif .v or .json, a term over bits, to .aig .aag .blif .v .c .dot or .svg; .v is read by yosys
  paralens --help | --version

A term is saved with termToJson, a law set made with paralens/laws. Exit code 1: a law fails; the file is not a term,
is too large to be drawn or cannot be written, circuits differ; 2: the words of the call are off, the module cannot be
loaded, or a tool is not installed; 3: undecided.
`

const options = {
  out: { type: 'string', short: 'o' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
  only: { type: 'string' },
  seed: { type: 'string' },
  runs: { type: 'string' },
  path: { type: 'string' },
  json: { type: 'boolean' },
  discover: { type: 'boolean' },
  backend: { type: 'string' },
  tool: { type: 'string' },
  seconds: { type: 'string' },
  simplify: { type: 'boolean' },
} as const

/** What a run of the command line prints, and its exit code. */
export interface Outcome {
  readonly code: 0 | 1 | 2 | 3
  readonly out: string
  readonly error: string
}

/** Runs the command line on its words; files are read and written, and what takes time prints its lines as it goes. */
export async function run(words: readonly string[], print: (line: string) => void = console.log): Promise<Outcome> {
  const parsed = E.tryCatch(
    () =>
      parseArgs({
        args: [...words],
        allowPositionals: true,
        options,
      }),
    (e) => (e instanceof Error ? e.message : String(e)),
  )
  if (E.isLeft(parsed)) return { code: 2, out: '', error: `paralens: ${parsed.left}\n\n${usage}` }
  const { values, positionals } = parsed.right
  const [command, file, ...more] = positionals
  if (values.version === true) return { code: 0, out: `paralens ${versionOf()}\n`, error: '' }
  if (values.help === true || command === undefined) return { code: 0, out: usage, error: '' }
  const { out, help: _, version: __, tool, seconds, simplify, ...lawWords } = values
  const circuitWords = { tool, seconds, simplify }
  const own: { readonly [command: string]: object } = { laws: lawWords, circuit: circuitWords, draw: { out } }
  const strange = Object.keys({ out, ...lawWords, ...circuitWords }).find(
    (name) => name in values && !(name in (own[command] ?? {})),
  )
  if (strange !== undefined)
    return { code: 2, out: '', error: `paralens: ${command} takes no --${strange}\n\n${usage}` }
  if (command === 'circuit') return circuitCommand(positionals.slice(1), circuitWords)
  if (command === 'laws' && more.length > 0)
    return { code: 2, out: '', error: `paralens: laws takes one module, given ${more.length + 1}\n\n${usage}` }
  if (command === 'laws') {
    const { code, error } = await lawsCommand(file, lawWords, print)
    return { code, out: '', error: error === '' ? '' : `paralens: ${error}\n` }
  }
  if ((command !== 'show' && command !== 'draw') || file === undefined || more.length > 0)
    return {
      code: 2,
      out: '',
      error: `paralens: "${positionals.join(' ')}" is not a command; needs show TERM.json, draw TERM.json, laws or circuit\n\n${usage}`,
    }
  const term = readTerm(file)
  if (E.isLeft(term)) return { code: 1, out: '', error: `paralens: ${term.left}\n` }
  return command === 'show' ? { code: 0, out: shown(term.right), error: '' } : drawn(term.right, out)
}

function shown(term: Term): string {
  const { primitives, flops } = costOf(term)
  return `${show(term)}\n${primitives} primitives, ${flops} operations\n`
}

async function drawn(term: Term, to: string | undefined): Promise<Outcome> {
  const svg = E.tryCatch(
    () => drawTerm(term),
    (e) => (e instanceof Error ? e.message : String(e)),
  )
  if (E.isLeft(svg)) return { code: 1, out: '', error: `paralens: ${svg.left}\n` }
  if (to === undefined) return { code: 0, out: `${svg.right}\n`, error: '' }
  const written = await replaceFile('draw', to, svg.right)
  return E.isLeft(written)
    ? { code: 1, out: '', error: `paralens: ${written.left.message}\n` }
    : { code: 0, out: `drew ${to}\n`, error: '' }
}

function readTerm(file: string): E.Either<string, Term> {
  const text = E.tryCatch(
    () => readFileSync(file, 'utf8'),
    (e) => `${file}: ${e instanceof Error ? e.message : String(e)}`,
  )
  if (E.isLeft(text)) return text
  const term = termFromJson(text.right)
  return E.isLeft(term) ? E.left(`${file}: ${term.left.message}`) : term
}

/** The version of the nearest package.json above this file that is called paralens. */
function versionOf(): string {
  for (let up = './'; up.length < 40; up += '../') {
    const manifest = E.tryCatch(
      () =>
        JSON.parse(readFileSync(new URL(`${up}package.json`, import.meta.url), 'utf8')) as {
          readonly name?: string
          readonly version?: string
        },
      String,
    )
    if (E.isRight(manifest) && manifest.right.name === 'paralens') return manifest.right.version ?? 'unknown'
  }
  return 'unknown'
}

/** True where this module is what node was asked to run, by its own path or through a link. */
function isMain(): boolean {
  const asked = process.argv[1]
  return (
    asked !== undefined &&
    E.isRight(E.tryCatch(() => realOf(asked), String)) &&
    realOf(asked) === realOf(new URL(import.meta.url))
  )
}
const realOf = (path: string | URL): string => realpathSync(path)

if (isMain()) {
  const { code, out, error } = await run(process.argv.slice(2))
  process.stdout.write(out)
  process.stderr.write(error)
  process.exitCode = code
}
