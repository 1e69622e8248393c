import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encode, type NamedTensors } from '../../src/codec/index.js'
import { loadTensors, saveTensors } from '../../src/node/index.js'
import { int, tensorOf } from '../../src/object/index.js'

const why = (read: E.Either<{ message: string }, unknown>): string => (E.isLeft(read) ? read.left.message : 'read')
const every: NamedTensors = {
  'hidden.weight': tensorOf([2, 3], [1, -2, 0.5, 0, -0, 2 ** -149]),
  step: tensorOf(int(), [-7]),
}

describe('checkpoints', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paralens-checkpoint-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('are read as they were written, and replaced whole', async () => {
    const path = join(folder, 'model.safetensors')
    expect(await saveTensors(path, { old: tensorOf([1], [1]) })()).toEqual(E.right(undefined))
    expect(await saveTensors(path, every, { step: '3' })()).toEqual(E.right(undefined))
    expect(await loadTensors(path)()).toEqual(E.right({ tensors: every, metadata: { step: '3' } }))
    expect(E.right(new Uint8Array(await readFile(path)))).toEqual(encode(every, { step: '3' }))
    expect(await readdir(folder)).toEqual(['model.safetensors'])
  })

  it('leave the old file and nothing else where they cannot be encoded', async () => {
    const path = join(folder, 'model.safetensors')
    await writeFile(path, 'old')
    expect(why(await saveTensors(path, { x: { dtype: 'integer', shape: [], data: [2n ** 64n] } })())).toBe(
      'safetensors: tensor "x": entry 0 is 18446744073709551616: I64 needs -2^63 ≤ x < 2^63',
    )
    expect(await readFile(path, 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['model.safetensors'])
  })

  it('leave nothing half-written where they cannot take their name', async () => {
    const path = join(folder, 'taken')
    await mkdir(path)
    await writeFile(join(path, 'inside'), 'old')
    expect(await saveTensors(path, every)()).toMatchObject(E.left({ kind: 'file', path }))
    expect(await readdir(folder)).toEqual(['taken'])
    expect(await readdir(path)).toEqual(['inside'])
  })

  it('say which path cannot be written or read, and what is no checkpoint', async () => {
    const path = join(folder, 'none', 'model')
    expect(await saveTensors(path, every)()).toEqual(
      E.left({ kind: 'file', message: `saveTensors: cannot write ${path}: ENOENT`, path, code: 'ENOENT' }),
    )
    expect(why(await loadTensors(path)())).toBe(`loadTensors: cannot read ${path}: ENOENT`)
    await writeFile(join(folder, 'text'), 'hello world')
    expect(why(await loadTensors(join(folder, 'text'))())).toMatch(
      /^safetensors: the header needs \d+ bytes, given 3$/u,
    )
  })
})
