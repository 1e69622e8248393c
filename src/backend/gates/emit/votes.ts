import { get, lanes, set, tee, type Code, type Routine } from '../../wasm/assembler/index.js'
import type { Site } from './site.js'

/** What a vector of a slot and one of a stage become. */
type Move = (f: Routine, place: Code, staged: Code, v: number) => Code

/**
 * Desires, "should be 1" and "should be 0", become planes of samples that are to keep their value and of those that are to
 * change it: so the signs of paths, which are those of the values at their ends, leave the planes alone. With `joins`,
 * those of an output whose wire has desires already.
 */
export const seedVotes =
  ({ wires, cotangents }: Site, [one, none]: readonly [number, number], joins: boolean): Move =>
  (f, place, staged, v) => {
    const [keep = 0, flip = 0] = cotangents
    const [p, q, value] = [f.local('v128'), f.local('v128'), f.local('v128')]
    const put = (area: number, desired: Code): Code =>
      lanes.store(place, area + v, joins ? lanes.or(lanes.load(place, area + v), desired) : desired)
    return [
      set(p, lanes.load(staged, one + v)),
      set(q, lanes.load(staged, none + v)),
      put(keep, lanes.select(get(p), get(q), tee(value, lanes.load(place, wires + v)))),
      put(flip, lanes.select(get(q), get(p), get(value))),
    ]
  }

/** The inverse of {@link seedVotes}; a sample with both desires has none. */
export const drainVotes =
  ({ wires, cotangents }: Site, [one, none]: readonly [number, number]): Move =>
  (f, place, staged, v) => {
    const [keep = 0, flip = 0] = cotangents
    const [p, q, value] = [f.local('v128'), f.local('v128'), f.local('v128')]
    const left = (mine: number, other: number): Code =>
      lanes.andNot(lanes.load(place, mine + v), lanes.load(place, other + v))
    return [
      set(p, left(keep, flip)),
      set(q, left(flip, keep)),
      lanes.store(staged, one + v, lanes.select(get(p), get(q), tee(value, lanes.load(place, wires + v)))),
      lanes.store(staged, none + v, lanes.select(get(q), get(p), get(value))),
    ]
  }
