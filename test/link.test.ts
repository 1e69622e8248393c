import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md') && !name.startsWith('docs/api/'))
    .sort(),
]

/** The targets of the links and pictures of a page, code aside. */
function linksOf(text: string): string[] {
  const prose = text.replace(/^ *(`{3,})[^]*?^ *\1`*\s*$/gm, '').replace(/`[^`\n]*`/g, '')
  const inline = prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)
  const named = prose.matchAll(/^\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm)
  return [...inline, ...named].map(([, target = '']) => target)
}

/** The links of a page that lead to no file: relative ones, whatever stands behind a `#`. */
function broken(page: string, text: string): string[] {
  return linksOf(text).filter((target) => {
    const [path = ''] = target.split('#')
    if (path === '' || /^[a-z]+:/i.test(path)) return false
    const file = join(root, dirname(page), decodeURIComponent(path))
    return path.startsWith('/') || !existsSync(file) || !statSync(file).isFile()
  })
}

describe('links between pages', () => {
  for (const page of pages)
    it(`${page}: every relative link leads to a file`, () => {
      expect(broken(page, readFileSync(join(root, page), 'utf8'))).toEqual([])
    })

  it('are found, so that the check can fail', () => {
    const readme = linksOf(readFileSync(join(root, 'README.md'), 'utf8'))
    expect(readme).toContain('docs/step.svg')
    expect(readme).toContain('docs/compile-errors.md')
    const page = [
      '[fine](cost.md#a-part) [away](https://example.org/none.md) [here](#below) `[code](none-1.md)`',
      '[none](none-2.md) ![a picture](../docs/none-3.svg "a title") [a folder](decisions) [root](/README.md)',
      '```ts',
      'f[0](none-4.md)',
      '```',
      '[named]: none-5.md',
    ].join('\n')
    expect(broken('docs/page.md', page)).toEqual([
      'none-2.md',
      '../docs/none-3.svg',
      'decisions',
      '/README.md',
      'none-5.md',
    ])
  })
})
