import { command } from './command.js'
import { lawSets } from './law-sets.js'
import { reference } from './value/reference.js'

process.exitCode = command(process.argv.slice(2), lawSets(reference), (line) => {
  console.log(line)
})
