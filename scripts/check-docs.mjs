/**
 * Runs the examples of the documentation. A fenced block whose info string is `ts run` is a module; `ts run more` goes on
 * with the block before it in the same file. Blocks stand in README.md, docs and the docstrings of src and laws. Each
 * module is type-checked against the built package and run, and every `// → value` in it is compared:
 *
 *     console.log(x)        // → what was printed
 *     pipe(1, f)            // → the value, as Node's inspect shows it
 *     const y = g(x)        // → the value of y
 *     // → on a line of its own below a statement does the same, and lines that begin with `//   ` go on with it
 *
 * `…` stands for any text. Runs of white space count as one space.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
const build = join(root, 'build/docs')

/** The fenced `ts run` blocks of a file as modules of one or more blocks; lines elsewhere are empty, so that line numbers agree. */
function modulesOf(path) {
  const text = readFileSync(join(root, path), 'utf8')
  const margin = path.endsWith('.md') ? /^/ : /^\s*\* ?/
  const modules = []
  let fence = null
  let current = null
  text.split(/\r?\n/).forEach((line, at) => {
    const inside = line.replace(margin, '')
    const mark = /^(\s*)(`{3,})(.*)$/.exec(inside)
    if (fence === null) {
      if (mark === null || (!path.endsWith('.md') && !margin.test(line))) return
      const info = mark[3].trim().split(/\s+/)
      fence = { ticks: mark[2], indent: mark[1].length, line: at + 1 }
      const runs = info[0] === 'ts' && info[1] === 'run'
      if (runs && info[2] === 'more' && modules.length === 0)
        throw new Error(`${path}:${at + 1}: nothing to go on with`)
      if (runs && info[2] !== 'more') modules.push({ path, line: at + 1, lines: [] })
      current = runs ? modules.at(-1) : null
      fence.unmarked = info[0] === 'ts' && !runs
    } else if (mark !== null && mark[3].trim() === '' && mark[2].length >= fence.ticks.length) {
      fence = null
      current = null
    } else if (fence.unmarked && inside.includes('// →'))
      throw new Error(`${path}:${at + 1}: a value in a block that is not marked \`ts run\``)
    else if (current !== null) current.lines[at] = inside.slice(Math.min(fence.indent, inside.search(/\S|$/)))
  })
  if (fence !== null) throw new Error(`${path}:${fence.line}: the block has no end`)
  return modules.map(({ lines, ...rest }) => ({
    ...rest,
    code: Array.from(lines, (line) => line ?? '').join('\n') + '\n',
  }))
}

/** The expectations of a module, each at the top-level statement that it follows. */
function expectations(file, path) {
  const lines = file.text.split('\n')
  const lineOf = (position) => file.getLineAndCharacterOfPosition(position).line
  const found = []
  const taken = new Set()
  for (const statement of file.statements) {
    const last = lineOf(statement.getEnd())
    const trailing = /^\s*\/\/ → ?(.*)$/.exec(
      lines[last].slice(file.getLineAndCharacterOfPosition(statement.getEnd()).character),
    )
    const below = trailing === null ? /^\s*\/\/ → ?(.*)$/.exec(lines[last + 1] ?? '') : null
    const first = trailing ?? below
    if (first === null) continue
    let at = trailing === null ? last + 1 : last
    taken.add(at)
    const text = [first[1]]
    for (let more; (more = /^\s*\/\/ {3}(.*)$/.exec(lines[at + 1] ?? '')) !== null; at++) text.push(more[1])
    found.push({ statement, expected: text.join('\n'), line: last + 1 })
  }
  lines.forEach((line, at) => {
    if (/\/\/ →/.test(line) && !taken.has(at))
      throw new Error(`${path}:${at + 1}: no top-level statement ends before this value`)
  })
  for (const { expected, line } of found)
    if (!/[^\s…]/.test(expected)) throw new Error(`${path}:${line}: an expected value that says nothing`)
  return found
}

const isPrint = (node) =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  node.expression.getText().startsWith('console.')

/** The module with a report after each statement that has an expected value. */
function instrumented(file, path) {
  const edits = []
  const found = expectations(file, path)
  found.forEach(({ statement, line }, i) => {
    const start = statement.getStart()
    const end = statement.getEnd()
    if (ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1) {
      const name = statement.declarationList.declarations[0].name
      if (!ts.isIdentifier(name)) throw new Error(`${path}:${line}: a value of several names`)
      edits.push({ at: end, text: `; $docs.value(${i}, ${name.text});` })
    } else if (!ts.isExpressionStatement(statement))
      throw new Error(`${path}:${line}: only an expression or a const has a value`)
    else if (isPrint(statement.expression)) {
      edits.push({ at: start, text: `; $docs.begin(); ` }, { at: end, text: `; $docs.end(${i});` })
    } else {
      const inner = statement.expression
      edits.push({ at: inner.getStart(), text: `; $docs.value(${i}, (` }, { at: inner.getEnd(), text: '));' })
    }
  })
  let text = file.text
  for (const { at, text: added } of edits.sort((a, b) => b.at - a.at)) text = text.slice(0, at) + added + text.slice(at)
  return { text, found }
}

/** What stands before each module when it runs. */
const preamble = `
import { inspect as $inspect } from 'node:util'
import { writeFileSync as $write } from 'node:fs'
const $show = (x) => $inspect(x, { depth: 6, breakLength: Infinity, maxArrayLength: 1000, maxStringLength: 100000 })
const $docs = { printed: null, got: {}, save() { $write(process.argv[2], JSON.stringify(this.got)) } }
$docs.begin = () => { $docs.printed = [] }
$docs.end = (i) => { $docs.got[i] = $docs.printed.join('\\n'); $docs.printed = null; $docs.save() }
$docs.value = (i, x) => { $docs.got[i] = $show(x); $docs.save() }
for (const method of ['log', 'info', 'error', 'warn', 'debug', 'table'])
  console[method] = (...xs) => { $docs.printed?.push(xs.map((x) => typeof x === 'string' ? x : $show(x)).join(' ')) }
`

const plain = (text) => text.trim().replace(/\s+/g, ' ')
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Does what came out match what was written? */
function matches(got, expected) {
  return new RegExp(`^${plain(expected).split('…').map(escaped).join('.*')}$`, 's').test(plain(got))
}

function filesUnder(folder, end) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith(end) && !name.startsWith('docs/api/'))
    .sort()
}

/** Type errors of all modules in one program, at the lines of the documents. */
function typeErrors(modules) {
  const { options } = ts.parseJsonConfigFileContent(
    { extends: './tsconfig.json', files: [], compilerOptions: { outDir: './build', noUnusedLocals: false } },
    ts.sys,
    root,
  )
  const program = ts.createProgram(
    modules.map((m) => m.file),
    options,
  )
  const pathOf = new Map(modules.map((m) => [m.file.replaceAll('\\', '/'), m.path]))
  return ts.getPreEmitDiagnostics(program).map((d) => {
    const { line } = d.file?.getLineAndCharacterOfPosition(d.start ?? 0) ?? { line: 0 }
    const name = d.file === undefined ? '' : (pathOf.get(d.file.fileName) ?? relative(root, d.file.fileName))
    return `${name}:${line + 1}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`
  })
}

/** What is wrong with the values of one module. */
function valueErrors({ path, line, code, file }) {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true)
  const { text, found } = instrumented(source, path)
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }
  const script = file.replace(/\.ts$/, '.mjs')
  const answers = file.replace(/\.ts$/, '.json')
  writeFileSync(answers, '{}')
  writeFileSync(script, preamble + ts.transpileModule(text, { compilerOptions: options }).outputText)
  const ran = spawnSync(process.execPath, [script, answers], { cwd: build, encoding: 'utf8', timeout: 120_000 })
  const got = JSON.parse(readFileSync(answers, 'utf8'))
  const failure =
    ran.status === 0 ? [] : [`${path}:${line}: the example ended with ${ran.status ?? ran.signal}\n${ran.stderr}`]
  const wrong = found.flatMap(({ expected, line: at }, i) =>
    i in got
      ? matches(got[i], expected)
        ? []
        : [`${path}:${at}: is ${plain(got[i])}, and ${plain(expected)} was written`]
      : [`${path}:${at}: was never reached`],
  )
  return { errors: [...failure, ...wrong], values: found.length }
}

const documents = ['README.md', 'CONTRIBUTING.md'].filter((name) => existsSync(join(root, name)))
const paths = [...documents, ...filesUnder('docs', '.md'), ...filesUnder('src', '.ts'), ...filesUnder('laws', '.ts')]
rmSync(build, { recursive: true, force: true })
mkdirSync(build, { recursive: true })

const errors = []
const modules = paths.flatMap((path) => {
  try {
    return modulesOf(path)
  } catch (error) {
    errors.push(error.message)
    return []
  }
})
modules.forEach((m, i) => {
  m.file = join(build, `${m.path.replace(/[^A-Za-z0-9]+/g, '-')}-${i}.ts`)
  writeFileSync(m.file, m.code)
})
errors.push(...typeErrors(modules))
let values = 0
for (const m of modules)
  try {
    const result = valueErrors(m)
    values += result.values
    errors.push(...result.errors)
  } catch (error) {
    errors.push(error.message)
  }
for (const path of documents)
  if (path === 'README.md' && !modules.some((m) => m.path === path)) errors.push('README.md: has no `ts run` block')
if (!existsSync(join(root, 'README.md'))) errors.push('README.md: is missing')
if (values === 0) errors.push('no `// → value` was found')
for (const error of errors) console.error(error)
console.log(`docs: ${modules.length} examples, ${values} values, ${errors.length} errors`)
process.exitCode = errors.length === 0 ? 0 : 1
