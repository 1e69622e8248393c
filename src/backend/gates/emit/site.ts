import { get, i32, int, lanes, type Code } from '../../wasm/assembler/index.js'

/** Where the code of one thread of a machine finds things: addresses in bytes, fixed when it is emitted. */
export interface Site {
  /** Vectors of 128 samples a wire has in a block. */
  readonly vectors: number
  /** Bytes between the places of two slots: 16 · vectors. */
  readonly stride: number
  /** Bytes between two planes of what is staged. */
  readonly pitch: number
  /** The word that holds how far into its plane the block is, in bytes. */
  readonly position: number
  /** The values of the slots, of this thread. */
  readonly wires: number
  /** One area of cotangents, as wide as the values, for each plane they have. */
  readonly cotangents: readonly number[]
  /** Room for the nodes of a tree of multiplexers and its leaves. */
  readonly scratch: number
  /** Sums of votes, of this thread. */
  readonly counts: number
}

/** An address without a register. */
export const origin: Code = i32(0)

/** The offsets of the vectors of a slot. */
export const vectorsOf = ({ vectors }: Site): readonly number[] => Array.from({ length: vectors }, (_, v) => 16 * v)

/** Zeros in all lanes. */
export const zeros: Code = lanes.constant([0, 0, 0, 0])
/** Ones in all lanes. */
export const ones: Code = lanes.constant([-1, -1, -1, -1])

/** A word at the place of a local plus an offset. */
export const word = (local: number, offset: number): Code => int.load(get(local), offset)
