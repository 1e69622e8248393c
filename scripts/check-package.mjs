/**
 * Packs the package, installs the tarball in two projects outside the repository and uses it there as a stranger would:
 * once alone, once with its optional peers. Needs a fresh build. Prints one line a check and fails at the first that does not hold.
 */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const temporary = mkdtempSync(join(tmpdir(), 'paralens-pack-'))
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

const done = (what) => console.log(`ok  ${what}`)
const json = (value) => `${JSON.stringify(value, null, 2)}\n`

/** Standard output of a program; its errors are thrown with what it printed. */
function run(program, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 300_000 })
  if (error !== undefined) throw error
  assert.equal(status, 0, `${program} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`)
  return stdout
}

function filesUnder(folder, suffix) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith(suffix))
}

/** What `npm pack` must hold: two files for each source, the data sets, the papers. */
function expectedFiles() {
  const compiled = ['src', 'laws'].flatMap((folder) =>
    filesUnder(folder, '.ts').flatMap((name) =>
      ['js', 'd.ts'].map((end) => `dist/${name.replace(/\.ts$/, `.${end}`)}`),
    ),
  )
  const data = readdirSync(join(root, 'data')).map((name) => `data/${name}`)
  return [...compiled, ...data, 'CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'].sort()
}

/** The lock entries that the named packages need, by following their dependencies from the top of node_modules. */
function locked(names) {
  const entries = {}
  const pending = names.map((name) => ({ name, from: '' }))
  for (const { name, from } of pending) {
    const folders = from === '' ? [''] : [...ancestors(from), '']
    const path = folders.map((f) => `${f}${f === '' ? '' : '/'}node_modules/${name}`).find((p) => p in lock.packages)
    assert.ok(path !== undefined, `${name}, needed by ${from || manifest.name}, is not in package-lock.json`)
    if (path in entries) continue
    const { dev: _dev, peer: _peer, devOptional: _devOptional, ...entry } = lock.packages[path]
    entries[path] = entry
    for (const dependency of Object.keys(entry.dependencies ?? {})) pending.push({ name: dependency, from: path })
    for (const dependency of Object.keys(entry.peerDependencies ?? {}))
      if (entry.peerDependenciesMeta?.[dependency]?.optional !== true) pending.push({ name: dependency, from: path })
  }
  return entries
}

/** `node_modules/a/node_modules/b` ↦ itself and `node_modules/a`, innermost first. */
function ancestors(path) {
  const parts = path.split('/node_modules/')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/node_modules/'))
}

/**
 * A project that depends on the tarball and on some peers, installed by `npm ci` from the versions and hashes of this
 * repository's lock file: what `npm ci` here has put in npm's cache is enough, without a network.
 */
function project(name, tarball, peers) {
  const folder = join(temporary, name)
  mkdirSync(folder)
  const dependencies = Object.fromEntries(peers.map((peer) => [peer, lock.packages[`node_modules/${peer}`].version]))
  dependencies[manifest.name] = `file:${tarball}`
  const own = Object.fromEntries(
    ['version', 'license', 'bin', 'engines', 'dependencies', 'peerDependencies', 'peerDependenciesMeta'].map((key) => [
      key,
      manifest[key],
    ]),
  )
  const packages = {
    '': { name, version: '1.0.0', dependencies },
    [`node_modules/${manifest.name}`]: { ...own, resolved: `file:${tarball}` },
    ...locked([...Object.keys(manifest.dependencies), ...peers]),
  }
  writeFileSync(
    join(folder, 'package.json'),
    json({ name, version: '1.0.0', type: 'module', private: true, dependencies }),
  )
  writeFileSync(
    join(folder, 'package-lock.json'),
    json({ name, version: '1.0.0', lockfileVersion: 3, requires: true, packages }),
  )
  run(npm, ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], folder)
  return folder
}

/** What a module under plain node loads: every resolved specifier, on standard output. */
const recorder = `
import { register } from 'node:module'
const hooks = \`
  import { writeSync } from 'node:fs'
  export async function resolve(specifier, context, next) {
    const found = await next(specifier, context)
    writeSync(1, 'loads ' + found.url + '\\\\n')
    return found
  }\`
register('data:text/javascript,' + encodeURIComponent(hooks))
`

/** Imports an entry point under plain node and uses it; its exported names and what was loaded for it. */
function imported(folder, entry, use = '') {
  const script = `
    const module = await import('${entry}')
    ${use}
    console.log('exports ' + JSON.stringify(Object.keys(module)))`
  writeFileSync(join(folder, 'recorder.mjs'), recorder)
  const lines = run(
    process.execPath,
    ['--import', './recorder.mjs', '--input-type=module', '-e', script],
    folder,
  ).split('\n')
  const tail = (head) => lines.filter((line) => line.startsWith(head)).map((line) => line.slice(head.length))
  return { names: JSON.parse(tail('exports ')[0]), loads: tail('loads ') }
}

const entryName = (key) => `${manifest.name}${key.slice(1)}`
const entries = Object.keys(manifest.exports).filter((key) => key !== './package.json')
const isNode = (url) => url.startsWith('node:')
const isTensorflow = (url) => url.includes('/@tensorflow/')

try {
  const [packed] = JSON.parse(
    execFileSync(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', temporary], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  assert.deepEqual(packed.files.map((file) => file.path).sort(), expectedFiles())
  done(`the tarball holds ${packed.files.length} files and no other, ${Math.round(packed.size / 1024)} kB packed`)
  const tarball = join(temporary, packed.filename)

  const bare = project('bare', tarball, [])
  const installed = readdirSync(join(bare, 'node_modules'))
    .filter((name) => !name.startsWith('.'))
    .sort()
  assert.deepEqual(installed, [...Object.keys(manifest.dependencies), manifest.name].sort())
  done(`without its optional peers it brings ${installed.join(', ')}`)
  for (const key of entries.filter((key) => !/tensorflow|laws/.test(key))) {
    const { names, loads } = imported(bare, entryName(key))
    assert.ok(names.length > 0, `${entryName(key)} exports nothing`)
    assert.ok(loads.length > 0, `${entryName(key)}: nothing was recorded`)
    if (key !== './node') assert.deepEqual(loads.filter(isNode), [], `${entryName(key)} loads node:`)
    assert.deepEqual(loads.filter(isTensorflow), [], `${entryName(key)} loads tfjs`)
    done(`${entryName(key)} runs alone, ${names.length} exports, ${loads.length} modules`)
  }

  const threads = `
    import { dense, learner, session, sgd, squaredError, start, tensorOf } from '${manifest.name}'
    import { wasm } from '${manifest.name}/backend/wasm'
    const task = learner(dense(300, 400), squaredError, sgd({ rate: 0.001 }))
    const losses = []
    for (const threads of [1, 2]) {
      const work = session(task, await wasm({ threads }), start(task, 1))
      const [x, y] = [300, 400].map((n) => tensorOf([32, n], Array.from({ length: 32 * n }, (_, i) => (i % 7) / 7)))
      for (let i = 0; i < 20; i++) work.step(x, y)
      losses.push(await work.losses())
    }
    console.log(JSON.stringify(losses))`
  const [one, two] = JSON.parse(run(process.execPath, ['--input-type=module', '-e', threads], bare))
  assert.equal(one.length, 20)
  assert.deepEqual(two, one)
  done('two threads train as one, and end with their process')

  const full = project('full', tarball, Object.keys(manifest.peerDependencies))
  for (const key of entries) {
    const use = key === './backend/tensorflow' ? "await module.tensorflow('wasm')" : ''
    const { names, loads } = imported(full, entryName(key), use)
    assert.ok(names.length > 0, `${entryName(key)} exports nothing`)
    assert.ok(!names.includes('then') && !names.includes('default'), `${entryName(key)} exports then or default`)
    if (key === './node') assert.ok(loads.some(isNode), 'the recorder does not see node:')
    if (key === './backend/tensorflow') assert.ok(loads.some(isTensorflow), 'the recorder does not see tfjs')
    done(`${entryName(key)} runs beside its peers, ${names.length} exports`)
  }

  const deep = packed.files.map((file) => file.path).filter((path) => path.endsWith('.js'))
  const unlisted = [...deep.slice(0, 3).map((path) => `/${path}`), '/src/index.js', '/object', '/index.js']
  for (const path of unlisted) {
    const script = `await import('${manifest.name}${path}').then(() => 'imported', (e) => e.code).then(console.log)`
    const answer = run(process.execPath, ['--input-type=module', '-e', script], full).trim()
    assert.equal(answer, 'ERR_PACKAGE_PATH_NOT_EXPORTED', `${manifest.name}${path}`)
  }
  done(`${unlisted.length} deep imports are refused`)

  const consumer = entries.map(
    (key, i) => `import * as m${i} from '${entryName(key)}'\nexport const n${i} = Object.keys(m${i})`,
  )
  writeFileSync(join(full, 'consumer.ts'), consumer.join('\n'))
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'NodeNext',
    target: 'ES2022',
    types: [],
    skipLibCheck: true,
  }
  writeFileSync(join(full, 'tsconfig.json'), json({ compilerOptions, files: ['consumer.ts'] }))
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', full], full)
  done('the types of every entry point resolve')

  const laws = ['laws', '--only', '^terms by normal form, float64/category/']
  const catalogue = run(join(full, 'node_modules/.bin/paralens'), laws, full)
  assert.match(catalogue, /4 laws \(4 names\), 0 failed/)
  const without = spawnSync(join(bare, 'node_modules/.bin/paralens'), ['laws'], { cwd: bare, encoding: 'utf8' })
  assert.equal(without.status, 2)
  assert.match(without.stderr, /the laws need the package fast-check: npm install fast-check/)
  done('paralens laws runs beside fast-check, and asks for it where it is absent')

  for (const command of Object.keys(manifest.bin)) {
    const help = run(join(bare, 'node_modules/.bin', command), ['--help'], bare)
    assert.ok(help.includes(command), `${command} --help does not name itself`)
    done(`${command} --help answers`)
  }
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
