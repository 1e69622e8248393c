import { strides } from '../../object/index.js'
import { positions } from '../../primitive/position.js'
import type { Bind } from './direct-kernel.js'
import { bytesOf } from './kernel.js'
import { at, type Machine } from './machine.js'
import type { Operand } from './plan.js'
import { randomWords } from './portable.js'

/** The entries of a storage, as its dtype. */
function entries(m: Machine, { storage }: Operand): Float32Array | Int32Array | Uint8Array {
  const pointer = m.pointers[storage.index] as number
  if (storage.dtype === 'bit') return m.bytes().subarray(pointer, pointer + storage.size)
  const all = storage.dtype === 'float32' ? m.floats() : m.integers()
  return all.subarray(pointer >> 2, (pointer >> 2) + storage.size)
}

/** Every entry converted as JavaScript converts: to int32 modulo 2³² after truncation. */
export const boundCast: Bind<'Cast'> = (m, { inputs: [x], out }) => {
  return () => entries(m, out).set(entries(m, x as Operand))
}

/** Rows of the operands side by side. */
export const boundConcat: Bind<'Concat'> = (m, { inputs, out }) => {
  const [rows = 1, width = 1] = out.shape
  const unit = bytesOf[out.storage.dtype]
  const parts = inputs.map((x) => ({ index: at(x), bytes: (x.shape[1] ?? 1) * unit }))
  const target = at(out)
  return () => {
    const bytes = m.bytes()
    let to = m.pointers[target] as number
    for (let row = 0; row < rows; row++)
      for (const part of parts) {
        const from = (m.pointers[part.index] as number) + row * part.bytes
        bytes.copyWithin(to, from, from + part.bytes)
        to += part.bytes
      }
    if (to !== (m.pointers[target] as number) + rows * width * unit)
      throw new RangeError('concat: the parts do not fill the result')
  }
}

/** A block, one copy a row of its last axis. */
export const boundSlice: Bind<'Slice'> = (m, { inputs: [x], out, attributes: { begin, size: part } }) => {
  const shape = x?.shape ?? []
  const own = strides(shape)
  const unit = bytesOf[out.storage.dtype]
  const width = (part[part.length - 1] ?? 1) * unit
  const first = begin.reduce((sum, i, axis) => sum + i * (own[axis] ?? 0), 0)
  const starts = positions(part.slice(0, -1), own.slice(0, -1), first).map((p) => p * unit)
  const [source, target] = [at(x), at(out)]
  return () => {
    const [bytes, from] = [m.bytes(), m.pointers[source] as number]
    let to = m.pointers[target] as number
    for (const start of starts) {
      bytes.copyWithin(to, from + start, from + start + width)
      to += width
    }
  }
}

/** Entries repeated along axes. */
export const boundTile: Bind<'Tile'> = (m, { inputs: [x], out }) => {
  const shape = x?.shape ?? []
  const own = strides(shape)
  const from = positions(
    out.shape,
    own.map((step, axis) => (shape[axis] === 1 ? 0 : step)),
  )
  return () => {
    const [read, write] = [entries(m, x as Operand), entries(m, out)]
    for (let i = 0; i < from.length; i++) write[i] = read[from[i] as number] as number
  }
}

/** Rows of a table; zeros at an index that is not one of a row. */
export const boundGather: Bind<'GatherRows' | 'GatherV2'> = (m, { inputs: [table, indices], out }) => {
  const [rows = 0, width = 1] = table?.shape ?? []
  const unit = width * bytesOf[out.storage.dtype]
  const [source, target] = [at(table), at(out)]
  return () => {
    const [bytes, all] = [m.bytes(), entries(m, indices as Operand)]
    const from = m.pointers[source] as number
    let to = m.pointers[target] as number
    for (let i = 0; i < all.length; i++) {
      const row = all[i] as number
      if (row >= 0 && row < rows) bytes.copyWithin(to, from + row * unit, from + (row + 1) * unit)
      else bytes.fill(0, to, to + unit)
      to += unit
    }
  }
}

/** Threefry on the host, into the module's memory. */
export const boundRandomBits: Bind<'RandomBits'> = (m, { inputs: [key], out, attributes: { words } }) => {
  return () => entries(m, out).set(randomWords(entries(m, key as Operand), words))
}
