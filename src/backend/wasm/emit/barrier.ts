import {
  atomic,
  drop,
  get,
  i32,
  int,
  repeatWhile,
  routine,
  set,
  unreachable,
  when,
  type Routine,
} from '../assembler/index.js'
import { origin } from './operation.js'

/** Addresses of the words where the threads of a program meet, below all arrays and each in a cache line of its own. */
export const meeting = { arrived: 1024, phase: 1152, failed: 1280 } as const

/** Turns of a spin, some tens of microseconds; who waits longer sleeps, and leaves the core to who is awaited. */
const spins = 20_000
/** The longest sleep, in nanoseconds: a failure is seen after it at the latest. */
const sleep = 1_000_000

/**
 * A function that returns when all threads are in it; it traps where the word `failed` is set. Without `sleeps` it only
 * spins, as the main thread of a browser must.
 */
export function emitBarrier(threads: number, sleeps: boolean): Routine {
  const f = routine()
  const [phase, turns] = [f.local('i32'), f.local('i32')]
  const last = int.equal(atomic.add(origin, meeting.arrived, i32(1)), i32(threads - 1))
  f.body.push(
    set(phase, atomic.load(origin, meeting.phase)),
    when(
      last,
      [
        atomic.store(origin, meeting.arrived, i32(0)),
        atomic.store(origin, meeting.phase, int.add(get(phase), i32(1))),
        drop(atomic.notify(origin, meeting.phase)),
      ],
      repeatWhile(
        [
          when(atomic.load(origin, meeting.failed), unreachable),
          set(turns, int.add(get(turns), i32(1))),
          sleeps
            ? when(int.lessUnsigned(i32(spins), get(turns)), [
                drop(atomic.wait(origin, meeting.phase, get(phase), sleep)),
              ])
            : [],
        ],
        int.equal(atomic.load(origin, meeting.phase), get(phase)),
      ),
    ),
  )
  return f
}
