import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { run } from '../../src/cli/main.js'

const page = new URL('../../docs/laws-transcript.md', import.meta.url)
const wrong = 'examples/laws/wrong.mjs'
const right = 'examples/laws/right.mjs'

/** What the command line prints, its times replaced, and its exit code. */
async function printed(...words: string[]): Promise<{ readonly text: string; readonly code: number }> {
  const lines: string[] = []
  const { code, error } = await run(['laws', ...words], (line) => lines.push(line))
  expect(error).toBe('')
  const text = lines
    .join('\n')
    .replace(/, \d+ ms\)/g, ', … ms)')
    .replace(/, \d+\.\d s,/g, ', … s,')
  return { text, code }
}

const shell = (words: readonly string[], { text, code }: Awaited<ReturnType<typeof printed>>): string => {
  const quoted = words.map((w) => (/[^\w./:-]/.test(w) ? `'${w}'` : w)).join(' ')
  return `\`\`\`\n$ npx paralens laws ${quoted}\n${text}\n$ echo $?\n${code}\n\`\`\``
}
const source = (file: string): string =>
  `\`\`\`js\n${readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').trim()}\n\`\`\``

it('docs/laws-transcript.md is what is printed; npm run docs:update writes it', { timeout: 60_000 }, async () => {
  const first = await printed(wrong)
  const [, id = '', path = ''] = /--only '?(momentum[^']*?)'? --seed 42 --path (\S+)/.exec(first.text) ?? []
  const replay = [wrong, '--only', id, '--seed', '42', '--path', path]
  const again = await printed(...replay)
  const fixed = await printed(right)
  const found = await printed(right, '--discover', '--only', 'momentum')
  expect([first.code, again.code, fixed.code, found.code]).toEqual([1, 1, 0, 0])
  expect(again.text).toContain('after 1 run, 0 shrinks')
  expect(first.text.match(/^✗ .*$/gm)).toEqual([
    expect.stringMatching(/^✗ momentum\/optimiser\//),
    expect.stringMatching(/^✗ momentum\/optimiser\//),
    expect.stringMatching(/^✗ swish\/layer\/dot test$/),
  ])
  const text = [
    '# A wrong optimiser and a wrong layer',
    '',
    'Written by `npm run docs:update` from `examples/laws/`; times are left out. A user has written an optimiser and a layer,',
    'each with a mistake, and claims three things of the optimiser:',
    '',
    source(wrong),
    '',
    '## What the tool prints',
    '',
    shell([wrong], first),
    '',
    '`fixedAtStart` at its smallest counterexample: no gradient, and yet p moves. The velocity is made of p. The dot test compares the',
    'reverse derivative of the layer with dual numbers, which know nothing of it: the two differ by far more than rounding explains.',
    '',
    '## The replay',
    '',
    'One run, no shrinking, the same counterexample:',
    '',
    shell(replay, again),
    '',
    '## The fix',
    '',
    'g where p stood, and the second term of the derivative of x · σ(x):',
    '',
    source(right),
    '',
    shell([right], fixed),
    '',
    'What else holds of the optimiser:',
    '',
    shell([right, '--discover', '--only', 'momentum'], found),
    '',
  ].join('\n')
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, text)
  expect(readFileSync(page, 'utf8')).toBe(text)
})
