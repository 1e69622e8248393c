export { tensorflow } from './tensorflow.js'
