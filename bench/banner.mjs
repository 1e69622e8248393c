import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { relaxedSimd } from './system/peak.mjs'
import { torchVersion } from './system/torch.mjs'

const versionOf = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version

/** The load of the machine, over 1, 5 and 15 minutes. */
export const loadLine = () =>
  loadavg()
    .map((x) => x.toFixed(1))
    .join(' ')

/** What runs, with versions. */
export function versions() {
  const peers = ['tensorflow/tfjs-core', 'tensorflow/tfjs-layers', 'tensorflow/tfjs-backend-wasm', 'jax-js/jax']
  const named = peers.map((name) => `${name.split('/')[1]} ${versionOf(`node_modules/@${name}/package.json`)}`)
  return `paralens ${versionOf('../package.json')}, ${named.join(', ')}`
}

/** Prints what runs on what. Answers the version of PyTorch, undefined where there is none. */
export function banner(print) {
  print(`node ${process.version}, ${cpus()[0].model.trim()} × ${cpus().length}`)
  print(`relaxed SIMD is ${relaxedSimd() ? 'on' : 'off (--relaxed turns it on)'}`)
  print(`${versions()}; one thread unless said`)
  const pytorch = torchVersion()
  print(pytorch === undefined ? "PyTorch is absent: python3 -c 'import torch' fails" : `PyTorch ${pytorch}, one thread`)
  print(
    `load before ${loadLine()}; CPU time counts the process alone, but a busy machine still slows caches and clocks`,
  )
  return pytorch
}
