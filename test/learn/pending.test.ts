import { describe, expect, it } from 'vitest'
import { lossesKept, noLosses } from '../../src/learn/pending.js'

describe('losses', () => {
  it('are drained oldest first, once, and the last ones where there are too many', async () => {
    const losses = noLosses()
    for (let i = 0; i < lossesKept + 10; i++) losses.push(i)
    expect(await losses.drain()).toEqual(Array.from({ length: lossesKept }, (_, i) => i + 10))
    expect(await losses.drain()).toEqual([])
    losses.push(7)
    expect(await losses.drain()).toEqual([7])
  })
  it('that are still to be read keep their order among numbers, and every one is released once', async () => {
    const losses = noLosses()
    const released: number[] = []
    const pending = (i: number) => ({ read: () => Promise.resolve(i), release: () => void released.push(i) })
    for (let i = 0; i < lossesKept + 3; i++) losses.push(i % 2 === 0 ? pending(i) : i)
    expect(released).toEqual([0, 2])
    expect(await losses.drain()).toEqual(Array.from({ length: lossesKept }, (_, i) => i + 3))
    losses.push(pending(-1))
    losses.clear()
    expect(await losses.drain()).toEqual([])
    expect(new Set(released).size).toBe(released.length)
    expect(released.length).toBe((lossesKept + 4) / 2 + 1)
  })
})
