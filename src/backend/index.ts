export * from './backend.js'
export * from './program.js'
export * from './table.js'
