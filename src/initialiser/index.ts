import { coins } from './coins.js'
import { constant } from './constant.js'
import { glorotNormal } from './glorot-normal.js'
import { glorotUniform } from './glorot-uniform.js'
import { heNormal } from './he-normal.js'
import { heUniform } from './he-uniform.js'
import type { Initialiser } from './initialiser.js'
import { ones } from './ones.js'
import { zeros } from './zeros.js'

export type { Initialiser } from './initialiser.js'
export { keyOf, type Key } from './key.js'
export { split } from './split.js'
export { uniform } from './uniform.js'
export { normal } from './normal.js'
export { permutation } from './permutation.js'
export { fans, type Fans } from './fan.js'
export { coins, constant, glorotNormal, glorotUniform, heNormal, heUniform, ones, zeros }

/** Every initialiser by its name, families at one member; the contract test loops over it. */
export const initialisers: { readonly [name: string]: Initialiser } = {
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  zeros,
  ones,
  coins,
  'constant(0.5)': constant(0.5),
}
