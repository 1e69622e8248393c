import { isEmpty, type Group, type Grouping } from './group.js'
import { workOf } from './work.js'

/**
 * What a kernel must be worth for threads to share it, in operations of a product, of which a core does some 45 a nanosecond.
 * With it two threads took 1/1.17 of the time of one at 784-128-10 with 32 examples, 1/1.61 with 128, and 1/1.83 at
 * 784-1024-1024-10 with 256 (two cores, otherwise idle; wall time, least of 25 to 60 rounds).
 */
const leastWork = 100_000

/** The groups that threads share: loops and products that are worth it. */
export function sharedGroups({ groups, program }: Grouping, worth: number = leastWork): ReadonlySet<number> {
  return new Set(
    [...groups.entries()].flatMap(([k, group]) =>
      (group.kind === 'loop' || group.kind === 'product') && !isEmpty(group) && workOf(program, group) >= worth
        ? [k]
        : [],
    ),
  )
}

/** A step of all threads: the kernel of a group, or that they meet. */
export type Step = number | 'meet'

/**
 * The steps of a program: threads meet before and after every kernel that they share. Kernels that the first thread runs
 * alone follow each other without a barrier, since the others are at the next one.
 */
export function scheduleOf(groups: readonly Group[], shared: ReadonlySet<number>): readonly Step[] {
  const live = [...groups.keys()].filter((k) => !isEmpty(groups[k] as Group))
  const steps = live.flatMap((k, i): Step[] => {
    const before = live[i - 1]
    return before !== undefined && (shared.has(before) || shared.has(k)) ? ['meet', k] : [k]
  })
  return shared.has(live[live.length - 1] ?? -1) ? [...steps, 'meet'] : steps
}
