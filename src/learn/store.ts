import {
  compile,
  compileUpdate,
  type Backend,
  type Compiled,
  type Program,
  type Value,
  type Workspace,
} from '../backend/index.js'
import { numbersOf, typeOf, types, type Tensor, type Type } from '../object/index.js'
import type { Flat } from '../term/index.js'

/** The loss of a step: a number, or what will be read from the device. */
export type PendingLoss = number | { read(): Promise<number>; release(): void }

/** A step over a store. */
export interface StoredStep {
  readonly compiled: Compiled
  /** Gives the k-th of the inputs of the step that are not stored, in the order of its domain. */
  give(k: number, tensor: Tensor): void
  /** Replaces what is stored. Where it `keeps` what was given, that is there at the next run, unless another step ran between. */
  run(keeps: boolean): PendingLoss
}
/** What a session owns, on a device, and the steps that replace it. */
export interface Store {
  /** A step whose wires `owned` are what is stored, and whose first outputs replace it. */
  step(program: Flat, owned: readonly number[]): StoredStep
  read(): Promise<Tensor[]>
  write(tensors: readonly Tensor[]): void
  dispose(): void
}

/** A store of tensors: in place where the backend has workspaces and all types of the first step, else in buffers. */
export function storeOf(backend: Backend, first: readonly Tensor[], step: Flat): Store {
  const wires: Type[] = [...types(step.dom), ...step.boxes.flatMap((b) => types(b.term.cod))]
  const space = wires.every((t) => backend.has(t)) ? backend.workspace?.(first.map(typeOf)) : undefined
  return space === undefined ? inBuffers(backend, first) : inPlace(backend, space, first)
}

const total = (t: Tensor): number => numbersOf(t).reduce((a, b) => a + b, 0)

/** Arrays that stay where they are. */
function inPlace(backend: Backend, space: Workspace, first: readonly Tensor[]): Store {
  const write = (tensors: readonly Tensor[]): void => {
    for (const [i, t] of tensors.entries()) space.write(i, t)
  }
  write(first)
  return {
    step(program, owned) {
      const ports = owned.map((input, slot) => ({ input, output: slot, slot }))
      const { compiled, update } = compileUpdate(program, backend, space, ports)
      const loss = compiled.cod[owned.length]
      const losses = compiled.cod.length - owned.length
      const plain = loss?.dtype === 'float32' && loss.shape.length === 0
      return {
        compiled,
        give: update.write,
        run() {
          update.run()
          if (losses === 0) return Number.NaN
          return plain ? update.scalar(owned.length) : total(update.output(owned.length))
        },
      }
    },
    read: () => Promise.resolve(first.map((_, i) => space.read(i))),
    write,
    dispose: () => {
      space.dispose()
    },
  }
}

/** Buffers that every step replaces by new ones. */
function inBuffers(backend: Backend, first: readonly Tensor[]): Store {
  const programs: Program[] = []
  let held: readonly Value[] = []
  let places: readonly number[] = []
  const drops: (() => void)[] = []
  const release = (values: readonly Value[]): void => {
    for (const v of values) programs[0]?.release(v)
  }
  const uploaded = (tensors: readonly Tensor[]): Value[] =>
    tensors.map((t, i) => (programs[0] as Program).upload(t, places[i] ?? -1))
  return {
    step(flat, owned) {
      const program = compile(flat, backend)
      programs.push(program)
      if (programs.length === 1) {
        places = owned
        held = uploaded(first)
      }
      const own = new Set(owned)
      const wires = program.dom.flatMap((_, i) => (own.has(i) ? [] : [i]))
      const values: Value[] = []
      const drop = (): void => {
        release(Object.values(values))
        values.length = 0
      }
      drops.push(drop)
      return {
        compiled: program,
        give(k, tensor) {
          const value = program.upload(tensor, wires[k] ?? -1)
          const before = values[k]
          if (before !== undefined) release([before])
          values[k] = value
        },
        run(keeps) {
          const inputs = new Array<Value>(program.dom.length)
          for (const [i, wire] of wires.entries()) inputs[wire] = values[i] as Value
          for (const [i, wire] of owned.entries()) inputs[wire] = held[i] as Value
          let outs: readonly Value[]
          try {
            outs = program.run(inputs)
          } finally {
            if (!keeps) drop()
          }
          release(held)
          held = outs.slice(0, held.length)
          const [loss, ...more] = outs.slice(held.length)
          release(more)
          if (loss === undefined) return Number.NaN
          return { read: async () => total(await program.read(loss)), release: () => release([loss]) }
        },
      }
    },
    read: () => Promise.all(held.map((v) => (programs[0] as Program).read(v))),
    write(tensors) {
      const values = uploaded(tensors)
      release(held)
      held = values
    },
    dispose() {
      for (const drop of drops.splice(0)) drop()
      release(held)
      held = []
      for (const program of programs.splice(0)) program.dispose()
    },
  }
}
