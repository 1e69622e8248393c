/**
 * Same seed, same bytes, in Node and in a browser: runs the cases of `test/browser/cases.ts` here and in headless Chromium
 * and compares what each computed, byte by byte. Chromium sees two pages: one isolated from other origins, where
 * WebAssembly has threads, and one that is not.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { bundle, compiled, visit } from './chromium.mjs'

/** Why what the page computed is not what Node did; '' where it is. */
function difference(expected, given) {
  if (given === undefined) return 'the page did not answer'
  if (expected.equals(given)) return ''
  if (expected.length !== given.length) return `${given.length} bytes, in Node ${expected.length}`
  return `other bytes than in Node, first at ${expected.findIndex((byte, i) => byte !== given[i])}`
}

/**
 * Bundlers minify, and page and package must survive that. The isolated page is not minified: tfjs sends the text of a
 * function to its threads, which fails under new names (tensorflow/tfjs issue 4539).
 */
const pages = [
  { page: 'isolated page', isolated: true, minify: false, binary: '/tfjs-backend-wasm-threaded-simd.wasm' },
  { page: 'plain page', isolated: false, minify: true, binary: '/binaries/tfjs-backend-wasm-simd.wasm' },
]

/** Opens a page and checks what it computed. */
async function checkPage(executable, { page, isolated, minify, binary }, expected, check) {
  const [bytes, errors, binaries] = [new Map(), new Map(), new Set()]
  const end = await visit(executable, {
    files: await bundle('page.js', { minify }),
    isolated,
    flags: ['--disable-gpu'],
    seconds: 60,
    progress: () => `${bytes.size + errors.size} of ${expected.size} cases`,
    onPost(kind, name, body) {
      if (kind === 'bytes') bytes.set(name, body)
      if (kind === 'error') errors.set(name, body.toString())
    },
    onBinary: (path) => binaries.add(path),
  })
  const found = end === 'true'
  check(`${page}: crossOriginIsolated is ${isolated}`, found === isolated ? '' : `it is ${found}`)
  const asked = [...binaries].join(', ')
  check(`${page}: runs ${binary}`, asked === binary ? '' : `it asked for ${asked || 'none'}`)
  for (const [name, wanted] of expected) {
    const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 16)
    const reason = errors.get(name) ?? difference(wanted, bytes.get(name))
    check(`${page}: ${name}: ${wanted.length} bytes, sha256 ${hash}…`, reason)
  }
}

/** Checks that both pages compute what Node does; `check` is told what, and why it does not hold. */
export async function checkBytes(executable, check) {
  const { cases } = await import(join(compiled, 'cases.js'))
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, 'two cases have one name')
  const expected = new Map()
  for (const { name, run } of cases) expected.set(name, Buffer.from(await run()))
  for (const [name, bytes] of expected) assert.ok(bytes.length > 0, `${name} computes nothing`)
  for (const each of pages) {
    try {
      await checkPage(executable, each, expected, check)
    } catch (error) {
      check(each.page, error.message)
    }
  }
}
