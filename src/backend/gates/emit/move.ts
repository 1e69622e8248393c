import {
  get,
  i32,
  int,
  lanes,
  repeatWhile,
  routine,
  set,
  tee,
  type Code,
  type Routine,
} from '../../wasm/assembler/index.js'
import { origin, vectorsOf, word, type Site } from './site.js'

/** Pairs of words in memory: the place of a slot, and how far into what is staged its plane begins. */
export interface Listed {
  readonly from: number
  readonly to: number
}

/** What is done with each vector: place and staged are addresses to which the offset of the vector is added. */
type Move = (f: Routine, place: Code, staged: Code, v: number) => Code

/** A function that moves vectors between slots and staged planes, one list after the other. */
export function mover(site: Site, lists: readonly { readonly list: Listed; readonly move: Move }[]): Routine {
  const f = routine()
  const [pair, place, staged] = [f.local('i32'), f.local('i32'), f.local('i32')]
  for (const { list, move } of lists) {
    if (list.from === list.to) continue
    f.body.push(
      set(pair, i32(list.from)),
      repeatWhile(
        [
          set(place, word(pair, 0)),
          set(staged, int.add(word(pair, 4), int.load(origin, site.position))),
          vectorsOf(site).map((v) => f.scope(() => move(f, get(place), get(staged), v))),
        ],
        int.notEqual(tee(pair, int.add(get(pair), i32(8))), i32(list.to)),
      ),
    )
  }
  return f
}

/** A slot's values become a plane that is staged. */
export const fromStage =
  (area: number, stage: number): Move =>
  (_, place, staged, v) =>
    lanes.store(place, area + v, lanes.load(staged, stage + v))
/** A slot's values become a plane to be taken out. */
export const toStage =
  (area: number, stage: number): Move =>
  (_, place, staged, v) =>
    lanes.store(staged, stage + v, lanes.load(place, area + v))
/** A staged plane is added to a slot's. */
export const addFromStage =
  (area: number, stage: number): Move =>
  (_, place, staged, v) =>
    lanes.store(place, area + v, lanes.xor(lanes.load(place, area + v), lanes.load(staged, stage + v)))
/** Zeros in areas of a slot. */
export const clear =
  (areas: readonly number[]): Move =>
  (_, place, _staged, v) =>
    areas.map((area) => lanes.store(place, area + v, lanes.constant([0, 0, 0, 0])))
