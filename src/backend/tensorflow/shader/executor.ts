import { lowerProgram } from '../../wasm/lower/lower.js'
import { chosen } from '../../wasm/pass.js'
import type { Flat } from '../../../term/index.js'
import { cellOf, type Cell } from '../buffer.js'
import type { Executor } from '../executor.js'
import type { DataId, HeldDtype, KernelBackend } from '../kernel.js'
import type { Dialect, Limits, Slot } from './dialect.js'
import { shaderPlan, type Program } from './program.js'

/** Runs programs of a shading language on arrays of tfjs. */
export interface ShaderDevice {
  readonly backend: KernelBackend
  readonly dialect: Dialect
  readonly limits: Limits
  /** A new array on the device. */
  make(slot: Slot): DataId
  /** A place for scalars; absent where the limits allow none. */
  readonly bank?: (count: number) => Bank
  /** A program ready to run; equal ones are one. */
  load(program: Program, bank: Bank | undefined): Loaded
}
/** Scalars that programs read beside their arrays. */
export interface Bank {
  readonly buffer: object
  /** Copies them from arrays, in the order of the programs. */
  fill(scalars: readonly DataId[]): void
  release(): void
}
/** A program on the device. */
export interface Loaded {
  run(reads: readonly DataId[], writes: readonly DataId[]): void
  release(): void
}

/** A program as shaders: entrywise nodes and reductions in groups, arrays made before their program and freed after their last reader. */
export function shaderExecutor(device: ShaderDevice, flat: Flat): Executor {
  const { backend } = device
  const nodes = lowerProgram(flat, [], chosen())
  const { programs, slot, scalars } = shaderPlan(nodes, device.dialect, device.limits)
  const { inputs, outs } = nodes
  const stays = new Set([...inputs, ...outs])
  const lastReader = new Map<number, number>()
  for (const [k, { reads, writes }] of programs.entries()) for (const a of [...writes, ...reads]) lastReader.set(a, k)
  const dead: number[][] = programs.map(() => [])
  for (const [array, k] of lastReader) if (!stays.has(array)) dead[k]?.push(array)
  const loaded: Loaded[] = []
  const bank = scalars.length === 0 ? undefined : device.bank?.(scalars.length)
  const release = (): void => {
    for (const program of loaded.splice(0)) program.release()
    bank?.release()
  }
  try {
    for (const program of programs) loaded.push(device.load(program, bank))
  } catch (error) {
    release()
    throw error
  }
  const steps = programs.map(({ reads, writes }, k) => ({
    reads,
    writes,
    slots: writes.map(slot),
    dead: dead[k] ?? [],
  }))
  return {
    run(given) {
      const memory = new Map<number, DataId>()
      const cells = new Map<number, Cell>()
      for (const [k, node] of inputs.entries()) {
        const cell = given[k] as Cell
        if (node < 0) continue
        memory.set(node, cell.dataId)
        cells.set(node, cell)
      }
      const at = (array: number): DataId => memory.get(array) as DataId
      bank?.fill(scalars.map(at))
      try {
        for (const [k, { reads, writes, slots, dead: last }] of steps.entries()) {
          for (const [n, array] of writes.entries()) memory.set(array, device.make(slots[n] as Slot))
          loaded[k]?.run(reads.map(at), writes.map(at))
          for (const array of last) {
            backend.disposeData(at(array))
            memory.delete(array)
          }
        }
      } catch (error) {
        for (const [array, data] of memory) if (!cells.has(array)) backend.disposeData(data)
        throw error
      }
      return outs.map((node) => {
        const cell = cells.get(node) ?? outputCell(node)
        cells.set(node, cell)
        return cell
      })
      function outputCell(node: number): Cell {
        if (node < 0) return cellOf(backend.write(new Float32Array(0), [0], 'float32'), 0, 'float32')
        const { dtype, size } = slot(node)
        return cellOf(at(node), size, dtype as HeldDtype)
      }
    },
    explain: () =>
      [
        `${programs.length} programs`,
        ...programs.map(
          ({ name, reads, writes, threads }) =>
            `${writes.map((a) => `%${a}`).join(' ')} = ${name} ${reads.map((a) => `%${a}`).join(' ')} (${threads} threads)`,
        ),
      ].join('\n'),
    dispose: release,
  }
}
