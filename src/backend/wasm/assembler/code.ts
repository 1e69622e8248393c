/** Instructions as bytes, nested as they are composed and flattened once; parts may be shared. */
export type Code = number | Uint8Array | Reference | readonly Code[]

/** An address that is filled in later: so many bytes behind the beginning of an array that has a slot and no place yet. */
export interface Reference {
  readonly slot: number
  readonly displacement: number
}
const slotSize = 2 ** 36
/** The beginning of the array of a slot, as a number to add displacements to, of less than 2³⁵ bytes; exact below slot 2¹⁷. */
export const slotAddress = (slot: number): number => (slot + 1) * slotSize

/** An unsigned integer below 2³² as LEB128; an address in a slot as a {@link Reference}. */
export function unsigned(value: number): Code {
  if (value >= slotSize / 2) {
    const slot = Math.round(value / slotSize) - 1
    return { slot, displacement: value - slotAddress(slot) }
  }
  let n = value >>> 0
  if (n < 0x80) return n
  const bytes: number[] = []
  do {
    const low = n & 0x7f
    n >>>= 7
    bytes.push(n === 0 ? low : low | 0x80)
  } while (n !== 0)
  return bytes
}

/** A 32-bit integer as signed LEB128; no address in a slot, which only offsets may be. */
export function signed(value: number): Code {
  if (Math.abs(value) >= slotSize / 2) throw new RangeError('assembler: an address in a slot is not a constant')
  let n = value | 0
  if (n >= 0 && n < 0x40) return n
  const bytes: number[] = []
  for (;;) {
    const low = n & 0x7f
    n >>= 7
    if ((n === 0 && (low & 0x40) === 0) || (n === -1 && (low & 0x40) !== 0)) {
      bytes.push(low)
      return bytes
    }
    bytes.push(low | 0x80)
  }
}

/** The four bytes of a float32. */
export function float32Bytes(value: number): Uint8Array {
  return new Uint8Array(Float32Array.of(value).buffer)
}
/** The eight bytes of a float64. */
export function float64Bytes(value: number): Uint8Array {
  return new Uint8Array(Float64Array.of(value).buffer)
}
/** The four bytes of an int32. */
export function int32Bytes(value: number): Uint8Array {
  return new Uint8Array(Int32Array.of(value).buffer)
}

/** Bytes with places for addresses, five bytes each. */
export interface Relocatable {
  readonly bytes: Uint8Array
  readonly references: readonly (Reference & { readonly at: number })[]
}

/** The bytes of code, in order, before its addresses are known. */
export function relocatable(code: Code): Relocatable {
  let buffer = new Uint8Array(512)
  let length = 0
  const references: (Reference & { readonly at: number })[] = []
  const room = (n: number): void => {
    if (length + n <= buffer.length) return
    const larger = new Uint8Array(Math.max(2 * buffer.length, length + n))
    larger.set(buffer)
    buffer = larger
  }
  const write = (part: Code): void => {
    if (typeof part === 'number') {
      room(1)
      buffer[length++] = part
    } else if (part instanceof Uint8Array) {
      room(part.length)
      buffer.set(part, length)
      length += part.length
    } else if ('slot' in part) {
      room(5)
      references.push({ slot: part.slot, displacement: part.displacement, at: length })
      length += 5
    } else for (const inner of part) write(inner)
  }
  write(code)
  return { bytes: buffer.slice(0, length), references }
}

/** The bytes with the arrays of all slots at their addresses: LEB128 in five bytes each. */
export function located({ bytes, references }: Relocatable, addresses: readonly number[]): Uint8Array {
  const out = bytes.slice()
  for (const { slot, displacement, at } of references) {
    const address = (addresses[slot] ?? NaN) + displacement
    if (!(address >= 0 && address < 2 ** 32)) throw new RangeError(`assembler: slot ${slot} is at address ${address}`)
    let n = address
    for (let i = 0; i < 5; i++) {
      out[at + i] = i < 4 ? (n & 0x7f) | 0x80 : n
      n >>>= 7
    }
  }
  return out
}

/** The bytes of code that refers to no slot, in order. */
export function bytesOf(code: Code): Uint8Array {
  return located(relocatable(code), [])
}
