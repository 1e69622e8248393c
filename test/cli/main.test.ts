import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
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
  it('shows a term', async () => {
    const { code, out } = await run(['show', file])
    expect(code).toBe(0)
    expect(out).toContain('contract')
    expect(out).toContain('2 primitives, 14 operations')
  })
  it('draws a term, to a file where asked', async () => {
    expect((await run(['draw', file])).out).toMatch(/^<svg/)
    const to = join(folder, 'dense.svg')
    expect(await run(['draw', file, '-o', to])).toEqual({ code: 0, out: `drew ${to}\n`, error: '' })
    expect(readFileSync(to, 'utf8')).toMatch(/^<svg/)
  })
  it('replaces a drawing whole, by a file that takes its name, or leaves it', async () => {
    const there = mkdtempSync(join(folder, 'replace-'))
    const to = join(there, 'dense.svg')
    writeFileSync(to, 'old')
    const { ino } = statSync(to)
    expect((await run(['draw', file, '-o', to])).code).toBe(0)
    expect(readFileSync(to, 'utf8')).toMatch(/^<svg[^]*<\/svg>\s*$/)
    expect(statSync(to).ino).not.toBe(ino)
    const link = join(there, 'link.svg')
    symlinkSync(to, link)
    expect((await run(['draw', file, '-o', link])).code).toBe(0)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    const taken = join(there, 'taken')
    mkdirSync(taken)
    for (const path of [taken, '/dev/null'])
      expect(await run(['draw', file, '-o', path])).toEqual({
        code: 1,
        out: '',
        error: `paralens: draw: cannot write ${path}: it is there and is not a file\n`,
      })
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
    expect(readdirSync(there).sort()).toEqual(['dense.svg', 'link.svg', 'taken'])
  })
  it('answers 1 for a term that unfolds without end, or is too large to be drawn', async () => {
    const doubled = (n: number): string => {
      const exp = { kind: 'primitive', name: 'exp', attributes: {}, dom: [0] }
      const rows = Array.from({ length: n }, (_, k) => ({ kind: 'compose', parts: [k, k] }))
      const head = { format: 'paralens/term', version: 1, types: [{ dtype: 'float32', shape: [2] }] }
      const path = join(folder, `doubled-${n}.json`)
      writeFileSync(path, JSON.stringify({ ...head, nodes: [exp, ...rows], root: n }))
      return path
    }
    for (const command of ['show', 'draw'])
      expect(await run([command, doubled(60)])).toEqual({
        code: 1,
        out: '',
        error: `paralens: ${doubled(60)}: decodeTerm: nodes[22] unfolds to 12582911 nodes and wires, needs at most 8000000\n`,
      })
    expect(await run(['draw', doubled(17)])).toEqual({
      code: 1,
      out: '',
      error: 'paralens: drawTerm: a drawing of 131072 boxes is too large; draw fewer by a smaller depth\n',
    })
  })
  it('says what is wrong, with an exit code', async () => {
    expect(await run(['shw', file])).toMatchObject({
      code: 2,
      error: expect.stringContaining('is not a command') as string,
    })
    expect((await run(['show', '--loud', file])).code).toBe(2)
    expect(await run(['show', join(folder, 'none.json')])).toMatchObject({
      code: 1,
      error: expect.stringContaining('ENOENT') as string,
    })
    writeFileSync(join(folder, 'bad.json'), '{"nodes":')
    expect(await run(['show', join(folder, 'bad.json')])).toMatchObject({
      code: 1,
      error: expect.stringContaining('bad.json') as string,
    })
    expect((await run(['draw', file, '-o', join(folder, 'no', 'where.svg')])).code).toBe(1)
  })
  it('has help and a version', async () => {
    expect((await run([])).out).toContain('paralens show')
    expect((await run(['--help'])).code).toBe(0)
    expect((await run(['--version'])).out).toMatch(/^paralens \d+\.\d+\.\d+\n$/)
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
