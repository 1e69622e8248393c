import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

interface Entry {
  readonly default: string
}

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  readonly exports: Readonly<Record<string, Entry | string>>
}

/** The package's own name, read from source: tests and the examples they import need no build. */
const alias = Object.entries(manifest.exports).flatMap(([name, entry]) =>
  typeof entry === 'string'
    ? []
    : [
        {
          find: new RegExp(`^paralens${name.slice(1)}$`),
          replacement: fileURLToPath(
            new URL(entry.default.replace('./dist/', './').replace(/\.js$/, '.ts'), import.meta.url),
          ),
        },
      ],
)

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/fixture/**', '**/node_modules/**', 'test/prove/**'],
    globals: false,
    allowOnly: false,
    passWithNoTests: false,
    pool: 'forks',
    maxWorkers: 2,
    // Relaxed SIMD is tested where the engine has it: Node 20 with this flag, later ones without.
    execArgv: process.versions.node.startsWith('20.') ? ['--experimental-wasm-relaxed-simd'] : [],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
