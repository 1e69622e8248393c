import { showType, types, type Obj } from '../object/index.js'
import { flatten, headOf, number, type Flat, type Line } from './flatten.js'
import type { Term } from './term.js'

/**
 * The canonical form of a program: lines in the order in which the outputs ask for them, depth first, so that it does
 * not depend on the order in which independent boxes were written.
 */
export function canonical(term: Term): Flat {
  const program = flatten(term)
  const maker = new Map<number, Line>()
  for (const line of program.boxes) for (let k = 0; k < line.term.cod.length; k++) maker.set(line.first + k, line)
  const done = new Set<Line>()
  const order: Line[] = []
  const stack: { readonly line: Line; at: number }[] = []
  const visit = (id: number): void => {
    const line = maker.get(id)
    if (line !== undefined && !done.has(line)) {
      done.add(line)
      stack.push({ line, at: 0 })
    }
  }
  for (const out of program.outs) {
    visit(out)
    for (let top = stack[stack.length - 1]; top !== undefined; top = stack[stack.length - 1]) {
      const next = top.line.inputs[top.at++]
      if (next !== undefined) visit(next)
      else {
        order.push(top.line)
        stack.pop()
      }
    }
  }
  return number(program, order)
}

/** The canonical form as text: terms are equal as morphisms of the free category exactly if their texts are. */
export function normalForm(term: Term): string {
  const program = canonical(term)
  const lines = program.boxes.map((line) => `${line.first} = ${headOf(line.term)}(${line.inputs.join()})`)
  return [showAll(program), ...lines, `(${program.outs.join()})`].join('\n')
}

const list = (a: Obj): string => types(a).map(showType).join(' ⊗ ')
const showAll = (program: Flat): string => `${list(program.dom)} → ${list(program.cod)}`

/** Equality of normal forms. */
export function sameNormalForm(f: Term, g: Term): boolean {
  return f === g || normalForm(f) === normalForm(g)
}
