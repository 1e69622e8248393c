import { describe, it } from 'vitest'
import { describeLaws, lawSets } from '../../laws/index.js'
import { reference } from './interpreter.js'

describeLaws({ describe, it }, lawSets(reference))
