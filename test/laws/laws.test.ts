import { describe, it } from 'vitest'
import { describeLaws, lawSets } from '../../laws/index.js'
import { reference } from '../../laws/index.js'

describeLaws({ describe, it }, lawSets(reference))
