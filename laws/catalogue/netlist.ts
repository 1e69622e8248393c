import { netlistPasses, simplifyNetlist, twoInput, type NetlistPass } from '../../src/compile/index.js'
import type { LawSet } from '../law/law.js'
import { netlistPass, type NetlistPassClaim } from '../part/netlist-pass.js'

/** The passes of netlists, with what each claims. */
const passes: { readonly [name: string]: readonly [pass: NetlistPass, claims: readonly NetlistPassClaim[]] } = {
  ...Object.fromEntries(
    Object.entries(netlistPasses).map(([name, pass]) => [name, [pass, ['smaller', 'idempotent']] as const]),
  ),
  simplifyNetlist: [simplifyNetlist, ['smaller', 'idempotent']],
  twoInput: [twoInput, []],
}

/** The laws of every pass of netlists. */
export function netlistLaws(): readonly LawSet[] {
  return Object.entries(passes).map(([name, [pass, claims]]) => netlistPass(name, pass, { claims }))
}
