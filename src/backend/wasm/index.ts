export { hasRelaxed, wasm, type WasmOptions } from './wasm.js'
