/**
 * The compile errors of test/types/fixture, as TypeScript shows them. Without an argument it writes docs/compile-errors.md;
 * with `--json` it prints the errors, the displayed types of model.ts and the page, which test/types/errors.test.ts reads.
 *
 * A fixture is one line, `export const name = …`, under a comment that is its title.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'test/types/fixture')
const page = join(root, 'docs/compile-errors.md')
const host = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic(d) {
    throw new Error(ts.flattenDiagnosticMessageText(d.messageText, '\n'))
  },
}
const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(join(folder, 'tsconfig.json'), {}, host)
const program = ts.createProgram(fileNames, options)

/** The sections of the page, in order, and what each is about. */
const sections = {
  composition: 'Models in sequence and side by side',
  dtype: 'Bits and floats',
  wires: 'Wires',
  learner: 'Losses, batches, data sets and points',
  optimiser: 'Optimisers',
}

/** `Arguments for the rest parameter '…' were not provided.`, said beside the error. */
const missingRest = 6236

/** An error of a fixture: where it blames, and the lines that are displayed. */
function errorOf(file, diagnostic) {
  const start = diagnostic.start ?? 0
  const { line, character } = file.getLineAndCharacterOfPosition(start)
  const text = file.text.split('\n')
  const code = text[line]
  return {
    file: basename(file.fileName),
    name: /^export const (\w+)/.exec(code)?.[1] ?? '',
    title: /^\/\/ (.*)\.$/.exec(text.slice(0, line).findLast((above) => above.startsWith('//')) ?? '')?.[1] ?? '',
    line: line + 1,
    column: character + 1,
    code,
    blamed: file.text.slice(start, start + (diagnostic.length ?? 0)),
    lines: [
      ...ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n').split('\n'),
      ...(diagnostic.relatedInformation ?? [])
        .filter(({ code: c }) => c === missingRest)
        .map((d) => `  ${d.messageText}`),
    ],
  }
}

const errorsOf = (name) => {
  const file = program.getSourceFile(join(folder, name))
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((d) =>
    errorOf(file, d),
  )
}

/** The displayed types of the exported constants of a file. */
function typesOf(name) {
  const checker = program.getTypeChecker()
  const declarations = program
    .getSourceFile(join(folder, name))
    .statements.filter((s) => ts.isVariableStatement(s) && s.modifiers?.[0]?.kind === ts.SyntaxKind.ExportKeyword)
    .flatMap((s) => s.declarationList.declarations)
  const { NoTruncation } = ts.TypeFormatFlags
  return Object.fromEntries(
    declarations.map((d) => [
      d.name.text,
      checker.typeToString(checker.getTypeAtLocation(d.name), undefined, NoTruncation),
    ]),
  )
}

/** One error as the page has it: the code, the place under it, and the text. */
function shown({ title, name, code, column, blamed, lines }) {
  const from = `export const ${name} = `.length
  const place = ' '.repeat(column - 1 - from) + '~'.repeat(Math.min(blamed.length, code.length - column + 1))
  return [`### ${title}`, '', '```text', code.slice(from), place, ...lines, '```', ''].join('\n')
}

const errors = fileNames.map((name) => basename(name)).flatMap(errorsOf)
const text = [
  `# Compile errors

A mismatch is an error of TypeScript that names both sizes and blames the layer that does not fit. Each block below is a
line of code, the place that is underlined, and the text that the compiler displays; its last line says what is wrong.

This page is written by \`node scripts/compile-errors.mjs\` from \`test/types/fixture\`, and a test asserts that it is up to
date. Written with TypeScript ${ts.versionMajorMinor}.
`,
  ...Object.entries(sections).flatMap(([name, title]) => [
    `## ${title}\n`,
    ...errors.filter(({ file }) => file === `${name}.ts`).map(shown),
  ]),
].join('\n')

if (process.argv[2] === '--json')
  process.stdout.write(JSON.stringify({ errors, types: typesOf('model.ts'), page: text }))
else {
  if (readFileSync(page, { encoding: 'utf8', flag: 'a+' }) !== text) writeFileSync(page, text)
  console.log(`${errors.length} errors of ${fileNames.length} files`)
}
