import '@tensorflow/tfjs-backend-cpu'
import { describe, it } from 'vitest'
import { describeLaws } from '../../laws/index.js'
import { backendLaws } from '../../laws/catalogue/backend.js'
import { tensorflow } from '../../src/backend/tensorflow/index.js'

// `npm run laws` has 100 runs of each on wasm.
for (const name of ['cpu', 'wasm']) describeLaws({ describe, it }, backendLaws(await tensorflow(name)), { runs: 20 })
