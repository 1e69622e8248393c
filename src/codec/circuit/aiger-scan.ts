import type { AagError, AigError } from './circuit.js'

/** A place in bytes that moves on over what it reads; a reader that answers undefined or false has not moved past a fault. */
export interface Scanner {
  at(): number
  left(): number
  ended(): boolean
  /** Up to ten characters that are no blank. */
  word(): string
  /** One space. */
  blank(): boolean
  /** The end of a line: `\n`, or `\r\n`. */
  newline(): boolean
  /** Digits, below 2³¹. */
  natural(): number | undefined
  /** Seven bits a byte, the low ones first, below 2³². */
  varint(): number | undefined
  /** The rest of the line as UTF-8, and its end. */
  line(): string | undefined
  /** The error at a byte: where it is, unless given. */
  error(reason: string, at?: number): AagError | AigError
}

/** A scanner at byte 0. */
export function scanner(bytes: Uint8Array): Scanner {
  let at = 0
  const digit = (): number => {
    const c = (bytes[at] ?? 0) - 0x30
    return c >= 0 && c <= 9 ? c : -1
  }
  const isNewline = (i: number): number => (bytes[i] === 0x0a ? 1 : bytes[i] === 0x0d && bytes[i + 1] === 0x0a ? 2 : 0)
  const skip = (n: number): boolean => {
    at += n
    return n > 0
  }
  return {
    at: () => at,
    left: () => bytes.length - at,
    ended: () => at >= bytes.length,
    word() {
      const start = at
      while (at < bytes.length && at < start + 10 && (bytes[at] ?? 0) > 0x20) at++
      return String.fromCharCode(...bytes.subarray(start, at))
    },
    blank: () => skip(bytes[at] === 0x20 ? 1 : 0),
    newline: () => skip(isNewline(at)),
    natural() {
      if (digit() < 0) return undefined
      let n = 0
      for (let d = digit(); d >= 0; d = digit()) {
        n = 10 * n + d
        if (n >= 2 ** 31) return undefined
        at++
      }
      return n
    },
    varint() {
      let n = 0
      for (let scale = 1; scale < 2 ** 35; scale *= 0x80) {
        const byte = bytes[at]
        if (byte === undefined) return undefined
        n += (byte & 0x7f) * scale
        at++
        if (byte < 0x80) return n < 2 ** 32 ? n : undefined
      }
      return undefined
    },
    line() {
      let end = at
      while (end < bytes.length && isNewline(end) === 0) end++
      try {
        const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, end))
        at = end + isNewline(end)
        return text
      } catch {
        return undefined
      }
    },
    error(reason, place = at) {
      if (bytes[1] === 0x69) return { kind: 'aig', message: `aig: byte ${place}: ${reason}`, offset: place }
      let [line, start] = [1, 0]
      for (let i = 0; i < Math.min(place, bytes.length); i++)
        if (bytes[i] === 0x0a) {
          line++
          start = i + 1
        }
      const column = place - start + 1
      return { kind: 'aag', message: `aag: line ${line}, column ${column}: ${reason}`, line, column }
    },
  }
}
