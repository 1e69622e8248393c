/** Instructions as bytes, nested as they are composed and flattened once; parts may be shared. */
export type Code = number | Uint8Array | readonly Code[]

/** An unsigned integer below 2³² as LEB128. */
export function unsigned(value: number): Code {
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

/** A 32-bit integer as signed LEB128. */
export function signed(value: number): Code {
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

/** The bytes of code, in order. */
export function bytesOf(code: Code): Uint8Array {
  let buffer = new Uint8Array(512)
  let length = 0
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
    } else for (const inner of part) write(inner)
  }
  write(code)
  return buffer.slice(0, length)
}
