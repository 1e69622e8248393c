/** The names of the element types. */
export type Dtype = 'float64' | 'float32' | 'integer' | 'int32' | 'bit'

/** What a dtype's rig is and has. */
export interface Rig {
  /** The rig in the field's notation. */
  readonly rig: string
  /** Every element has an additive inverse: the rig is a ring. */
  readonly negation: boolean
  /** Constants that are not integers exist: ½ is an element. */
  readonly rational: boolean
  /** exp, log, sqrt and the like are defined, up to rounding. */
  readonly analytic: boolean
  /** A total order that addition and multiplication respect. */
  readonly ordered: boolean
  /** Sums and products are not rounded: the rig laws hold with `===`. */
  readonly exact: boolean
}

/**
 * Dtypes and their rigs, one row each. `int32` wraps and is Z/2³²; the order on its representatives is used by index
 * arithmetic only. A new dtype is a row here; every backend's table then stops compiling until it has an entry.
 */
export const dtypes: { readonly [D in Dtype]: Rig } = {
  float64: { rig: 'R', negation: true, rational: true, analytic: true, ordered: true, exact: false },
  float32: { rig: 'R', negation: true, rational: true, analytic: true, ordered: true, exact: false },
  integer: { rig: 'Z', negation: true, rational: false, analytic: false, ordered: true, exact: true },
  int32: { rig: 'Z/2³²', negation: true, rational: false, analytic: false, ordered: true, exact: true },
  bit: { rig: 'Z/2', negation: true, rational: false, analytic: false, ordered: false, exact: true },
}
