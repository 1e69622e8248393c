export * from './batch.js'
export * from './rewrite.js'
export * from './simplify.js'
export * from './host.js'
