import { plain } from '../src/backend/reference/arithmetic.js'
import { dual } from '../src/backend/reference/dual.js'
import { interpret } from '../src/backend/reference/evaluate.js'
import { command } from './command.js'
import { lawSets } from './law-sets.js'

process.exitCode = command(process.argv.slice(2), lawSets({ interpret, plain, dual }), (line) => {
  console.log(line)
})
