/**
 * The laws of every backend, and a thousand steps of training on it, in headless Chromium, and webgpu in plain Node by
 * the package `webgpu`. Chromium's software GPU, SwiftShader, stands in for one of hardware, which has the same kernels. A
 * backend whose adapter is absent is named; where CI is set, that has failed.
 */
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { bundle, compiled, visit } from './chromium.mjs'

/** Runs of a law at random programs; at generators a law is run at each of them. */
const runs = 3
const seconds = 600
const flags = [
  ...['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--enable-unsafe-webgpu'],
  '--use-webgpu-adapter=swiftshader',
]

/** What a device tells, by kind. */
const listener = (check) => ({
  check: (what, reason) => check(what, reason),
  say: (line) => console.log(`    ${line}`),
  absent(name, reason) {
    if (process.env.CI === undefined) console.log(`absent  ${name}: ${reason}`)
    else check(name, `it is absent: ${reason}`)
  },
})

/** A backend in Chromium. */
async function inChromium(executable, files, backend, hear) {
  let checks = 0
  await visit(executable, {
    files,
    isolated: true,
    flags,
    query: `?${new URLSearchParams({ backend, runs })}`,
    seconds,
    progress: () => `${checks} checks of ${backend}`,
    onPost(kind, name, body) {
      checks += 1
      hear[kind](name, body.toString())
    },
  })
}

/** The environment in which Dawn finds a Vulkan: Chromium's SwiftShader and its loader, where they lie beside it. */
function vulkan(executable) {
  const folders = [dirname(realpathSync(executable)), '/usr/lib/chromium']
  const folder = folders.find((f) => existsSync(join(f, 'vk_swiftshader_icd.json')))
  if (folder === undefined) return process.env
  const path = [folder, process.env.LD_LIBRARY_PATH].filter((f) => f !== undefined).join(':')
  return {
    XDG_RUNTIME_DIR: tmpdir(),
    ...process.env,
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    LD_LIBRARY_PATH: path,
  }
}

/** webgpu in a Node of its own, by the package `webgpu`. */
function inNode(executable, hear) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(compiled, 'device-node.js'), String(runs)], {
      env: vulkan(executable),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      timeout: 1000 * seconds,
    })
    child.on('message', ({ kind, name, body }) => hear[kind](name, body))
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`Node ended with ${code ?? signal}`))
    })
  })
}

/** Checks each backend; `check` is told what, and why it does not hold. */
export async function checkDevices(executable, check) {
  const files = await bundle('device-page.js', { minify: false })
  const hear = listener(check)
  const at = (name) => [name, () => inChromium(executable, files, name, hear)]
  // Two at a time, of about equal length: laws and device of one wait for each other.
  const lanes = [
    [at('webgl'), at('wasm'), at('compiled wasm')],
    [at('cpu'), at('webgpu'), ['webgpu in Node', () => inNode(executable, hear)]],
  ]
  await Promise.all(
    lanes.map(async (works) => {
      for (const [name, work] of works) await work().catch((error) => check(name, error.message))
    }),
  )
}
