import { showType, types, type Type } from '../../src/object/index.js'
import type { Split } from '../../src/compile/index.js'
import type { Entries } from '../../src/structure/index.js'
import { flatten, type Flat } from '../../src/term/index.js'
import { law, type LawSet } from '../law/law.js'
import { context } from '../subject/context.js'
import { termsByValue } from '../subject/term-subject.js'
import { sameText } from '../value/compare.js'
import { reference } from '../value/reference.js'
import type { Rounded } from '../value/rounding.js'
import { shown } from '../subject/shown.js'
import { boundsAt, sameFound, type Values } from '../value/bounds.js'
import { splitGrammar } from './pass-grammar.js'

/** The division of a program between host and device. */
export type SplitPass = (program: Flat, has: (type: Type) => boolean, device: string) => Split

const narrow = ({ dtype }: Type): boolean => dtype !== 'float64'

/** The laws of a split of programs between a device without float64 and the host: together they are the program. */
export function hostSplit(name: string, split: SplitPass): LawSet {
  const s = termsByValue(reference, { dtype: 'float32', grammar: splitGrammar() })
  const bounds = boundsAt(reference)
  const programs = shown(s, context(s, { f: 'A → B' }, 8))
  const laws = [
    law({
      name: 'parts',
      equation: 'device(x, host(x)) = f(x)',
      source: 'what is known on one side only is handed over',
      forall: programs,
      holds({ values: { f }, point }) {
        const x = s.point(f.dom, point)
        const parts = split(flatten(f), narrow, 'narrow')
        const at = (ids: readonly number[]): Values => ids.map((i) => x[i] as Entries<Rounded>)
        const host = bounds(parts.host, at(parts.hostInputs))
        const device = bounds(parts.device, [...at(parts.deviceInputs), ...host.values.slice(parts.hostOuts)])
        const values = parts.outs.map(
          ({ side, at: k }) => (side === 'host' ? host : device).values[k] as Entries<Rounded>,
        )
        return sameFound({ values, undecided: host.undecided || device.undecided }, bounds(f, x))
      },
    }),
    law({
      name: 'sides',
      equation: 'nothing of float64 is on the device, nothing but scalars on the host',
      source: 'the device lacks float64',
      forall: programs,
      holds({ values: { f } }) {
        const parts = split(flatten(f), narrow, 'narrow')
        const misplaced = [
          ...typesIn(parts.device).filter((t) => !narrow(t)),
          ...typesIn(parts.host).filter((t) => t.shape.length > 0),
        ]
        return sameText(misplaced.map(showType).join(', '), '')
      },
    }),
  ]
  return { name: 'host split', subject: name, parents: [], laws }
}

const typesIn = (f: Flat): ReturnType<typeof types> => [
  ...types(f.dom),
  ...f.boxes.flatMap(({ term }) => [...types(term.dom), ...types(term.cod)]),
]
