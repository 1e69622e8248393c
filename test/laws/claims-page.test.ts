import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { layerLaws } from '../../laws/catalogue/layer.js'
import { layerRows } from '../../laws/catalogue/layer-claims.js'
import { lossLaws, lossRows } from '../../laws/catalogue/loss.js'
import { claimsPage } from './claims-page.js'

const how = `A ✓ is a claim that holds in every run; else the run of seed 42, counted from 0, that finds a counterexample. Which claims
hold is found by \`discover\`, and tested to be this table.`

const pages = {
  'layer-claims': (): string =>
    claimsPage(
      'Claims of layers',
      `What may be claimed of a layer f : P ⊗ A → B by \`laws.layer(name, model, { claims })\`, beyond its core laws, and what holds of
those that the library has.

${how}`,
      layerLaws(),
      layerRows,
    ),
  'loss-claims': (): string =>
    claimsPage(
      'Claims of losses',
      `What may be claimed of a loss e : Y ⊗ B → L by \`laws.loss(name, loss, { claims })\`, beyond its core laws, and what holds of those
that the library has; \`additive\` is asked of what is a distance at every object. ${how}`,
      lossLaws(),
      lossRows,
    ),
}

it.each(Object.entries(pages))('docs/%s.md is what the tables say; npm run docs:update writes it', (name, page) => {
  const file = new URL(`../../docs/${name}.md`, import.meta.url)
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, page())
  expect(readFileSync(file, 'utf8')).toBe(page())
})
