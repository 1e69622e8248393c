/** Whether a GPU is there. */

interface Adapters {
  readonly navigator?: { readonly gpu?: { requestAdapter(): Promise<object | null> } }
  readonly OffscreenCanvas?: new (width: number, height: number) => { getContext(kind: string): object | null }
}

/** Why a backend cannot run where this is called, '' where it can. */
export async function adapterOf(backend: string): Promise<string> {
  const { navigator, OffscreenCanvas } = globalThis as unknown as Adapters
  if (backend === 'webgpu') {
    if (navigator?.gpu === undefined) return 'there is no navigator.gpu'
    return (await navigator.gpu.requestAdapter()) === null ? 'navigator.gpu has no adapter' : ''
  }
  if (backend !== 'webgl') return ''
  if (OffscreenCanvas === undefined) return 'there is no OffscreenCanvas'
  return new OffscreenCanvas(1, 1).getContext('webgl2') === null ? 'a canvas has no context webgl2' : ''
}
