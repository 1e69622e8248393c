import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'paralens-'))
const layers = ['object', 'structure', 'term', 'primitive', 'optic', 'compile', 'backend']

/** The layers that a backend imports, as plain JavaScript. */
function build(): void {
  for (const layer of layers)
    for (const file of readdirSync(join(root, 'src', layer), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue
      const to = join(folder, 'src', layer, file.replace(/\.ts$/, '.js'))
      const compilerOptions = {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2022,
        verbatimModuleSyntax: true,
      }
      mkdirSync(dirname(to), { recursive: true })
      writeFileSync(
        to,
        ts.transpileModule(readFileSync(join(root, 'src', layer, file), 'utf8'), { compilerOptions }).outputText,
      )
    }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
}

/** What a program prints under plain Node, on both streams. */
async function node(name: string, source: string): Promise<string> {
  writeFileSync(join(folder, name), source)
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(folder, name)], { cwd: folder })
  return stdout + stderr
}

beforeAll(build)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('tensorflow in plain Node', () => {
  it('says which package to install where tfjs is missing', async () => {
    // The packages that paralens brings, and no other.
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(join(root, 'node_modules/fp-ts'), join(folder, 'node_modules/fp-ts'))
    const said = await node(
      'missing.js',
      `import { tensorflow } from './src/backend/tensorflow/index.js'\nawait tensorflow('wasm').catch((e) => console.log(e.name, e.message))`,
    )
    expect(said).toMatch(
      /^BackendError tensorflow: @tensorflow\/tfjs-core cannot be loaded; npm install @tensorflow\/tfjs-core@4\.22\.0 \(Cannot find package/,
    )
  })

  it('runs on wasm with nothing but packages, prints nothing and leaves the default backend alone', async () => {
    rmSync(join(folder, 'node_modules'), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const source = `
      import tf from '@tensorflow/tfjs-core'
      import '@tensorflow/tfjs-backend-cpu'
      import { tensorflow } from './src/backend/tensorflow/index.js'
      import { diagram, flatten } from './src/term/index.js'
      import { contract } from './src/primitive/index.js'
      import { objectOf, tensorOf } from './src/object/index.js'
      await tf.setBackend('cpu')
      const f = flatten(diagram(objectOf([[2, 2], [2]]), ([a, x]) => [contract(a, x, { left: 'ij', right: 'j', out: 'i' })]))
      const results = []
      for (const name of ['wasm', 'cpu', 'wasm']) {
        const backend = await tensorflow(name)
        const inputs = [tensorOf([2, 2], [1, 2, 3, 4]), tensorOf([2], [5, 6])].map((t) => backend.upload(t))
        const [out] = backend.compile(f).run(inputs)
        results.push([...(await backend.read(out)).data])
      }
      console.log(JSON.stringify([results, tf.getBackend(), tf.memory().numTensors]))`
    expect(await node('plain.js', source)).toBe('[[[17,39],[17,39],[17,39]],"cpu",0]\n')
  })

  it('goes on where tfjs makes itself a second wasm backend', async () => {
    const source = `
      import tf from '@tensorflow/tfjs-core'
      import { tensorflow } from './src/backend/tensorflow/index.js'
      import { diagram, flatten } from './src/term/index.js'
      import { add } from './src/primitive/index.js'
      import { objectOf, tensorOf } from './src/object/index.js'
      const backend = await tensorflow('wasm')
      const run = backend.compile(flatten(diagram(objectOf([[2]]), ([x]) => [add(x, x)])))
      await tf.ready()
      const sum = tf.add(tf.tensor1d([1, 2]), 1).dataSync()
      const [out] = run.run([backend.upload(tensorOf([2], [1, 2]))])
      console.log(JSON.stringify([[...(await backend.read(out)).data], [...sum], tf.getBackend()]))`
    expect(await node('second.js', source)).toBe('[[2,4],[2,3],"wasm"]\n')
  })
})
