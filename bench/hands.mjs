import { existsSync, readFileSync } from 'node:fs'

/** The hand-written modules; the last needs relaxed SIMD. */
const modules = ['ref.wasm', 'ref_inl.wasm', 'ref_relaxed.wasm']

/** The names of the hand-written modules that are in a folder, as far as the engine has their SIMD. */
export const handsIn = (folder, relaxed) =>
  modules.slice(0, relaxed ? 3 : 2).filter((file) => existsSync(`${folder}/${file}`))

/** The bytes of one of them. */
export const readHand = (folder) => (file) => readFileSync(`${folder}/${file}`)
