import { call, get, i32, int, repeatWhile, routine, set, when, type Routine } from '../../wasm/assembler/index.js'
import { origin } from '../emit/site.js'

/** Addresses of the words that say what is run: phases as bits, and blocks from one to another. Below all else. */
export const control = { phases: 64, from: 68, to: 72 } as const
/** The first address above the words where threads meet. */
export const begin = 2048

/** A function that runs phases, numbered by the order of their functions, on every block that is this thread's. */
export function emitRun(
  phases: readonly number[],
  site: { readonly position: number; readonly stride: number },
  thread: number,
  threads: number,
  barrier: number | undefined,
): Routine {
  const f = routine()
  const [block, to, wanted] = [f.local('i32'), f.local('i32'), f.local('i32')]
  f.body.push(
    set(block, int.add(int.load(origin, control.from), i32(thread))),
    set(to, int.load(origin, control.to)),
    set(wanted, int.load(origin, control.phases)),
    when(
      int.less(get(block), get(to)),
      repeatWhile(
        [
          int.store(origin, site.position, int.multiply(get(block), i32(site.stride))),
          phases.map((at, i) => when(int.and(get(wanted), i32(1 << i)), call(at))),
          set(block, int.add(get(block), i32(threads))),
        ],
        int.less(get(block), get(to)),
      ),
    ),
    barrier === undefined ? [] : call(barrier),
  )
  return f
}
