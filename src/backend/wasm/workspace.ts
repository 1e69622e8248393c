import { showType, size, type Tensor, type Type } from '../../object/index.js'
import type { Flat } from '../../term/index.js'
import { BackendError, type Update, type Workspace } from '../backend.js'
import { explain } from './explain.js'
import { holds } from './holds.js'
import { instantiate } from './instance.js'
import { heap } from './memory.js'
import { roomOf } from './plan/buffer.js'
import { profile } from './profile.js'
import { begin, prepare, type PrepareOptions } from './prepare.js'
import type { Joint, Pool } from './thread/pool.js'

/** A workspace: arrays at fixed places of one memory, and programs that update them there, on the threads of a pool. */
export function workspace(types: readonly Type[], options: PrepareOptions, pool?: Pool): Workspace {
  for (const [i, type] of types.entries())
    if (!holds(type)) throw new BackendError(`compiled wasm: array ${i} of type ${showType(type)} is unsupported`)
  const space = heap(pool !== undefined)
  const joints: Joint[] = []
  const addresses: number[] = []
  let end = begin
  for (const type of types) {
    addresses.push(end)
    end += roomOf(type)
  }
  space.reserve(end)
  let disposed = false
  const alive = (): void => {
    if (disposed) throw new TypeError('compiled wasm: the workspace was disposed')
  }
  const placeOf = (i: number): readonly [number, Type] => {
    alive()
    const [address, type] = [addresses[i], types[i]]
    if (address === undefined || type === undefined)
      throw new RangeError(`compiled wasm: the workspace has ${types.length} arrays, asked for number ${i}`)
    return [address, type]
  }
  return {
    write(i, tensor) {
      const [address, type] = placeOf(i)
      if (size(type.shape) > 0) space.write(address, tensor)
    },
    read(i) {
      const [address, type] = placeOf(i)
      return space.read(address, type)
    },
    compile: (program, owned) => update(program, owned),
    bytes: () => space.memory.buffer.byteLength,
    dispose() {
      disposed = true
      for (const joint of joints.splice(0)) joint.drop()
    },
  }

  function update(
    program: Flat,
    owned: readonly { readonly input: number; readonly output: number; readonly slot: number }[],
  ): Update {
    alive()
    const made = prepare(program, {
      ...options,
      ...(pool === undefined ? {} : { threads: pool.threads, sleeps: pool.sleeps }),
      from: end,
      owned: owned.map(({ input, output, slot }) => ({ input, output, address: addresses[slot] ?? 0 })),
    })
    const { bytes, others, shared, end: top } = made.emitted
    space.reserve(top)
    const { run = () => undefined } = instantiate(bytes, space)
    const joint = pool === undefined || others.length === 0 ? undefined : pool.join(others, space.memory)
    if (joint !== undefined) joints.push(joint)
    const own = new Set(owned.map((o) => o.input))
    const given = made.inputs.flatMap((address, i) => (own.has(i) ? [] : [address]))
    return {
      write(k: number, tensor: Tensor) {
        const address = given[k] ?? -1
        if (address >= 0) space.write(address, tensor)
      },
      run() {
        if (disposed) alive()
        if (joint === undefined) run()
        else joint.run(run)
      },
      output: (i) => space.read(made.outputs[i] ?? -1, made.cod[i] as Type),
      explain: () => explain(made.plan, bytes.length, shared),
      profile: (runs) => explain(made.plan, bytes.length, shared, profile(made.plan, options, space, runs)),
      scalar: (i) => space.floats()[(made.outputs[i] ?? 0) >>> 2] ?? Number.NaN,
    }
  }
}
