export * from './optic.js'
export * from './reverse.js'
export * from './para/index.js'
export * from './category.js'
