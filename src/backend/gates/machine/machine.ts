import { BackendError } from '../../backend.js'
import { moduleBytes, mostPages, type Routine } from '../../wasm/assembler/index.js'
import { emitBarrier } from '../../wasm/emit/barrier.js'
import { engine } from '../../wasm/engine.js'
import { growTo, memoryOf } from '../../wasm/memory.js'
import type { Joint, Pool } from '../../wasm/thread/pool.js'
import type { Site } from '../emit/site.js'
import { control, emitRun } from './control.js'
import type { Arena } from './arena.js'

/** Functions by phase, in the order in which they run on a block, over memory of their own. */
export interface Machine<P extends string> {
  /** The words of the memory. */
  readonly words: Int32Array
  /** The same words, unsigned as those of lanes: arrays of one kind are copied at once. */
  readonly planes: Uint32Array
  readonly bytes: Uint8Array
  /** Runs phases on blocks 0 … n − 1 of what is staged, on all threads. */
  run(phases: readonly P[], blocks: number): void
  dispose(): void
}

/** What a thread has for itself. */
export type SiteOf = (arena: Arena) => Site

/**
 * A machine of phases over what an arena lays out. Each thread has sites of its own and takes every so manieth block, so the
 * results are the same for any number of threads.
 */
export function machine<P extends string>(
  arena: Arena,
  siteOf: SiteOf,
  phases: { readonly [N in P]: (site: Site, thread: number) => Routine },
  pool: Pool | undefined,
): Machine<P> {
  const threads = pool?.threads ?? 1
  const sites = Array.from({ length: threads }, () => siteOf(arena))
  const names = Object.keys(phases) as P[]
  const modules = sites.map((site, thread) => {
    const barrier = pool === undefined ? undefined : names.length
    const own = names.map((name) => phases[name](site, thread))
    const run = emitRun([...names.keys()], site, thread, threads, barrier)
    const meet = pool === undefined ? [] : [emitBarrier(threads, pool.sleeps)]
    return moduleBytes({
      imports: [],
      routines: [...own, ...meet, run].map((f) => f.bytes()),
      exports: { run: names.length + meet.length },
      ...(pool === undefined ? {} : { shared: mostPages }),
    })
  })
  const memory = memoryOf(pool !== undefined)
  growTo(memory, arena.end())
  const words = new Int32Array(memory.buffer)
  arena.fill(words)
  const own = start(modules[0] ?? new Uint8Array(), memory)
  let joint: Joint | undefined = pool?.join(modules.slice(1), memory)
  let disposed = false
  return {
    words,
    planes: new Uint32Array(memory.buffer),
    bytes: new Uint8Array(memory.buffer),
    run(wanted, blocks) {
      if (disposed) throw new TypeError('gates: the evaluator was disposed')
      words[control.phases >>> 2] = wanted.reduce((bits, name) => bits | (1 << names.indexOf(name)), 0)
      words[control.from >>> 2] = 0
      words[control.to >>> 2] = blocks
      if (joint === undefined) own()
      else joint.run(own)
    },
    dispose() {
      disposed = true
      joint?.drop()
      joint = undefined
    },
  }
}

function start(bytes: Uint8Array<ArrayBuffer>, memory: object): () => void {
  try {
    const { run } = new engine.Instance(new engine.Module(bytes), { env: { memory } }).exports
    return run as () => void
  } catch (error) {
    throw new BackendError(`gates: the module is refused: ${error instanceof Error ? error.message : String(error)}`)
  }
}
