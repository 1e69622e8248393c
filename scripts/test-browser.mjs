/**
 * Same seed, same bytes, in Node and in a browser: runs the cases of `test/browser` here and in headless Chromium and
 * compares what each computed, byte by byte. Chromium sees two pages: one isolated from other origins, where WebAssembly
 * has threads, and one that is not. Needs a fresh build of the package and of the cases; prints one line a case and fails
 * where one differs, has thrown or is missing, and where there is no Chromium. CHROMIUM is the path of its executable
 * where that is not on PATH.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const compiled = join(root, 'build/test/browser')
const binaries = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist')
const seconds = 60

/** The executable of a Chromium. */
function chromium() {
  const given = process.env.CHROMIUM
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = given === undefined ? names.flatMap((name) => folders.map((folder) => join(folder, name))) : [given]
  return found.find((path) => existsSync(path))
}

/** What a bundler makes of the page and the package for a browser: files by path. */
async function bundle(minify) {
  const made = await build({
    configFile: false,
    root: compiled,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      minify,
      chunkSizeWarningLimit: Infinity,
      rolldownOptions: { input: join(compiled, 'page.js'), output: { entryFileNames: 'page.js' } },
    },
  })
  return new Map(made.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]))
}

const types = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' }
const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
const html =
  '<!doctype html><meta charset="utf-8"><title>paralens</title><script type="module" src="/page.js"></script>'

/**
 * A server of the page on a free port of this machine: what the page posted, and the wasm binaries it asked for. `ended`
 * settles when the page says that it has run every case.
 */
async function serve(files, isolated) {
  const seen = { bytes: new Map(), errors: new Map(), binaries: [] }
  let end
  const ended = new Promise((resolve) => (end = resolve))
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
    if (request.method === 'POST') {
      const body = Buffer.concat(await request.toArray())
      const name = searchParams.get('name')
      if (pathname === '/bytes') seen.bytes.set(name, body)
      if (pathname === '/error') seen.errors.set(name, body.toString())
      if (pathname === '/end') end({ ...seen, isolated: body.toString() === 'true' })
      response.end()
      return
    }
    const [, wasm] = /^(?:\/binaries)?\/(tfjs-backend-wasm[a-z-]*\.wasm)$/.exec(pathname) ?? []
    if (wasm !== undefined) seen.binaries.push(pathname)
    const body = pathname === '/' ? html : wasm === undefined ? files.get(pathname) : readFileSync(join(binaries, wasm))
    const type = types[extname(pathname) || '.html'] ?? 'application/octet-stream'
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, ...(isolated ? isolation : {}) })
    response.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answered = () => seen.bytes.size + seen.errors.size
  return { server, ended, answered, url: `http://127.0.0.1:${server.address().port}/` }
}

/** What the page in a Chromium computed. Rejects where Chromium or the page does not get so far. */
async function visit(executable, files, isolated) {
  const { server, ended, answered, url } = await serve(files, isolated)
  const profile = mkdtempSync(join(tmpdir(), 'paralens-chromium-'))
  const args = [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--enable-logging=stderr'],
    ...[`--user-data-dir=${profile}`, url],
  ]
  const browser = spawn(executable, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let printed = ''
  let timer
  browser.stderr.on('data', (chunk) => (printed += chunk))
  const said = () =>
    printed
      .split('\n')
      .filter((line) => line.includes(':CONSOLE:'))
      .join('\n') || printed
  const failed = new Promise((_, reject) => {
    const fail = (what) =>
      reject(new Error(`${what}, after ${answered()} of ${cases.length} cases; Chromium printed:\n${said()}`))
    browser.on('error', reject)
    browser.on('exit', (code) => fail(`${executable} ended with ${code}`))
    timer = setTimeout(() => fail(`the page did not end in ${seconds} s`), 1000 * seconds)
  })
  try {
    return await Promise.race([ended, failed])
  } finally {
    clearTimeout(timer)
    if (browser.exitCode === null && browser.kill()) await once(browser, 'close')
    server.closeAllConnections()
    server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

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
let [passed, failed] = [0, 0]

/** Prints and counts a check that holds where the reason against it is ''. */
function check(what, reason) {
  if (reason === '') passed += 1
  else failed += 1
  console.log(reason === '' ? `ok  ${what}` : `NOT ok  ${what}: ${reason}`)
}

/** Opens a page and checks what it computed. */
async function checkPage(executable, { page, isolated, minify, binary }, expected) {
  const seen = await visit(executable, await bundle(minify), isolated)
  check(`${page}: crossOriginIsolated is ${isolated}`, seen.isolated === isolated ? '' : `it is ${seen.isolated}`)
  const asked = [...new Set(seen.binaries)].join(', ')
  check(`${page}: runs ${binary}`, asked === binary ? '' : `it asked for ${asked || 'none'}`)
  for (const [name, bytes] of expected) {
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
    const reason = seen.errors.get(name) ?? difference(bytes, seen.bytes.get(name))
    check(`${page}: ${name}: ${bytes.length} bytes, sha256 ${hash}…`, reason)
  }
}

const executable = chromium()
if (executable === undefined) {
  const where = process.env.CHROMIUM === undefined ? 'not on PATH' : `not at CHROMIUM=${process.env.CHROMIUM}`
  console.error(
    `test:browser: Chromium is absent (${where}): install it (Debian: apt-get install -y --no-install-recommends chromium) or set CHROMIUM to the path of its executable`,
  )
  process.exit(1)
}
const { cases } = await import(join(compiled, 'cases.js'))
assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, 'two cases have one name')
const expected = new Map()
for (const { name, run } of cases) expected.set(name, Buffer.from(await run()))
for (const [name, bytes] of expected) assert.ok(bytes.length > 0, `${name} computes nothing`)

for (const each of pages) {
  try {
    await checkPage(executable, each, expected)
  } catch (error) {
    check(each.page, error.message)
  }
}
console.log(`browser: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
