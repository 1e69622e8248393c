import { defineConfig } from 'vitest/config'
import base from './vitest.config.js'

/** What needs berkeley-abc and yosys. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['test/prove/**/*.test.ts'], exclude: [], testTimeout: 120_000 },
})
