import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/main.js'
import { progressBar } from '../../src/cli/progress.js'
import { termToJson } from '../../src/codec/index.js'
import { dense } from '../../src/layer/index.js'

const folder = mkdtempSync(join(tmpdir(), 'paralens-cli-'))
const file = join(folder, 'dense.json')
const json = termToJson(dense(3, 2).term)
if (E.isLeft(json)) throw new Error(json.left.message)
writeFileSync(file, json.right)

describe('paralens', () => {
  it('shows a term', () => {
    const { code, out } = run(['show', file])
    expect(code).toBe(0)
    expect(out).toContain('contract')
    expect(out).toContain('2 primitives, 14 operations')
  })
  it('draws a term, to a file where asked', () => {
    expect(run(['draw', file]).out).toMatch(/^<svg/)
    const to = join(folder, 'dense.svg')
    expect(run(['draw', file, '-o', to])).toEqual({ code: 0, out: `drew ${to}\n`, error: '' })
    expect(readFileSync(to, 'utf8')).toMatch(/^<svg/)
  })
  it('says what is wrong, with an exit code', () => {
    expect(run(['shw', file])).toMatchObject({ code: 2, error: expect.stringContaining('is not a command') as string })
    expect(run(['show', '--loud', file]).code).toBe(2)
    expect(run(['show', join(folder, 'none.json')])).toMatchObject({
      code: 1,
      error: expect.stringContaining('ENOENT') as string,
    })
    writeFileSync(join(folder, 'bad.json'), '{"nodes":')
    expect(run(['show', join(folder, 'bad.json')])).toMatchObject({
      code: 1,
      error: expect.stringContaining('bad.json') as string,
    })
    expect(run(['draw', file, '-o', join(folder, 'no', 'where.svg')]).code).toBe(1)
  })
  it('has help and a version', () => {
    expect(run([]).out).toContain('paralens show')
    expect(run(['--help']).code).toBe(0)
    expect(run(['--version']).out).toMatch(/^paralens \d+\.\d+\.\d+\n$/)
  })
})

describe('the progress bar', () => {
  const at = { epoch: 1, epochs: 2, step: 10, steps: 40, loss: 0.5, stepsPerSecond: 20, eta: 1.5 }
  const ended = { epoch: 1, loss: 0.25, seconds: 2, validation: { loss: 0.3, metrics: { accuracy: 0.9 } } }
  const written = (isTTY: boolean): string => {
    let text = ''
    const show = progressBar({ isTTY, columns: 100, write: (t) => (text += t) })
    show(at)
    show({ ...at, step: 20, ended })
    return text
  }
  it('draws in place on a terminal: share, loss, steps per second, time left', () => {
    const text = written(true)
    expect(text).toContain('\r█')
    for (const part of ['25 %', 'loss 0.5000', '20.0 steps/s', '2 s left']) expect(text).toContain(part)
  })
  it('writes plain lines elsewhere', () => {
    expect(written(false)).toBe('epoch 1/2  loss 0.2500  validation loss 0.3000, accuracy 0.9000  2 s  20.0 steps/s\n')
  })
})
