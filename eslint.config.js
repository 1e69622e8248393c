import tseslint from 'typescript-eslint'
import { docstring } from './scripts/lint/docstring.mjs'

const library = ['src/**/*.ts', 'laws/**/*.ts']
const node = ['src/node/**/*.ts', 'src/cli/**/*.ts']
const tensorflow = ['src/backend/tensorflow/**/*.ts']

const fpTs = {
  regex: '^fp-ts/(?!lib/[A-Za-z]+\\.js$)',
  message: 'dies in plain Node: import from fp-ts/lib/X.js',
}
const fpTsRoot = { regex: '^fp-ts$', message: 'import one module, fp-ts/lib/X.js' }
const noNode = { regex: '^node:', message: 'node: belongs to src/node and src/cli' }
const noTensorflow = { regex: '^@tensorflow/', message: 'tfjs belongs to src/backend/tensorflow' }
const noFastCheck = { regex: '^fast-check', message: 'fast-check belongs to laws and test' }

const imports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns: [fpTs, fpTsRoot, ...patterns] }] })

const exported = ':matches(FunctionDeclaration, ClassDeclaration, TSTypeAliasDeclaration, TSInterfaceDeclaration)'
const noThen = {
  selector: [
    `ExportNamedDeclaration > ${exported} > Identifier.id[name="then"]`,
    'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > Identifier.id[name="then"]',
    'ExportSpecifier > .exported[name="then"]',
    'ExportAllDeclaration > .exported[name="then"]',
  ].join(', '),
  message: 'a module namespace with `then` is a thenable: await import() of it never settles',
}
const syntax = [
  noThen,
  { selector: 'ExportDefaultDeclaration', message: 'no default exports' },
  { selector: 'ExportSpecifier > .exported[name="default"]', message: 'no default exports' },
  { selector: 'ClassDeclaration[superClass=null], ClassExpression', message: 'no classes except errors' },
  { selector: 'TSEnumDeclaration', message: 'no enums: a union of literals' },
  {
    selector: 'TSTypeReference[typeName.name="Partial"] TSTypeReference[typeName.name="Record"]',
    message: 'no Partial<Record<…>> tables: an exhaustive table lets the compiler list what is missing',
  },
]

/** Globals that Node has and a browser has not. */
const nodeGlobals = [
  'process',
  'Buffer',
  'global',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
  'clearImmediate',
]

const runners = ['describe', 'it', 'test', 'suite'].flatMap((object) =>
  ['only', 'skip', 'todo', 'skipIf', 'runIf', 'fails'].map((property) => ({
    object,
    property,
    message: 'no skipped, focused or stubbed tests',
  })),
)

export default tseslint.config(
  {
    ignores: ['**/node_modules/', 'dist/', 'build/', 'out/', 'coverage/', 'docs/api/', '**/fixture/'],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strict,
  {
    rules: {
      ...imports(),
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': ['error', ...syntax],
      'no-restricted-properties': ['error', ...runners],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowObjectTypes: 'always', allowInterfaces: 'with-single-extends' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    // A test of types says which error it expects; a promise nobody awaits is a check that cannot fail.
    files: ['test/**/*.ts', 'examples/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {
    files: library,
    extends: [tseslint.configs.strictTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { paralens: { rules: { docstring } } },
    rules: {
      'max-lines': ['error', 300],
      'no-restricted-globals': ['error', ...nodeGlobals],
      'paralens/docstring': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Dictionaries of functions are read apart, and no function here has a `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['src/**/*.ts'], rules: imports(noNode, noTensorflow, noFastCheck) },
  { files: ['laws/**/*.ts'], rules: imports(noNode, noTensorflow) },
  { files: node, rules: { ...imports(noTensorflow, noFastCheck), 'no-restricted-globals': 'off' } },
  // The command line of the laws.
  { files: ['laws/main.ts'], rules: { 'no-restricted-globals': 'off' } },
  { files: tensorflow, rules: imports(noNode, noFastCheck) },
  {
    // Configuration files are read by their default export.
    files: ['*.config.ts', '*.config.js'],
    rules: { 'no-restricted-syntax': ['error', noThen] },
  },
)
