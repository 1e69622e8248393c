/** A thread with laws in a browser. */
import { work, type Share } from './law-work.js'

interface Scope {
  onmessage: (event: { readonly data: Share }) => void
  postMessage(message: unknown): void
}
const scope = globalThis as unknown as Scope
scope.onmessage = ({ data }) => work(data, (said) => scope.postMessage(said))
