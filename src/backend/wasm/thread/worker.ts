import { meeting } from '../emit/barrier.js'

/** Where in the shared words of a pool what is. */
export const board = {
  /** The number of commands; workers sleep at it. */
  turn: 0,
  /** The program of the last command; 0 says that a message comes. */
  program: 1,
  /** The length of the text of the first failure, and its characters; 0 where there was none. */
  failed: 32,
  text: 33,
  longest: 200,
  /** How many messages each thread has done; `apart` words between two threads. */
  done: 256,
  apart: 32,
} as const

/** Tries before a worker that has nothing to do sleeps: some 100 µs. */
const spins = 20_000

/** What a worker is told: where the words are and which thread it is, a program to hold, or programs to let go. */
export type Message =
  | { readonly words: Int32Array; readonly thread: number }
  | { readonly program: number; readonly bytes: Uint8Array; readonly memory: object }
  | { readonly drop: number }

/**
 * The text of the workers' program, the same in Node and in browsers. It is text since bundlers, test runners and plain
 * Node find no file of it by the same name. A worker is in its event loop until a message came, and from then on waits for
 * commands without it, until one says that a message comes.
 */
export const workerText: string = `
'use strict'
const node = typeof process === 'object' && process.getBuiltinModule?.('node:worker_threads')
const port = (node && node.parentPort) || self
const programs = new Map()
let words, thread
const fail = (error) => {
  if (Atomics.compareExchange(words, ${board.failed}, 0, -1) !== 0) return
  const text = String(error).slice(0, ${board.longest})
  for (let i = 0; i < text.length; i++) words[${board.text} + i] = text.charCodeAt(i)
  Atomics.store(words, ${board.failed}, text.length)
}
const receive = (message) => {
  if (message.drop !== undefined) programs.delete(message.drop)
  else {
    const { memory } = message
    const env = { memory, sin: Math.sin, cos: Math.cos }
    const { run } = new WebAssembly.Instance(new WebAssembly.Module(message.bytes), { env }).exports
    programs.set(message.program, { run, meeting: new Int32Array(memory.buffer) })
  }
}
const work = (seen) => {
  for (;;) {
    for (let n = 0; Atomics.load(words, ${board.turn}) === seen; n++) if (n > ${spins}) Atomics.wait(words, ${board.turn}, seen)
    seen = Atomics.load(words, ${board.turn})
    const program = programs.get(Atomics.load(words, ${board.program}))
    if (program === undefined) return
    try {
      program.run()
    } catch (error) {
      fail(error)
      Atomics.store(program.meeting, ${meeting.failed / 4}, 1)
      Atomics.notify(program.meeting, ${meeting.phase / 4})
    }
  }
}
port.onmessage = ({ data }) => {
  if (data.words !== undefined) {
    words = data.words
    thread = data.thread
    port.postMessage('ready')
    return
  }
  try {
    receive(data)
  } catch (error) {
    fail(error)
  }
  const seen = Atomics.load(words, ${board.turn})
  const done = ${board.done} + ${board.apart} * thread
  Atomics.add(words, done, 1)
  Atomics.notify(words, done)
  work(seen)
}
`
