export type * from './algebra.js'
export type * from './category.js'
export type * from './operation.js'
export type * from './scalars.js'
