export * from './circuit/index.js'
export type { CodecError } from './codec-error.js'
export { decode, encode, type NamedTensors, type Safetensors } from './safetensors.js'
export * from './term.js'
