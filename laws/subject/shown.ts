import type { Obj } from '../../src/object/index.js'
import type { Term } from '../../src/term/index.js'
import type { Variables } from '../law/law.js'
import type { Given, Program } from './context.js'
import type { ValueSubject } from './term-subject.js'

type At = Given<Obj, Term, Program>

/** The variables with their point as text. */
export function shown<V extends Variables<At>>(s: ValueSubject, variables: V): V {
  const show = (at: At): Readonly<Record<string, string>> => ({
    ...variables.show(at),
    point: s.showPoint(at.values.f.dom, at.point),
  })
  return { ...variables, show }
}
