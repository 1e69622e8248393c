import type { Tensor } from '../../src/object/index.js'
import { context } from '../subject/context.js'
import type { ValueSubject } from '../subject/term-subject.js'
import { law, type Law } from '../law/law.js'
import { sameText } from '../value/compare.js'
import type { Evaluator } from './interpreter-evaluator.js'
import { tensor } from './interpreter-value.js'
import { shown } from '../subject/shown.js'

/** Tensors to the last bit. */
const bytes = (all: readonly Tensor[]): string =>
  all.map((t) => `${t.dtype}[${t.shape.join()}] ${Array.from(t.data as ArrayLike<unknown>, bit).join(' ')}`).join('\n')
const bit = (x: unknown): string => (Object.is(x, -0) ? '-0' : String(x))

/** What running is, whatever is run: a function of its inputs, which it leaves alone, and that holds on to nothing. */
export function runLaws(evaluator: Evaluator, s: ValueSubject): readonly Law[] {
  const programs = shown(s, context(s, { f: 'A → B' }, 4))
  const { memory } = evaluator
  const held = (): string => {
    const { buffers, bytes: size } = memory?.() ?? { buffers: 0, bytes: 0 }
    return `${buffers} buffers, ${size} bytes`
  }
  return [
    law({
      name: 'determinism',
      equation: 'I(f)(x) = I(f)(x) to the last bit, whatever was run between',
      source: 'an interpretation is a function',
      forall: programs,
      holds({ values: { f }, point }) {
        const x = s.point(f.dom, point).map(tensor)
        const first = bytes(evaluator.run(f, x))
        evaluator.run(f, s.point(f.dom, point.slice(3)).map(tensor))
        return sameText(first, bytes(evaluator.run(f, x)))
      },
    }),
    law({
      name: 'inputs are left alone',
      equation: 'x before I(f)(x) = x after',
      source: 'src/backend/backend.ts: inputs stay the caller’s',
      forall: programs,
      holds({ values: { f }, point }) {
        const x = s.point(f.dom, point).map(tensor)
        const before = bytes(x)
        evaluator.run(f, x)
        return sameText(before, bytes(x))
      },
    }),
    ...(memory === undefined
      ? []
      : [
          law({
            name: 'no leak',
            equation: 'memory before I(f)(x) = memory after',
            source: 'src/backend/backend.ts: nothing is allocated that is not disposed',
            forall: programs,
            holds({ values: { f }, point }) {
              const before = held()
              evaluator.run(f, s.point(f.dom, point).map(tensor))
              return sameText(before, held())
            },
          }),
        ]),
  ]
}
