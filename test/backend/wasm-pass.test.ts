import { describe, expect, it } from 'vitest'
import { passExamples } from '../../laws/catalogue/pass-example.js'
import { begin } from '../../src/backend/wasm/prepare.js'
import { roomOf, type Owned } from '../../src/backend/wasm/plan/buffer.js'
import { chosen, passes, passNames, rulesOf, type Passes } from '../../src/backend/wasm/pass.js'
import { rules } from '../../src/compile/index.js'
import { sameType, types } from '../../src/object/index.js'
import { flatten, type Flat } from '../../src/term/index.js'
import { preparedBy } from './wasm-run.js'

/** The inputs that outputs of the same place and type replace, and the first byte behind them. */
function replaced({ dom, cod }: Flat): { readonly owned: readonly Owned[]; readonly from: number } {
  const outs = types(cod)
  let from = begin
  const owned = types(dom).flatMap((t, i): Owned[] => {
    const out = outs[i]
    if (out === undefined || !sameType(t, out)) return []
    const address = from
    from += roomOf(t)
    return [{ input: i, output: i, address }]
  })
  return { owned, from }
}

const examples = passExamples().map(({ term }) => flatten(term))
/** The modules of all examples, as one text. */
const modulesOf = (given: Passes): string[] =>
  examples.map((f) => Buffer.from(preparedBy(f, given, replaced(f)).emitted.bytes).toString('latin1'))

describe('the passes of the compiled backend', { timeout: 120_000 }, () => {
  const usual = modulesOf({})

  it.each(passNames)('%s finds something in an example, and says what it does', (name) => {
    expect(modulesOf({ [name]: false }).filter((module, i) => module !== usual[i])).not.toEqual([])
    expect(passes[name].does).toMatch(/\S/)
  })

  it('are all made unless said', () => {
    expect(modulesOf(Object.fromEntries(passNames.map((name) => [name, true])))).toEqual(usual)
    expect(rulesOf(chosen())).toEqual(rules)
  })
})
