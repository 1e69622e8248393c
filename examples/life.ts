/** The Game of Life, learned by one table from one frame and the next, by unmodified reverse derivative ascent. */
import {
  addressedLookups,
  difference,
  initialiser,
  keyOf,
  learner,
  negated,
  plain,
  session,
  start,
  tensorOf,
  type Backend,
  type Bit,
  type Tensor,
} from 'paralens'

/** What a cell becomes, from it and its eight neighbours, itself the fifth. */
export function lifeRule(cells: readonly number[]): number {
  const around = cells.reduce((a, b) => a + b, 0) - (cells[4] ?? 0)
  return around === 3 || (around === 2 && cells[4] === 1) ? 1 : 0
}

/** A random frame of a torus, [size, size], by its seed. */
export function frame(size: number, seed: number): number[] {
  return Array.from(initialiser.coins(keyOf(seed), [size * size]))
}

/** What each cell of a frame sees, row by row, as {@link lifeRule} takes it. */
export function neighbourhoodsOf(cells: readonly number[], size: number): number[][] {
  const at = (i: number, j: number): number => cells[((i + size) % size) * size + ((j + size) % size)] ?? 0
  return cells.map((_, place) => {
    const [i, j] = [Math.floor(place / size), place % size]
    return [-1, 0, 1].flatMap((di) => [-1, 0, 1].map((dj) => at(i + di, j + dj)))
  })
}

/** Lists that differ, each once, in the order in which they come. */
export function distinct(lists: readonly (readonly number[])[]): number[][] {
  return [...new Map(lists.map((x) => [x.join(''), [...x]])).values()]
}

const bits = <S extends number[]>(data: readonly number[], ...shape: S): Tensor<Bit<S>> =>
  tensorOf({ dtype: 'bit', shape }, data) as unknown as Tensor<Bit<S>>

/** What a run came to: the table of 512 entries, and the milliseconds of its steps without the compilation. */
export interface LearnedRule {
  readonly table: Tensor<Bit<[512, 1]>>
  readonly ms: number
}

/**
 * The table after examples in blocks of so many. A block is one example of the model that is tied over its rows, so that its
 * step adds up what every row says: of rows that differ the same entries change as one after another.
 */
export async function learnRule(
  backend: Backend,
  examples: readonly (readonly number[])[],
  block: number,
): Promise<LearnedRule> {
  const rule = learner(addressedLookups(block, 9, 1), difference, plain(), { cap: negated })
  const work = session(rule, backend, start(rule, 0))
  const blocks = Array.from({ length: examples.length / block }, (_, i) => {
    const some = examples.slice(i * block, (i + 1) * block)
    return [bits(some.flat(), 1, block, 9), bits(some.map(lifeRule), 1, block, 1)] as const
  })
  work.prepare(1)
  const begun = performance.now()
  for (const [x, y] of blocks) work.step(x, y)
  const { table } = (await work.read()).params
  const ms = performance.now() - begun
  work.dispose()
  return { table, ms }
}
