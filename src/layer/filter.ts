import { zeros } from '../initialiser/index.js'
import { object, type Type } from '../object/index.js'
import type { Parameter } from '../optic/index.js'
import { add, broadcast } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram, type Term } from '../term/index.js'

/** What a layer of filters is made of: how its weight is drawn, and its linear part. */
export interface Filter {
  readonly name: string
  readonly from: readonly number[]
  readonly weight: readonly number[]
  readonly draw: Parameter['draw']
  /** The entries of the last axis of what it answers. */
  readonly channels: number
  /** Bilinear in x and the weight. */
  body(x: Wire, weight: Wire): Wire
}

/** `x ↦ body(x, weight) + bias`, one bias a channel, from zero. */
export function filtered({ name, from, weight, draw, channels, body }: Filter): {
  readonly parameters: readonly Parameter[]
  readonly term: Term
} {
  const type = (shape: readonly number[]): Type => ({ dtype: 'float32', shape })
  const parameters: readonly Parameter[] = [
    { path: ['weight'], type: type(weight), draw },
    { path: ['bias'], type: type([channels]), draw: zeros },
  ]
  const dom = object([...parameters.map((p) => p.type), type(from)])
  const term = diagram(dom, (wires) => {
    const [w, bias, x] = wires as [Wire, Wire, Wire]
    const y = body(x, w)
    const front = y.type.shape.slice(0, -1).map((_, axis) => axis)
    return [add(y, broadcast(bias, front, y.type.shape))]
  })
  return { parameters, term: box(name, term) }
}
