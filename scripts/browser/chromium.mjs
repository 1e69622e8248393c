/** A Chromium, what a bundler makes for it, and what a page in it posts. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const repository = fileURLToPath(new URL('../..', import.meta.url))
/** The folder of the compiled pages and cases. */
export const compiled = join(repository, 'build/test/browser')
const binaries = join(repository, 'node_modules/@tensorflow/tfjs-backend-wasm/dist')

/** The executable of a Chromium, where there is one. */
function chromium() {
  const given = process.env.CHROMIUM
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = given === undefined ? names.flatMap((name) => folders.map((folder) => join(folder, name))) : [given]
  return found.find((path) => existsSync(path))
}

/** The executable of a Chromium; where there is none, says so for a program and ends the process. */
export function needChromium(program) {
  const executable = chromium()
  if (executable !== undefined) return executable
  const where = process.env.CHROMIUM === undefined ? 'not on PATH' : `not at CHROMIUM=${process.env.CHROMIUM}`
  console.error(
    `${program}: Chromium is absent (${where}): install it (Debian: apt-get install -y --no-install-recommends chromium) or set CHROMIUM to the path of its executable`,
  )
  process.exit(1)
}

/** Of these a page has one copy, that of its root: tfjs keeps its engine in global variables. */
const single = ['core', 'layers', 'backend-cpu', 'backend-wasm'].map((part) => `@tensorflow/tfjs-${part}`)

/** What a bundler makes of a page in a folder and the package for a browser: files by path, the page's script as /page.js. */
export async function bundle(page, { minify, root = compiled }) {
  const made = await build({
    configFile: false,
    root,
    resolve: { dedupe: single },
    logLevel: 'error',
    publicDir: false,
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2022',
      minify,
      chunkSizeWarningLimit: Infinity,
      rolldownOptions: { input: join(root, page), output: { entryFileNames: 'page.js' } },
    },
  })
  return new Map(made.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]))
}

const types = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' }
const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
const html =
  '<!doctype html><meta charset="utf-8"><title>paralens</title><script type="module" src="/page.js"></script>'

/** A server of a page on a free port of this machine; `ended` settles with what the page posts to /end. */
async function serve({ files, isolated, onPost, onBinary = () => undefined }) {
  let end
  const ended = new Promise((resolve) => (end = resolve))
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
    if (request.method === 'POST') {
      const body = Buffer.concat(await request.toArray())
      if (pathname === '/end') end(body.toString())
      else onPost(pathname.slice(1), searchParams.get('name'), body)
      response.end()
      return
    }
    const [, wasm] = /^(?:\/binaries)?\/(tfjs-backend-wasm[a-z-]*\.wasm)$/.exec(pathname) ?? []
    if (wasm !== undefined) onBinary(pathname)
    const body = pathname === '/' ? html : wasm === undefined ? files.get(pathname) : readFileSync(join(binaries, wasm))
    const type = types[extname(pathname) || '.html'] ?? 'application/octet-stream'
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, ...(isolated ? isolation : {}) })
    response.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, ended, url: `http://127.0.0.1:${server.address().port}/` }
}

/**
 * What the page posts to /end, opened in a Chromium with flags; `onPost` is told all else that it posts. Rejects, with what
 * `progress` says and Chromium printed, where Chromium or the page does not get so far in `seconds`.
 */
export async function visit(executable, { flags, query = '', seconds, progress, ...page }) {
  const { server, ended, url } = await serve(page)
  const profile = mkdtempSync(join(tmpdir(), 'paralens-chromium-'))
  const args = [
    ...['--headless', '--no-sandbox', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking'],
    ...['--disable-component-update', '--disable-sync', '--enable-logging=stderr', ...flags],
    ...[`--user-data-dir=${profile}`, `${url}${query}`],
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
    const fail = (what) => reject(new Error(`${what}, after ${progress()}; Chromium printed:\n${said()}`))
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
