import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'

interface Shown {
  readonly file: string
  readonly name: string
  readonly title: string
  readonly line: number
  readonly column: number
  readonly code: string
  readonly blamed: string
  readonly lines: readonly string[]
}
interface Run {
  readonly errors: readonly Shown[]
  readonly types: Readonly<Record<string, string>>
  readonly page: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What each fixture blames, and how the last line ends. */
const wanted: Readonly<Record<string, Readonly<Record<string, readonly [blamed: string, last: string]>>>> = {
  'composition.ts': {
    mismatch: ["andThen('out', dense(64, 10))", "Type '128' is not assignable to type '64'."],
    composed: ["named('out', dense(64, 10))", "Type '64' is not assignable to type '128'."],
    twice: [
      "andThen('hidden', dense(128, 10))",
      `Type 'DenseParams<784, 128>' is not assignable to type '"two parameters are called hidden"'.`,
    ],
    unnamed: ['andThen(dense(128, 10))', `not assignable to type '"two parameters are called weight"'.`],
    unnamedComposed: ['dense(784, 128)', `not assignable to type '"two parameters are called weight"'.`],
    unnamedTensor: ['dense(7, 8)', `not assignable to type '"two parameters are called weight"'.`],
    second: [
      "andThen(tensor(named('a', dense(6, 1)), named('b', dense(9, 1))))",
      "Type '8' is not assignable to type '9'.",
    ],
    widened: ['dense(64, 32)', "Type '32' is not assignable to type '64'."],
    copies: ['dense(64, 32)', "Type '32' is not assignable to type '64'."],
    typo: ['hiden', "Did you mean 'hidden'?"],
    flat: ["andThen('out', dense(784, 10))", "Type '896' is not assignable to type '784'."],
    channels: ["andThen('second', conv2d([24, 24, 4], 16, { size: 5 }))", "Type '8' is not assignable to type '4'."],
    pool: ['andThen(maxPool2d([28, 28, 8], { size: 2 }))', "Type '24' is not assignable to type '28'."],
    left: ["andThen('out', dense(1568, 10))", "Type '1152' is not assignable to type '1568'."],
    padding: ['padding', `Type '"full"' is not assignable to type 'Padding'.`],
  },
  'dtype.ts': {
    floatsIntoBits: ["andThen('table', over('bit', lookup(4, 2)))", "Type '[4]' is not assignable to type 'Bit<[4]>'."],
    bitsIntoFloats: ["andThen('out', dense(2, 1))", "Type 'Bit<[2]>' is not assignable to type '[2]'."],
    bitsOfAnotherWidth: ["andThen('second', over('bit', lookup(3, 1)))", "Type '2' is not assignable to type '3'."],
  },
  'wires.ts': {
    bias: ['bias', "Type '64' is not assignable to type '128'."],
    apply: ['weight', "Type '64' is not assignable to type '784'."],
    matmul: ['weight', "Type '5' is not assignable to type '6'."],
    box: ['wire.relu(hidden(x))', "Type '128' is not assignable to type '64'."],
    arity: ['x', 'Expected 1 arguments, but got 2.'],
    part: [
      'hiden',
      "Property 'hiden' does not exist on type 'Boxes<{ readonly hidden: Para<DenseParams<784, 128>, [[784]], [[128]]>; }>'.",
    ],
  },
  'learner.ts': {
    loss: ['softmaxCrossEntropy(11)', "Type '11' is not assignable to type '10'."],
    label: ['floats', "Type '[60, 10]' is not assignable to type 'Int<[number]>'."],
    target: ['tensorOf([60, 11], [])', "Type '11' is not assignable to type '10'."],
    width: ['tensorOf([60, 783], [])', "Type '783' is not assignable to type '784'."],
    unbatched: ['tensorOf([784], [])', 'Source has 1 element(s) but target requires 2.'],
    params: ['start(wide, 1).params', "Type '64' is not assignable to type '128'."],
    inputs: ['squares', 'Source has 2 element(s) but target allows only 1.'],
    encoded: ['oneHot', "Type '[10]' is not assignable to type 'Int<[]>'."],
    state: [
      'start(heavy, 1)',
      "but required in type 'State<NoInfer<{ adam: AdamSlots; }>, NoInfer<{ ...; } & { ...; }>>'.",
    ],
    slot: ['means', "Did you mean 'mean'?"],
    rate: ['step', "Arguments for the rest parameter 'ports' were not provided."],
    fitted: [
      '{ backend, epochs: 5 }',
      "but required in type '{ readonly ports: PortValues<NoInfer<{ readonly rate: Float64<[]>; }>>; }'.",
    ],
  },
  'optimiser.ts': {
    rules: ['sgd({ rate: 0.1 })', `Type '"point"' is not assignable to type '"gradient"'.`],
    late: ['adam({ rate: 0.001 })', `Type '"point"' is not assignable to type '"gradient"'.`],
    transform: ['clipByGlobalNorm(1)', `Type '"gradient"' is not assignable to type '"point"'.`],
    twice: ['adam({ rate: 0.001 })', `Type 'AdamSlots' is not assignable to type '"two rules are called adam"'.`],
  },
}

/** What is displayed of the models that compile. */
const displayed: Readonly<Record<string, string>> = {
  model: 'Para<{ hidden: DenseParams<784, 128>; } & { out: DenseParams<128, 10>; }, [[784]], [[10]]>',
  digits:
    'Learner<{ hidden: DenseParams<784, 128>; } & { out: DenseParams<128, 10>; }, { adam: AdamSlots; }, Empty, [[784]], [Int<[]>]>',
  point: 'Point<{ hidden: DenseParams<784, 128>; } & { out: DenseParams<128, 10>; }, { adam: AdamSlots; }>',
  params:
    '{ readonly hidden: { readonly weight: Tensor<[784, 128]>; readonly bias: Tensor<[128]>; }; readonly out: { readonly weight: Tensor<[128, 10]>; readonly bias: Tensor<[10]>; }; }',
  weight: 'Tensor<[784, 128]>',
  mean: 'Tensor<[784, 128]>',
  count: 'Tensor<Float64<[]>>',
  next: 'Promise<{ readonly point: Point<{ hidden: DenseParams<784, 128>; } & { out: DenseParams<128, 10>; }, { adam: AdamSlots; }>; readonly loss: number; }>',
  logits: 'Promise<Tensor<[number, 10]>>',
  fitted:
    'TaskEither<FitError, Trained<{ hidden: DenseParams<784, 128>; } & { out: DenseParams<128, 10>; }, { adam: AdamSlots; }>>',
  flat: 'Para<{ rows: DenseParams<28, 32>; } & { out: DenseParams<896, 10>; }, [[28, 28]], [[10]]>',
  bits: 'Para<{ first: { table: Bit<[16, 2]>; }; second: { table: Bit<[4, 1]>; }; }, [Bit<[4]>], [Bit<[1]>]>',
  floats:
    'Para<{ hidden: { weight: Float64<[784, 128]>; bias: Float64<[128]>; }; out: { weight: Float64<[128, 10]>; bias: Float64<[10]>; }; }, [Float64<[784]>], [Float64<[10]>]>',
  third: 'Tensor<[64, 64]> | undefined',
  affine: 'Para<{ weight: [784, 128]; bias: [128]; }, [[784]], [[128]]>',
  two: 'Para<{ left: DenseParams<64, 16>; right: DenseParams<64, 8>; }, [[64]], [[16], [8]]>',
  shared: 'Para<{ embed: DenseParams<64, 16>; join: [16, 16]; }, [[64], [64]], [[16]]>',
  lenet:
    'Para<{ first: Conv2dParams<5, 5, 1, 8>; } & { second: Conv2dParams<5, 5, 8, 16>; } & { out: DenseParams<400, 10>; }, [[28, 28, 1]], [[10]]>',
  strided: 'Para<Conv2dParams<5, 3, 3, 8>, [[65, 33, 3]], [[29, 11, 8]]>',
  depthwise: 'Para<DepthwiseConv2dParams<3, 3, 12, 3>, [[32, 32, 12]], [[16, 16, 36]]>',
  up: 'Para<Conv2dParams<5, 5, 16, 8>, [[14, 14, 16]], [[28, 28, 8]]>',
  signal: 'Para<{ filter: Conv1dParams<9, 2, 4>; }, [[1000, 2]], [[82, 4]]>',
  wide: 'Para<Conv2dParams<5, 5, 1, 8>, [[28, number, 1]], [[24, number, 8]]>',
  words: 'Para<{ words: EmbeddingParams<5000, 16>; }, [Int<[12]>], [[16]]>',
  steeredStep:
    'Promise<{ readonly point: Point<{ hidden: DenseParams<784, 128>; } & { out: DenseParams<128, 10>; }, Empty>; readonly loss: number; }>',
  steeredFit:
    'TaskEither<FitError, Trained<{ hidden: DenseParams<784, 128>; } & { out: DenseParams<128, 10>; }, Empty>>',
}

let run: Run
beforeAll(() => {
  const printed = execFileSync(process.execPath, ['scripts/compile-errors.mjs', '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  })
  run = JSON.parse(printed) as Run
}, 60_000)

const cases = Object.entries(wanted).flatMap(([file, names]) =>
  Object.entries(names).map(([name, [blamed, last]]) => ({ file, name, blamed, last })),
)

describe('compile errors', () => {
  it.each(cases)('$file: $name blames $blamed', ({ file, name, blamed, last }) => {
    const found = run.errors.filter((e) => e.file === file && e.name === name)
    expect(found.map((e) => e.blamed)).toEqual([blamed])
    for (const { column, code, lines } of found) {
      expect(code.slice(column - 1).startsWith(blamed)).toBe(true)
      expect(lines.at(-1)?.endsWith(last), lines.at(-1)).toBe(true)
      expect(lines.join('\n')).not.toMatch(/exactOptionalPropertyTypes|import\(|\bany\b|more\./)
    }
  })

  it('stand where they are expected and nowhere else', () => {
    expect(run.errors.map(({ file, name }) => `${file} ${name}`).sort()).toEqual(
      cases.map(({ file, name }) => `${file} ${name}`).sort(),
    )
  })

  it('blame the places of a line that occur more than once by their column', () => {
    const place = (file: string, name: string): number | undefined =>
      run.errors.find((e) => e.file === file && e.name === name)?.column
    const code = (file: string, name: string): string =>
      run.errors.find((e) => e.file === file && e.name === name)?.code ?? ''
    for (const [file, name, within, at] of [
      ['wires.ts', 'bias', 'wire.add(wire.apply(x, weight), bias)', 'bias)'],
      ['wires.ts', 'apply', 'wire.apply(x, weight)', 'weight)'],
      ['wires.ts', 'matmul', 'wire.matmul(x, weight)', 'weight)'],
      ['wires.ts', 'arity', 'layer(x, x)', 'x)'],
    ] as const) {
      const from = code(file, name).lastIndexOf(within)
      expect(place(file, name)).toBe(from + within.lastIndexOf(at) + 1)
    }
  })

  it('have a page that is up to date (node scripts/compile-errors.mjs)', () => {
    expect(readFileSync(new URL('../../docs/compile-errors.md', import.meta.url), 'utf8')).toBe(run.page)
    for (const { title, lines } of run.errors) {
      expect(run.page).toContain(`### ${title}\n`)
      expect(run.page).toContain(lines.at(-1))
    }
  })
})

describe('models that compile', () => {
  it.each(Object.entries(displayed))('%s is displayed', (name, type) => {
    expect(run.types[name]).toBe(type)
  })
  it('are all listed', () => {
    expect(Object.keys(run.types).sort()).toEqual(Object.keys(displayed).sort())
  })
})
