import type { Cotangent } from '../structure/index.js'
import type { BoxTerm, Diagram, PrimitiveTerm, Term } from '../term/index.js'

/** A task of the machine: a term whose outputs' cotangents stand in `from`, or a diagram with boxes left to mirror. */
type Task =
  | {
      readonly term: Term
      readonly from: readonly Cotangent[]
      readonly start: number
      readonly to: Cotangent[]
      readonly at: number
    }
  | Mirrored

interface Mirrored {
  readonly diagram: Diagram
  readonly wires: Cotangent[]
  /** Boxes before this one are left, and the outputs of box `next − 1` end at wire `end`. */
  next: number
  end: number
  /** Cotangents that the box mirrored last has given for the wires it reads. */
  given: readonly Cotangent[]
  readonly to: Cotangent[]
  readonly at: number
}

/**
 * The mirror image of `walk`: cotangents of the codomain to cotangents of the domain, leaf by leaf in the opposite order.
 * A wire read k times costs k − 1 additions, made where the wire is copied: in the diagram that copies it. No recursion
 * on depth, time linear in the unfolded size. Boxes are leaves where `isLeaf` says so.
 */
export function walkBack(
  term: Term,
  cotangents: readonly Cotangent[],
  isLeaf: (box: BoxTerm) => boolean,
  plus: (a: Cotangent, b: Cotangent) => Cotangent,
  leaf: (term: PrimitiveTerm | BoxTerm, cotangents: readonly Cotangent[]) => readonly Cotangent[],
): Cotangent[] {
  const out = absent(term.dom.length)
  const stack: Task[] = [{ term, from: cotangents, start: 0, to: out, at: 0 }]
  const mirror = (task: Mirrored): void => {
    const { diagram, wires, to, at } = task
    const placed = diagram.boxes[task.next]
    for (const [i, id] of (placed?.inputs ?? []).entries()) wires[id] = plus(wires[id], task.given[i])
    if (task.next === 0) {
      for (let i = 0; i < diagram.dom.length; i++) to[at + i] = wires[i]
      return
    }
    task.next -= 1
    const box = (diagram.boxes[task.next] as Diagram['boxes'][number]).term
    task.end -= box.cod.length
    const given = absent(box.dom.length)
    task.given = given
    stack.push(task, { term: box, from: wires, start: task.end, to: given, at: 0 })
  }
  for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
    if ('diagram' in task) mirror(task)
    else {
      const { term: f, from, start, to, at } = task
      if (f.kind === 'primitive' || (f.kind === 'box' && isLeaf(f))) {
        const given = leaf(
          f,
          Array.from({ length: f.cod.length }, (_, i) => from[start + i]),
        )
        for (let i = 0; i < f.dom.length; i++) to[at + i] = given[i]
      } else if (f.kind === 'box') stack.push({ ...task, term: f.body })
      else if (f.kind === 'diagram') stack.push(mirrored(f, from, start, to, at, plus))
      else
        for (const part of (f.kind === 'compose' ? inSequence : inParallel)(f.parts, from, start, to, at))
          stack.push(part)
    }
  }
  return out
}

const absent = (n: number): Cotangent[] => new Array<Cotangent>(n).fill(undefined)

function mirrored(
  diagram: Diagram,
  from: readonly Cotangent[],
  start: number,
  to: Cotangent[],
  at: number,
  plus: (a: Cotangent, b: Cotangent) => Cotangent,
): Mirrored {
  const end = diagram.boxes.reduce((n, b) => n + b.term.cod.length, diagram.dom.length)
  const wires = absent(end)
  for (const [i, id] of diagram.outs.entries()) wires[id] = plus(wires[id], from[start + i])
  return { diagram, wires, next: diagram.boxes.length, end, given: [], to, at }
}

function inSequence(
  parts: readonly Term[],
  from: readonly Cotangent[],
  start: number,
  to: Cotangent[],
  at: number,
): Task[] {
  const last = parts.length - 1
  const middle = parts.map((f) => absent(f.dom.length))
  return parts.map((term, i) => ({
    term,
    from: i === last ? from : (middle[i + 1] ?? []),
    start: i === last ? start : 0,
    to: i === 0 ? to : (middle[i] ?? []),
    at: i === 0 ? at : 0,
  }))
}

function inParallel(
  parts: readonly Term[],
  from: readonly Cotangent[],
  start: number,
  to: Cotangent[],
  at: number,
): Task[] {
  let [read, write] = [start, at]
  return parts.map((term) => {
    const task = { term, from, start: read, to, at: write }
    read += term.cod.length
    write += term.dom.length
    return task
  })
}
