import { describe, expect, it } from 'vitest'
import { describeLaws, discover, type LawSet } from '../../laws/index.js'
import { passExamples } from '../../laws/catalogue/pass-example.js'
import { evaluatorOf } from '../../laws/part/interpreter.js'
import { passChoice, type ChoiceClaim } from '../../laws/part/pass-choice.js'
import { backendWith } from '../../src/backend/wasm/wasm.js'
import { passes, passNames, type PassName, type Passes } from '../../src/backend/wasm/pass.js'

const examples = passExamples()
const usual = evaluatorOf(await backendWith({}, 1))

async function withoutPasses(
  name: string,
  names: readonly PassName[],
  claims: readonly ChoiceClaim[],
): Promise<LawSet> {
  const off: Passes = Object.fromEntries(names.map((n) => [n, false]))
  return passChoice(name, { usual, other: evaluatorOf(await backendWith({ passes: off }, 1)), examples, claims })
}

const same = passNames.filter((name) => passes[name].same)
const alone = await Promise.all(
  passNames.map((name) => withoutPasses(name, [name], same.includes(name) ? ['bytes'] : [])),
)

describeLaws({ describe, it }, [...alone, await withoutPasses('all passes', passNames, [])], { runs: 12 })
describeLaws({ describe, it }, await withoutPasses('all that keep bytes', same, ['bytes']), { runs: 60 })

const rounded = passNames.filter((name) => !same.includes(name))
it.each(rounded)(
  'finds a bit that differs without %s, which does not say that it keeps them',
  { timeout: 120_000 },
  async (name) => {
    const set = await withoutPasses(name, [name], [])
    expect(discover(set, { runs: 100 }).map((r) => [r.law, r.ok])).toEqual([['bytes', false]])
  },
)
