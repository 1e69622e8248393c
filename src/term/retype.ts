import { object, types, type Dtype, type Obj, type Type } from '../object/index.js'
import { expand } from './expand.js'
import { parallel, partsOf, primitive, sequential, wired, type Diagram, type PrimitiveTerm, type Term } from './term.js'

/**
 * The change of rig `from → to`: the same term, nesting kept, read over another rig. Wires of dtype `from` become `to`,
 * others stay; without `from`, the one dtype of the term that is neither an index (int32) nor a condition (bit), or its
 * only dtype. Throws, by name, where the target lacks what an operation needs: `exp: the rig Z/2 of bit is not analytic`.
 * Throws too where an operation's own dtype (argmax and iota are int32, comparisons bits) would not
 * fit its reader. No recursion on depth; a shared sub-term is changed once.
 */
export function retype(term: Term, to: Dtype, from: Dtype = rigOf(term)): Term {
  const done = new Map<Term, Term>()
  const stack: Term[] = [term]
  for (let top = stack[stack.length - 1]; top !== undefined; top = stack[stack.length - 1]) {
    const waiting = done.has(top) ? [] : partsOf(top).filter((f) => !done.has(f))
    if (waiting.length > 0) stack.push(...waiting)
    else {
      if (!done.has(top))
        done.set(
          top,
          retyped(top, to, from, (f) => done.get(f) ?? f),
        )
      stack.pop()
    }
  }
  return done.get(term) ?? term
}

function retyped(term: Term, to: Dtype, from: Dtype, of: (f: Term) => Term): Term {
  switch (term.kind) {
    case 'primitive':
      return retypedPrimitive(term, to, from)
    case 'compose':
      return sequential(term.parts.map(of))
    case 'tensor':
      return parallel(term.parts.map(of))
    case 'diagram':
      return retypedDiagram(term, to, from, of)
    case 'box': {
      const body = of(term.body)
      return { ...term, dom: body.dom, cod: body.cod, body }
    }
  }
}

function retypedPrimitive(term: PrimitiveTerm, to: Dtype, from: Dtype): Term {
  const attributes = term.operation.retype(term.attributes, from, to)
  if (attributes === undefined)
    throw new TypeError(
      `retype: "${term.operation.name}" ${JSON.stringify(term.attributes)} has no meaning at dtype ${to}`,
    )
  return primitive(term.operation, attributes, retypeObject(term.dom, to, from))
}

function retypedDiagram(term: Diagram, to: Dtype, from: Dtype, of: (f: Term) => Term): Diagram {
  const boxes = term.boxes.map((b) => ({ term: of(b.term), inputs: b.inputs }))
  return wired(retypeObject(term.dom, to, from), boxes, term.outs)
}

/** The object after a change of rig. */
export function retypeObject(a: Obj, to: Dtype, from: Dtype): Obj {
  return object(types(a).map((t): Type => (t.dtype === from ? { dtype: to, shape: t.shape } : t)))
}

/** The dtype that a change of rig without `from` changes. Throws where that is ambiguous. */
export function rigOf(term: Term): Dtype {
  const all = new Set<Dtype>()
  for (const t of types(term.dom)) all.add(t.dtype)
  for (const { term: leaf } of expand(term).boxes) for (const t of types(leaf.cod)) all.add(t.dtype)
  const rigs = [...all].filter((d) => d !== 'int32' && d !== 'bit')
  const candidates = rigs.length > 0 ? rigs : [...all]
  const [only] = candidates
  if (only === undefined || candidates.length > 1)
    throw new TypeError(`retype: say which dtype changes: the term has ${candidates.join(', ') || 'none'}`)
  return only
}
