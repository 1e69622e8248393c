import { BackendError } from '../../backend.js'
import { meeting } from '../emit/barrier.js'
import type { EngineMemory } from '../engine.js'
import { checkShareable, startWorker, type Worker } from './start.js'
import { board, type Message } from './worker.js'

/** The threads of a backend beside the one that calls. One program runs at a time, and runs are synchronous. */
export interface Pool {
  /** How many threads there are, with the one that calls. */
  readonly threads: number
  /** Whether the thread that calls may sleep: not the main one of a browser. */
  readonly sleeps: boolean
  /** A program over a memory, from the modules of the other threads; their `run` must meet that of the module that calls. */
  join(modules: readonly Uint8Array[], memory: EngineMemory): Joint
  /** Ends the threads; a program that runs after it is a TypeError. */
  close(): Promise<void>
}
/** A program on all threads. */
export interface Joint {
  /** Runs the caller's part beside the others; throws a {@link BackendError} where a thread failed, now or before. */
  run(own: () => void): void
  /** Lets the other threads forget it. */
  drop(): void
}

/** A pool of so many threads. Rejects where there are none to be had. */
export async function startPool(threads: number): Promise<Pool> {
  checkShareable(threads)
  const words = new Int32Array(new SharedArrayBuffer(4 * (board.done + board.apart * threads)))
  const starting = Array.from({ length: threads - 1 }, (_, i) => startWorker(words, i + 1))
  const begun = await Promise.allSettled(starting)
  const workers = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failure = begun.find((one) => one.status === 'rejected')
  if (failure !== undefined) {
    await Promise.all(workers.map((worker) => worker.stop()))
    throw failure.reason
  }
  return poolOf(words, workers)
}

function poolOf(words: Int32Array, workers: readonly Worker[]): Pool {
  const sleeps = maySleep()
  let [programs, messages, closed] = [0, 0, false]
  const fail = (reason: string): void => {
    if (Atomics.compareExchange(words, board.failed, 0, -1) !== 0) return
    const text = reason.slice(0, board.longest)
    for (let i = 0; i < text.length; i++) words[board.text + i] = text.charCodeAt(i)
    Atomics.store(words, board.failed, text.length)
  }
  for (const worker of workers) worker.onFailure(fail)
  const check = (): void => {
    if (closed) throw new TypeError('compiled wasm: the backend was closed')
    const length = Atomics.load(words, board.failed)
    if (length === 0) return
    const text = String.fromCharCode(...words.subarray(board.text, board.text + length))
    throw new BackendError(`compiled wasm: a thread failed, and what it worked on is lost: ${text}`)
  }
  /** Waits until all messages are done: a worker does one without the event loop of the thread that waits. */
  const settle = (): void => {
    for (const i of workers.keys()) {
      const place = board.done + board.apart * (i + 1)
      for (let done = Atomics.load(words, place); done !== messages; done = Atomics.load(words, place))
        if (sleeps) Atomics.wait(words, place, done, 10)
    }
  }
  const command = (program: number): void => {
    Atomics.store(words, board.program, program)
    Atomics.add(words, board.turn, 1)
    Atomics.notify(words, board.turn)
  }
  const tell = (messageOf: (i: number) => Message): void => {
    settle()
    command(0)
    for (const [i, worker] of workers.entries()) worker.post(messageOf(i))
    messages += 1
  }
  return {
    threads: workers.length + 1,
    sleeps,
    join(modules, memory) {
      check()
      const program = ++programs
      tell((i) => ({ program, bytes: modules[i] ?? new Uint8Array(), memory }))
      const place = new Int32Array(memory.buffer)
      return {
        run(own) {
          check()
          settle()
          check()
          command(program)
          try {
            own()
          } catch (error) {
            fail(String(error))
            Atomics.store(place, meeting.failed / 4, 1)
            Atomics.notify(place, meeting.phase / 4)
            check()
          }
        },
        drop() {
          if (!closed && Atomics.load(words, board.failed) === 0) tell(() => ({ drop: program }))
        },
      }
    },
    async close() {
      closed = true
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}

/** Whether this thread may sleep. */
function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0)
    return true
  } catch {
    return false
  }
}
