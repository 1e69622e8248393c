/** The page: runs the cases one by one and posts the bytes of each, or its error, to the server that it came from. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { cases } from './cases.js'

const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean }
// The isolated page finds the binaries beside it, which needs no setting; the other is told where they are.
if (crossOriginIsolated !== true) setWasmPaths('/binaries/')

const post = (kind: string, name: string, body: Uint8Array<ArrayBuffer> | string): Promise<Response> =>
  fetch(`/${kind}?${new URLSearchParams({ name }).toString()}`, { method: 'POST', body })

for (const { name, run } of cases) {
  try {
    await post('bytes', name, Uint8Array.from(await run()))
  } catch (error) {
    await post('error', name, error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : JSON.stringify(error))
  }
}
await post('end', 'end', String(crossOriginIsolated))
