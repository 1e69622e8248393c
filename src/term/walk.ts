import type { BoxTerm, Diagram, PrimitiveTerm, Term } from './term.js'

/** A task of the machine: run a term on a slice of a buffer, or go on with a diagram at its i-th box. */
type Task<W> =
  | { readonly term: Term; readonly from: readonly W[]; readonly start: number; readonly to: W[] }
  | { readonly diagram: Diagram; at: number; readonly wires: W[]; readonly to: W[] }

/**
 * The functor out of the free category that a meaning of the leaves determines: runs a term on values, box after box,
 * nested terms in diagrammatic order. An explicit stack: no recursion on depth, time linear in the unfolded size. Boxes
 * are leaves where `leaf` answers for them and are entered where it answers undefined.
 */
export function walk<W>(
  term: Term,
  inputs: readonly W[],
  leaf: (term: PrimitiveTerm | BoxTerm, inputs: readonly W[]) => readonly W[] | undefined,
): W[] {
  const out: W[] = []
  const stack: Task<W>[] = [{ term, from: inputs, start: 0, to: out }]
  for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
    if ('diagram' in task) stepDiagram(task, stack)
    else stepTerm(task.term, task.from, task.start, task.to, stack, leaf)
  }
  return out
}

function stepDiagram<W>(
  task: { readonly diagram: Diagram; at: number; readonly wires: W[]; readonly to: W[] },
  stack: Task<W>[],
): void {
  const { diagram, wires, to } = task
  const placed = diagram.boxes[task.at]
  if (placed === undefined) {
    for (const id of diagram.outs) to.push(wires[id] as W)
    return
  }
  task.at += 1
  stack.push(task, { term: placed.term, from: placed.inputs.map((id) => wires[id] as W), start: 0, to: wires })
}

function stepTerm<W>(
  term: Term,
  from: readonly W[],
  start: number,
  to: W[],
  stack: Task<W>[],
  leaf: (term: PrimitiveTerm | BoxTerm, inputs: readonly W[]) => readonly W[] | undefined,
): void {
  switch (term.kind) {
    case 'primitive':
    case 'box': {
      const answer = leaf(term, from.slice(start, start + term.dom.length))
      if (answer !== undefined) for (const w of answer) to.push(w)
      else if (term.kind === 'box') stack.push({ term: term.body, from, start, to })
      else throw new TypeError(`walk: no meaning for the primitive ${term.operation.name}`)
      return
    }
    case 'compose': {
      const buffers = term.parts.map((_, i) => (i === term.parts.length - 1 ? to : []))
      for (let i = term.parts.length - 1; i >= 0; i--)
        stack.push({
          term: term.parts[i] as Term,
          from: i === 0 ? from : (buffers[i - 1] as W[]),
          start: i === 0 ? start : 0,
          to: buffers[i] as W[],
        })
      return
    }
    case 'tensor': {
      let end = start + term.dom.length
      for (let i = term.parts.length - 1; i >= 0; i--) {
        const part = term.parts[i] as Term
        end -= part.dom.length
        stack.push({ term: part, from, start: end, to })
      }
      return
    }
    case 'diagram':
      stack.push({ diagram: term, at: 0, wires: from.slice(start, start + term.dom.length), to })
  }
}
