import * as E from 'fp-ts/lib/Either.js'
import { gateAt, gates, netlist, simulate, tablesOf, type Netlist } from '../../src/compile/index.js'
import { claiming } from '../law/claim.js'
import { law, type LawSet, type Sides } from '../law/law.js'
import { sameText } from '../value/compare.js'
import { checkFunction, checkName, checkOptions } from './given.js'
import { most } from './circuit-point.js'
import { netlists, showNetlist } from './netlist-value.js'

/** A claim that a pass of netlists may make. */
export type NetlistPassClaim = 'smaller' | 'idempotent'

/** What is said of a pass of netlists. */
export interface NetlistPassOptions {
  readonly claims?: readonly NetlistPassClaim[]
}

/**
 * The laws of a pass of netlists: it answers a netlist of the same function, at every point up to 12 inputs and at 4,096 above;
 * it may claim that there are never more gates, `smaller`, and that running it twice is running it once, `idempotent`.
 *
 * ```ts run
 * import { simplifyNetlist } from 'paralens'
 * import { check, laws } from 'paralens/laws'
 * console.log(check(laws.netlistPass('simplify', simplifyNetlist, { claims: ['smaller', 'idempotent'] }))._tag) // → Right
 * ```
 */
export function netlistPass(
  name: string,
  run: (netlist: Netlist) => Netlist,
  options: NetlistPassOptions = {},
): LawSet {
  checkName('laws.netlistPass', name)
  checkFunction('laws.netlistPass', name, run, 'a function of netlists')
  checkOptions('laws.netlistPass', options, { claims: true })
  const core = [
    law({
      name: 'netlist',
      equation: 'opt f : Z₂ⁿ → Z₂ᵐ is a netlist for f : Z₂ⁿ → Z₂ᵐ',
      source: 'gates read earlier wires, and a table of k operands has 2ᵏ entries',
      forall: netlists(),
      holds: ({ f }) => sameText(formOf(run(f)), `valid, ${f.inputs} → ${f.outputs.length}`),
    }),
    law({
      name: 'meaning',
      equation: '(opt f)(x) = f(x)',
      source: 'an equation between Boolean functions',
      forall: netlists(),
      holds: ({ f, seed }) => sameFunction(run(f), f, seed),
    }),
  ]
  const set = { name: 'netlist pass', subject: name, parents: [], laws: core }
  return claiming<NetlistPassClaim>('laws.netlistPass', set, claimsOf(run), options.claims ?? [])
}

function claimsOf(run: (netlist: Netlist) => Netlist): { readonly [C in NetlistPassClaim]: ReturnType<typeof law> } {
  return {
    smaller: law({
      name: 'smaller',
      equation: 'gates(opt f) ≤ gates(f)',
      source: 'a gate costs the same whatever its table',
      forall: netlists(),
      holds({ f }) {
        const [before, after] = [gates(f), gates(run(f))]
        return sameText(`at most ${Math.max(before, after)} gates`, `at most ${before} gates`)
      },
    }),
    idempotent: law({
      name: 'idempotent',
      equation: 'opt(opt f) = opt f',
      source: 'a pass ends where nothing is left to do',
      forall: netlists(),
      holds({ f }) {
        const once = run(f)
        return sameText(showNetlist(run(once)), showNetlist(once))
      },
    }),
  }
}

/** Whether a netlist is one, gate by gate where it stands, and its boundary. */
function formOf(f: Netlist): string {
  const all = Array.from({ length: gates(f) }, (_, g) => gateAt(f, g))
  const late = all.findIndex(({ operands }, g) => operands.some((w) => w >= f.inputs + g))
  if (late >= 0) return `gate ${late} reads a wire that is not before it`
  const made = netlist({ inputs: f.inputs, gates: all, outputs: [...f.outputs] })
  return E.isLeft(made) ? made.left.message : `valid, ${f.inputs} → ${f.outputs.length}`
}

/** Equality of functions at every point, or at 4,096 above 2¹². */
function sameFunction(f: Netlist, g: Netlist, seed: number): Sides {
  const of = (n: Netlist): string => {
    if (n.inputs <= most)
      return tablesOf(n)
        .map((t) => [...t].map((w) => w.toString(16)).join(' '))
        .join('\n')
    let state = seed | 1
    const points = Array.from({ length: n.inputs }, () =>
      Uint32Array.from({ length: 128 }, () => {
        state ^= state << 13
        state ^= state >>> 17
        state ^= state << 5
        return state >>> 0
      }),
    )
    return simulate(n, points, 128)
      .map((t) => [...t].map((w) => w.toString(16)).join(' '))
      .join('\n')
  }
  const sides = sameText(of(f), of(g))
  return sides.equal ? { ...sides, by: 'value' } : sides
}
