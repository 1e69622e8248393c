import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { adam, dense, drawTerm, learner, softmaxCrossEntropy, stepOf } from '../../src/index.js'

const page = new URL('../../docs/step.svg', import.meta.url)

it('docs/step.svg is the drawing of a training step; UPDATE_DOCS=1 writes it', () => {
  const step = stepOf(learner(dense(784, 10), softmaxCrossEntropy(10), adam({ rate: 0.001 })), 64)
  const drawing = drawTerm(step.term, { title: 'the training step: optimiser, model, loss and cap' })
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, drawing)
  expect(readFileSync(page, 'utf8')).toBe(drawing)
})
