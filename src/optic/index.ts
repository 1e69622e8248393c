export * from './optic.js'
export * from './reverse.js'
