/**
 * One letter in memory that two threads share: who waits for it sleeps until it is there. By it what a device answers
 * later is read without waiting, as laws are, on every thread that may sleep: workers, and not a page.
 */
export interface Mailbox {
  readonly state: Int32Array
  readonly bytes: Uint8Array
}

const [empty, full] = [0, 1]
const patience = 60_000

/** An empty mailbox in new shared memory, or the one in memory that another thread has sent. */
export function mailbox(memory: SharedArrayBuffer = new SharedArrayBuffer(2 ** 23)): Mailbox {
  return { state: new Int32Array(memory, 0, 2), bytes: new Uint8Array(memory, 8) }
}

/** Puts a letter into an empty mailbox and wakes who waits for it. */
export function send({ state, bytes }: Mailbox, letter: string): void {
  const text = new TextEncoder().encode(letter)
  if (text.length > bytes.length) throw new RangeError(`mailbox: a letter has ${text.length} bytes, of ${bytes.length}`)
  bytes.set(text)
  state[1] = text.length
  Atomics.store(state, 0, full)
  Atomics.notify(state, 0)
}

/** Takes the letter out, asleep until it is there. Throws after a minute. */
export function receive({ state, bytes }: Mailbox): string {
  // A call that was late for the last letter wakes too.
  while (Atomics.load(state, 0) === empty)
    if (Atomics.wait(state, 0, empty, patience) === 'timed-out')
      throw new Error(`mailbox: no letter came in ${patience / 1000} s`)
  const text = new TextDecoder().decode(bytes.slice(0, state[1]))
  Atomics.store(state, 0, empty)
  return text
}
