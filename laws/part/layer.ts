import { types, type Ob } from '../../src/object/index.js'
import { layerAt, over, type Para, type Polymorphic, type Untyped } from '../../src/optic/index.js'
import { claiming } from '../law/claim.js'
import type { LawSet } from '../law/law.js'
import { batchLaws } from './layer-batch.js'
import { layerClaims, type LayerClaim } from './layer-claim.js'
import { derivativeLaws, expansionLaw } from './layer-derivative.js'
import type { Morphism } from './layer-morphism.js'
import type { Entry } from './layer-point.js'
import { checkGiven, checkName, checkOptions } from './given.js'
import { declarationLaw, initialLaw, numbersLaw, programLaws } from './layer-program.js'

/** What is said of a layer that is checked. */
export interface LayerOptions {
  /** Checked beyond the core laws. */
  readonly claims?: readonly LayerClaim[]
  /** The object of a layer that takes any; [3] unless given. */
  readonly at?: Ob
  /**
   * Where the entries of the input lie, decoded from a natural below 64, for all its tensors or one by one: off kinks, in
   * the domain. Odd sixteenths between −4 and 4 unless given.
   */
  readonly domain?: Entry | readonly Entry[]
  /** Where those of all parameters lie. */
  readonly parameters?: Entry
}

/**
 * The laws of a layer `f : P ⊗ A → B`, and the claims made for it: the term is of the type declared and a function; R[f]
 * is additive in its cotangent (RD.2), adjoint to dual numbers (twice), the same when boxes are opened; a batch is its
 * examples side by side; parameters are drawn alike for one seed. What is float32 is read in float64. Throws
 * `laws.layer: no claim is called "liner"; there are linear, …`.
 *
 * ```ts run
 * import { dense } from 'paralens'
 * import { check, discover, laws } from 'paralens/laws'
 * const mine = laws.layer('dense', dense(3, 2), { claims: ['affine'] })
 * console.log(check(mine)._tag) // → Right
 * console.log(discover(mine).filter((r) => r.ok).map((r) => r.law)) // → [ 'linearInParameters', 'affine', 'piecewiseLinear' ]
 * ```
 */
export function layer(
  name: string,
  model: Untyped | Polymorphic | Para<never, never, never>,
  options: LayerOptions = {},
): LawSet {
  checkName('laws.layer', name)
  checkGiven(
    'laws.layer',
    name,
    model,
    ['term', 'pointwise', 'flatten'],
    'a model or a layer without parameters: dense(3, 2), relu',
  )
  checkOptions('laws.layer', options, { claims: true, at: true, domain: true, parameters: true })
  const typed = 'term' in model ? model : layerAt(model, options.at ?? [[3]])
  if ('term' in model && options.at !== undefined)
    throw new TypeError(`laws.layer: "${name}" has a domain, and is given one by at`)
  const real = over('float64', typed as Para<object, Ob, Ob>)
  const m = morphismOf(name, real, options)
  const ms = [m]
  return claiming(
    'laws.layer',
    {
      name: 'layer',
      subject: name,
      parents: [],
      laws: [
        declarationLaw(real),
        ...programLaws(ms),
        numbersLaw(ms),
        ...derivativeLaws(ms),
        expansionLaw(ms),
        ...batchLaws(ms),
        ...(real.parameters.length === 0 ? [] : [initialLaw(real)]),
      ],
    },
    layerClaims(m),
    options.claims ?? [],
  )
}

function morphismOf(
  name: string,
  { term, parameters }: Untyped,
  { domain, parameters: drawn }: LayerOptions,
): Morphism {
  const split = parameters.length
  const inputs = term.dom.length - split
  if (inputs === 0) throw new TypeError(`laws.layer: "${name}" takes I, needs a tensor: nothing would be tried`)
  if (Array.isArray(domain) && domain.length !== inputs)
    throw new TypeError(`laws.layer: "${name}" takes ${inputs} tensors, domain has ${domain.length} entries`)
  const entries =
    typeof domain === 'function' || domain === undefined ? new Array<Entry | undefined>(inputs).fill(domain) : domain
  return {
    name,
    term,
    split,
    entries: [...new Array<Entry | undefined>(split).fill(drawn), ...entries],
    batched: types(term.dom).map((_, i) => i >= split),
  }
}
