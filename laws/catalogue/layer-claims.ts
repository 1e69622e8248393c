import type { LayerClaim } from '../part/layer-claim.js'

/** Which claims hold of one thing; all others fail, in that run of seed 42, the first unless said. */
export interface ClaimRow<C extends string> {
  readonly holds: readonly C[]
  readonly witness: { readonly [K in C]?: string }
}

/** A row, with the runs after the first that find a counterexample. */
export function claimRow<C extends string>(holds: readonly C[], witness: ClaimRow<C>['witness'] = {}): ClaimRow<C> {
  return { holds, witness }
}

const row: typeof claimRow<LayerClaim> = claimRow

const largest = ['piecewiseLinear', 'homogeneous', 'monotone', 'permutationEquivariant'] as const
const means = [
  'linear',
  'affine',
  'dagger',
  'piecewiseLinear',
  'homogeneous',
  'odd',
  'monotone',
  'permutationEquivariant',
] as const

/** The claims of every layer and every model of circuits. */
export const layerRows: { readonly [name: string]: ClaimRow<LayerClaim> } = {
  dense: row(['linearInParameters', 'affine', 'piecewiseLinear'], { monotone: '1' }),
  linear: row([
    'linear',
    'linearInParameters',
    'bilinear',
    'affine',
    'dagger',
    'piecewiseLinear',
    'homogeneous',
    'odd',
  ]),
  bias: row(['affine', 'piecewiseLinear', 'monotone', 'translation', 'elementwise']),
  residual: row(['affine', 'piecewiseLinear'], { monotone: '1', nonNegative: '1' }),
  each: row(['linearInParameters', 'affine', 'piecewiseLinear', 'rowEquivariant']),
  flatten: row(['linear', 'affine', 'dagger', 'isomorphism', 'piecewiseLinear', 'homogeneous', 'odd', 'monotone']),
  reshaped: row(['linear', 'affine', 'dagger', 'isomorphism', 'piecewiseLinear', 'homogeneous', 'odd', 'monotone']),
  relu: row([
    'piecewiseLinear',
    'idempotent',
    'homogeneous',
    'monotone',
    'nonNegative',
    'elementwise',
    'permutationEquivariant',
    'rowEquivariant',
  ]),
  tanh: row(['odd', 'monotone', 'elementwise', 'permutationEquivariant', 'rowEquivariant']),
  sigmoid: row(['monotone', 'nonNegative', 'elementwise', 'permutationEquivariant', 'rowEquivariant']),
  exponential: row(['monotone', 'nonNegative', 'elementwise', 'permutationEquivariant', 'rowEquivariant']),
  leakyRelu: row([
    'piecewiseLinear',
    'homogeneous',
    'monotone',
    'elementwise',
    'permutationEquivariant',
    'rowEquivariant',
  ]),
  softmax: row([
    'nonNegative',
    'shiftInvariant',
    'gradientSumsToZero',
    'simplex',
    'permutationEquivariant',
    'rowEquivariant',
  ]),
  logSoftmax: row(['idempotent', 'shiftInvariant', 'gradientSumsToZero', 'permutationEquivariant', 'rowEquivariant']),
  gelu: row(['elementwise', 'permutationEquivariant', 'rowEquivariant']),
  silu: row(['elementwise', 'permutationEquivariant', 'rowEquivariant']),
  softplus: row(['monotone', 'nonNegative', 'elementwise', 'permutationEquivariant', 'rowEquivariant']),
  layerNorm: row(['linearInParameters', 'shiftInvariant', 'gradientSumsToZero']),
  groupNorm: row(['linearInParameters', 'rowEquivariant']),
  batchNorm: row(['affine', 'piecewiseLinear', 'elementwise', 'rowEquivariant'], { monotone: '1' }),
  dropout: row([
    'linear',
    'affine',
    'dagger',
    'isomorphism',
    'piecewiseLinear',
    'idempotent',
    'homogeneous',
    'odd',
    'monotone',
    'translation',
    'elementwise',
    'permutationEquivariant',
    'rowEquivariant',
  ]),
  gru: row([], { permutationEquivariant: '1', rowEquivariant: '1' }),
  gruLast: row([], { nonNegative: '1', permutationEquivariant: '1', rowEquivariant: '1' }),
  lstm: row([], { rowEquivariant: '1' }),
  lstmLast: row([], { nonNegative: '1' }),
  scan: row(['affine', 'piecewiseLinear']),
  multiHeadAttention: row(['odd', 'rowEquivariant']),
  causalAttention: row(['odd']),
  conv1d: row(['linearInParameters', 'affine', 'piecewiseLinear']),
  conv2d: row(['linearInParameters', 'affine', 'piecewiseLinear'], { permutationEquivariant: '4' }),
  depthwiseConv2d: row(['linearInParameters', 'affine', 'piecewiseLinear']),
  conv2dTranspose: row(['linearInParameters', 'affine', 'piecewiseLinear']),
  maxPool1d: row(largest),
  maxPool2d: row(largest, { nonNegative: '4' }),
  averagePool1d: row(means),
  averagePool2d: row(means),
  globalAveragePool: row(means, { nonNegative: '1', scaleInvariant: '1' }),
  globalMaxPool: row(largest, { linear: '1', affine: '1', nonNegative: '10', scaleInvariant: '1' }),
  // Indices do not vary: what speaks of multiples of them or of their gradients holds of none.
  embedding: row(['linearInParameters', 'piecewiseLinear', 'scaleInvariant', 'gradientSumsToZero', 'rowEquivariant']),
  composite: row(['affine', 'piecewiseLinear']),
  lookup: row(['linearInParameters'], { monotone: '1' }),
  // Wiring is a parameter too, of indices, in which nothing is linear.
  lookups: row([]),
  switchedLookups: row([]),
  ripple: row(['permutationEquivariant'], { nonNegative: '2', elementwise: '1', rowEquivariant: '2' }),
  // Its rows have one entry.
  accumulate: row(['permutationEquivariant']),
  automaton: row(['linearInParameters', 'rowEquivariant']),
  ensemble: row(['linearInParameters', 'affine', 'piecewiseLinear']),
  groupSum: row(['linear', 'affine', 'dagger', 'piecewiseLinear', 'homogeneous', 'odd', 'monotone']),
}
