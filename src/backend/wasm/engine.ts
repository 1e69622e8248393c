/** A memory of the engine. */
export interface EngineMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}
/** WebAssembly as far as it is used here; the library is compiled without the DOM's types. */
interface Engine {
  readonly Memory: new (descriptor: {
    readonly initial: number
    readonly maximum?: number
    readonly shared?: boolean
  }) => EngineMemory
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly [name: string]: unknown } },
  ) => { readonly exports: { readonly [name: string]: unknown } }
  validate(bytes: Uint8Array<ArrayBuffer>): boolean
}

/** The engine's WebAssembly. */
export const engine: Engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly
