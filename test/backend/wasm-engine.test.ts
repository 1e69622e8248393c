import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

/** The entry point as one module, so that plain Node runs it without a build. */
async function bundled(): Promise<string> {
  const ssr = fileURLToPath(new URL('../../src/backend/wasm/index.ts', import.meta.url))
  const made = await build({ configFile: false, logLevel: 'silent', build: { ssr, write: false, minify: false } })
  const outputs = 'output' in made ? made.output : []
  const [entry] = outputs.flatMap((o) => (o.type === 'chunk' && o.isEntry ? [o.code] : []))
  if (entry === undefined) throw new TypeError('the bundle has no entry')
  return entry
}

const source = `${await bundled()}
const outcome = (given) => given.then((backend) => backend.name, (error) => error.name + ': ' + error.message)
console.log(JSON.stringify([hasRelaxed(), await outcome(wasm()), await outcome(wasm({ relaxed: true }))]))`

/** Whether an engine with some flags has relaxed SIMD, and what comes of opening the backend without and with it. */
function opened(...flags: readonly string[]): unknown {
  const env = { PATH: process.env['PATH'] }
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--input-type=module'], {
    input: source,
    encoding: 'utf8',
    env,
  })
  return stdout === '' ? stderr : JSON.parse(stdout)
}

const refused = (what: string): string => `BackendError: compiled wasm: the engine has no ${what}`

describe('the backend in an engine of its own', () => {
  it('opens, with relaxed SIMD where the engine has it', () => {
    const old = process.versions.node.startsWith('20.')
    const without = refused('relaxed SIMD; Node 20 has it with --experimental-wasm-relaxed-simd')
    const [has, plain, relaxed] = opened() as [boolean, string, string]
    expect([has, plain, relaxed]).toEqual([!old, 'compiled wasm', old ? without : 'compiled wasm'])
    if (old) expect(opened('--experimental-wasm-relaxed-simd')).toEqual([true, 'compiled wasm', 'compiled wasm'])
  })

  it('is refused where the engine has no SIMD', () => {
    // V8 compiles no SIMD for an x86 without SSE 4.1, which the flag makes of any; other machines' always have it.
    const [flags, wanted] = process.arch === 'x64' ? [['--no-enable-sse4-1'], refused('SIMD')] : [[], 'compiled wasm']
    expect((opened(...flags) as readonly unknown[])[1]).toBe(wanted)
  })
})
