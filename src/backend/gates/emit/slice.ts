import {
  bytes,
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
import { origin, zeros, type Site } from './site.js'

/**
 * A function from staged rows of bytes, one row a sample, to the slots of inputs: input t · width + i is whether byte i is more
 * than threshold t. Eight rows and sixteen bytes at a time: a comparison leaves a bit of each row, and each of the sixteen bytes
 * that they make up goes to a slot of its own.
 */
export function slicer(site: Site, rows: number, width: number, thresholds: readonly number[]): Routine {
  const f = routine()
  const [eight, row, column, place] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')]
  const loaded = Array.from({ length: 8 }, () => f.local('v128'))
  const sum = f.local('v128')
  const part = (present: number): Code => [
    loaded.map((local, j) => set(local, lanes.load(int.add(get(row), get(column)), rows + j * width))),
    thresholds.map((threshold, t) => [
      set(
        sum,
        loaded.reduce<Code>((rest, local, j) => {
          const more = bytes.moreUnsigned(get(local), bytes.splat(i32(threshold)))
          const bit = lanes.and(more, bytes.splat(i32(1 << j)))
          return j === 0 ? bit : lanes.or(rest, bit)
        }, zeros),
      ),
      Array.from({ length: present }, (_, lane) =>
        bytes.storeLane(get(place), site.wires + (t * width + lane) * site.stride, get(sum), lane),
      ),
    ]),
  ]
  const whole = width & ~15
  f.body.push(
    set(eight, i32(0)),
    // A byte of a plane is eight samples.
    set(row, int.multiply(int.load(origin, site.position), i32(8 * width))),
    repeatWhile(
      [
        set(place, get(eight)),
        set(column, i32(0)),
        whole === 0
          ? []
          : repeatWhile(
              [part(16), set(place, int.add(get(place), i32(16 * site.stride)))],
              int.notEqual(tee(column, int.add(get(column), i32(16))), i32(whole)),
            ),
        width === whole ? [] : part(width - whole),
        set(row, int.add(get(row), i32(8 * width))),
      ],
      int.notEqual(tee(eight, int.add(get(eight), i32(1))), i32(site.stride)),
    ),
  )
  return f
}
