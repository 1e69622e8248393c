export * from './code.js'
export * from './instruction.js'
export * from './module.js'
export * from './routine.js'
