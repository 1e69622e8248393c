import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')

interface Manifest {
  readonly version: string
  readonly license: string
  readonly type: string
  readonly sideEffects: boolean
  readonly exports: Readonly<Record<string, unknown>>
  readonly bin: Readonly<Record<string, string>>
  readonly files: readonly string[]
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly peerDependenciesMeta: Readonly<Record<string, unknown>>
}
const manifest = JSON.parse(read('package.json')) as Manifest

/** The source of a compiled file: `./dist/src/index.js` ↦ `src/index.ts`. */
const sourceOf = (compiled: string): string => compiled.replace(/^\.?\/?dist\//, '').replace(/\.js$/, '.ts')

/** The entry points that hold code, as `[name, targets]`. */
const entries = Object.entries(manifest.exports).filter(([name]) => name !== './package.json')

describe('package.json', () => {
  it('lists the entry points of the design and no other', () => {
    expect(Object.keys(manifest.exports).sort()).toEqual(
      [
        '.',
        './backend/gates',
        './backend/reference',
        './backend/tensorflow',
        './backend/wasm',
        './laws',
        './node',
        './package.json',
      ].sort(),
    )
  })

  it.each(entries)('%s has its types first and a source file', (_, targets) => {
    const { types, ...rest } = targets as { types: string; default: string }
    expect(Object.keys(targets as object)).toEqual(['types', 'default'])
    expect(types).toBe(rest.default.replace(/\.js$/, '.d.ts'))
    expect(existsSync(new URL(`../${sourceOf(rest.default)}`, import.meta.url))).toBe(true)
  })

  it('has a command that is a script for node', () => {
    expect(Object.keys(manifest.bin)).toEqual(['paralens'])
    expect(read(sourceOf(manifest.bin['paralens'] ?? '')).split('\n')[0]).toBe('#!/usr/bin/env node')
  })

  it('is ESM without side effects under Apache-2.0', () => {
    expect([manifest.type, manifest.sideEffects, manifest.license]).toEqual(['module', false, 'Apache-2.0'])
    expect(read('LICENSE')).toContain('Version 2.0, January 2004')
  })

  it('depends on fp-ts and io-ts alone, and on peers only by choice', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['fp-ts', 'io-ts'])
    const optional = Object.fromEntries(
      Object.keys(manifest.peerDependencies).map((name) => [name, { optional: true }]),
    )
    expect(manifest.peerDependenciesMeta).toEqual(optional)
  })

  it('takes tfjs at one exact version', () => {
    const tfjs = Object.entries(manifest.peerDependencies).filter(([name]) => name.startsWith('@tensorflow/'))
    expect(tfjs.length).toBeGreaterThan(0)
    expect(tfjs.map(([, range]) => range)).toEqual(tfjs.map(() => '4.22.0'))
  })

  it('runs no lifecycle script', () => {
    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true')
    const lifecycle = /^(pre|post)|^(install|prepare|prepack|prepublish|prepublishOnly|dependencies)$/
    expect(Object.keys(manifest.scripts).filter((name) => lifecycle.test(name))).toEqual([])
  })

  it('has a change log that knows its version', () => {
    expect(read('CHANGELOG.md')).toMatch(
      new RegExp(`^## \\[(Unreleased|${manifest.version.replaceAll('.', '\\.')})\\]`, 'm'),
    )
  })
})
