import '@tensorflow/tfjs-backend-cpu'
import { describe, it } from 'vitest'
import { describeLaws } from '../../laws/index.js'
import { backendLaws } from '../../laws/catalogue/backend.js'
import { tensorflow } from '../../src/backend/tensorflow/index.js'
import { wasm } from '../../src/backend/wasm/index.js'

// `npm run laws` has 100 runs of each on wasm.
for (const backend of [await wasm(), await tensorflow('cpu'), await tensorflow('wasm')])
  describeLaws({ describe, it }, backendLaws(backend), { runs: 20 })
