import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The layers of design.md 2, top first; folders on one line are one layer. */
const layers = [
  ['object'],
  ['structure'],
  ['term'],
  ['primitive'],
  ['optic'],
  ['compile'],
  ['backend'],
  ['layer', 'loss', 'optimiser', 'schedule', 'initialiser', 'circuit'],
  ['learn'],
  ['data', 'codec', 'drawing', 'cli', 'node'],
]
const zoos = ['layer', 'loss', 'optimiser', 'schedule', 'initialiser', 'circuit']

/** Who may import which packages; every other folder has fp-ts and io-ts only. */
const packages: Readonly<Record<string, readonly RegExp[]>> = {
  'src/backend/tensorflow': [/^@tensorflow\//],
  'src/node': [/^node:/],
  'src/cli': [/^node:/, /^pathToFileURL\(resolve\(file\)\)\.href$/],
  laws: [/^fast-check$/],
}
const everywhere = [/^fp-ts\/lib\/[A-Za-z]+\.js$/, /^io-ts$/]

interface Import {
  readonly to: string
  readonly typeOnly: boolean
}
interface Source {
  /** Relative to the root, with `/`. */
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly exports: readonly string[]
}

/** The imports and the exported names of a file, read from its syntax. */
function parse(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const imports: Import[] = []
  const exports: string[] = []
  const from = (specifier: ts.Expression | undefined, typeOnly: boolean): void => {
    if (specifier === undefined) return
    const name = ts.isStringLiteral(specifier) ? specifier.text : specifier.getText()
    const to = name.startsWith('.') ? join(dirname(path), name).replace(/\.js$/, '.ts').replaceAll('\\', '/') : name
    imports.push({ to, typeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings
      const eachIsType =
        bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.every((e) => e.isTypeOnly)
      const clause = node.importClause
      from(node.moduleSpecifier, clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || (eachIsType && !clause?.name))
    } else if (ts.isExportDeclaration(node)) {
      from(node.moduleSpecifier, node.isTypeOnly)
      const clause = node.exportClause
      if (clause !== undefined && ts.isNamespaceExport(clause)) exports.push(clause.name.text)
      else if (clause !== undefined) for (const e of clause.elements) exports.push(e.name.text)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      from(ts.isStringLiteral(node.argument.literal) ? node.argument.literal : undefined, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      from(node.arguments[0], false)
    else if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) {
      if (ts.isVariableStatement(node)) {
        for (const d of node.declarationList.declarations) if (ts.isIdentifier(d.name)) exports.push(d.name.text)
      } else {
        const name = ts.getNameOfDeclaration(node as ts.Declaration)
        if (name !== undefined && ts.isIdentifier(name)) exports.push(name.text)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return { path, lines: text.replace(/\n$/, '').split('\n').length, imports, exports }
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
}

const sources = ['src', 'laws'].flatMap(filesUnder).map((path) => parse(path, readFileSync(join(root, path), 'utf8')))

/** Layer of a file: of `src/index.ts` below all, of an unknown folder -1. */
function layerOf(path: string): number {
  const [top, folder = ''] = path.split('/')
  if (top !== 'src') return -1
  return folder.endsWith('.ts') ? layers.length : layers.findIndex((names) => names.includes(folder))
}
const folderOf = (path: string): string => path.split('/')[1] ?? ''

/** What is wrong with one import, or null. */
function fault(path: string, { to, typeOnly }: Import): string | null {
  const says = (why: string): string => `${path} imports ${to}: ${why}`
  const owner = Object.keys(packages).find((folder) => path.startsWith(`${folder}/`))
  if (!to.startsWith('src/') && !to.startsWith('laws/')) {
    const allowed = [...everywhere, ...(owner === undefined ? [] : (packages[owner] ?? []))]
    return allowed.some((pattern) => pattern.test(to)) ? null : says('the package is not allowed there')
  }
  if (to.startsWith('laws/'))
    return /^(laws|src\/cli)\//.test(path) ? null : says('of src only the command line imports laws')
  const layer = layerOf(to)
  if (path.startsWith('laws/')) {
    if (layer >= 0 && layer <= 4) return null
    const reference = to.startsWith('src/backend/reference/')
    if (path === 'laws/value/reference.ts' && reference) return null
    // A backend is tried as users use it: by programs, with the scalars computed beside them.
    if (path === 'laws/part/interpreter-evaluator.ts' && to === 'src/backend/program.ts') return null
    if (folderOf(to) === 'backend' && !reference && !typeOnly) return says('backends are passed to the laws')
    if (layer > 8) return says('laws import nothing below learn')
    if (path.startsWith('laws/part/') || path.startsWith('laws/catalogue/') || typeOnly) return null
    return says('the laws of structures import layers 0 to 4, and types')
  }
  if (layer < 0 || layerOf(path) < 0) return says('the folder is in no layer')
  if (layer > layerOf(path)) return says('the layer is below its own')
  if (zoos.includes(folderOf(path)) && folderOf(to) === 'backend') return says('the zoos never import a backend')
  return null
}

/** Everything a file loads or refers to, by following its imports through `src`. */
function closure(start: string, files: readonly Source[]): readonly string[] {
  const byPath = new Map(files.map((s) => [s.path, s]))
  const seen = new Set([start])
  for (const path of seen) for (const { to } of byPath.get(path)?.imports ?? []) seen.add(to)
  return [...seen]
}
const heavy = (names: readonly string[]): readonly string[] =>
  names.filter((name) => /^(@tensorflow\/|node:|fast-check)/.test(name) || /^src\/(node|cli)\//.test(name))

describe('layers', () => {
  it('reads the sources', () => {
    expect(sources.length).toBeGreaterThan(30)
    expect(sources.flatMap((s) => s.imports).length).toBeGreaterThan(sources.length)
  })

  it('import only from their own layer and those above', () => {
    expect(sources.flatMap((s) => s.imports.map((i) => fault(s.path, i)).filter((f) => f !== null))).toEqual([])
  })

  it('import files that exist', () => {
    const paths = new Set(sources.map((s) => s.path))
    const missing = sources.flatMap((s) =>
      s.imports.filter(({ to }) => /^(src|laws)\//.test(to) && !paths.has(to)).map(({ to }) => `${s.path} → ${to}`),
    )
    expect(missing).toEqual([])
  })

  it('each have a folder that the list knows', () => {
    expect(sources.filter((s) => s.path.startsWith('src/') && layerOf(s.path) < 0).map((s) => s.path)).toEqual([])
  })

  it('leave the main entry without tfjs and node:', () => {
    expect(sources.map((s) => s.path)).toContain('src/index.ts')
    expect(heavy(closure('src/index.ts', sources))).toEqual([])
  })

  it('keep every file at 300 lines or less', () => {
    expect(sources.filter((s) => s.lines > 300).map((s) => `${s.path}: ${s.lines} lines`)).toEqual([])
  })

  it('export nothing called then, and nothing by default', () => {
    const named = sources.flatMap((s) => s.exports.map((name) => ({ path: s.path, name })))
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter(({ name }) => name === 'then' || name === 'default')).toEqual([])
  })
})

describe('the layer check itself', () => {
  const bad: readonly (readonly [string, string])[] = [
    ['src/object/a.ts', "import { x } from '../term/index.js'"],
    ['src/object/a.ts', "import type { X } from '../term/index.js'"],
    ['src/term/a.ts', "export * from '../primitive/index.js'"],
    ['src/loss/a.ts', "import type { B } from '../backend/index.js'"],
    ['src/loss/a.ts', "type B = import('../learn/index.js').B"],
    ['src/learn/a.ts', "await import('../cli/main.js')"],
    ['src/utility/a.ts', "import { x } from '../object/index.js'"],
    ['src/term/a.ts', "import { x } from '../../laws/index.js'"],
    ['src/data/a.ts', "import { readFileSync } from 'node:fs'"],
    ['src/backend/reference/a.ts', "import * as tf from '@tensorflow/tfjs-core'"],
    ['src/data/a.ts', "await import('fp-ts/function')"],
    ['src/data/a.ts', 'await import(name)'],
    ['laws/structure/a.ts', "import { adam } from '../../src/optimiser/index.js'"],
    ['laws/structure/a.ts', "import { reference } from '../../src/backend/reference/index.js'"],
    ['laws/part/a.ts', "import { tensorflow } from '../../src/backend/tensorflow/index.js'"],
    ['laws/part/a.ts', "import type { T } from '../../src/data/index.js'"],
  ]
  it.each(bad)('catches in %s: %s', (path, text) => {
    const { imports } = parse(path, text)
    expect(imports.map((i) => fault(path, i))).toEqual([expect.stringContaining(`${path} imports `)])
  })

  it.each([
    ['src/learn/a.ts', "import { type A, b } from '../backend/index.js'"],
    ['src/node/a.ts', "import { readFileSync } from 'node:fs'"],
    ['src/backend/tensorflow/a.ts', "import * as tf from '@tensorflow/tfjs-core'"],
    ['laws/part/a.ts', "import { moveOptic } from '../../src/optimiser/index.js'"],
    ['laws/part/a.ts', "import type { B } from '../../src/backend/index.js'"],
    ['laws/a.ts', "import type { A } from '../src/optimiser/index.js'"],
    ['laws/a.ts', "import { type A } from '../src/optimiser/index.js'"],
    ['laws/a.ts', "import * as fc from 'fast-check'"],
  ])('allows in %s: %s', (path, text) => {
    expect(parse(path, text).imports.map((i) => fault(path, i))).toEqual([null])
  })

  it('follows imports', () => {
    const files = [
      parse('src/index.ts', "export * from './data/index.js'"),
      parse('src/data/index.ts', "import '../node/index.js'"),
      parse('src/node/index.ts', "import 'node:fs'"),
    ]
    expect(heavy(closure('src/index.ts', files))).toEqual(['src/node/index.ts', 'node:fs'])
  })

  it('sees every kind of export', () => {
    const text =
      'export const then = 1\nexport function f() {}\nexport { a as b }\nexport * as c from "./c.js"\nexport interface D {}'
    expect(parse('src/a.ts', text).exports).toEqual(['then', 'f', 'b', 'c', 'D'])
    expect(parse('src/a.ts', text).lines).toBe(5)
  })
})
