/** Bytes that do not encode what was needed, or values that have no encoding. */
export interface CodecError {
  readonly kind: 'safetensors'
  readonly message: string
}
