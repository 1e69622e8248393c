/** What is checked of a device: the laws of its backend by subject, and a long training. */
import type { Backend } from 'paralens'
import { showResult, type LawResult } from 'paralens/laws'
import { heldBy } from './held.js'
import { disagreement } from './large.js'
import { lawSuite, rigs, type Thread } from './law-suite.js'
import { fault, tolerance, train, works } from './long-training.js'

/** Told what was checked and why it does not hold, '' where it does; and what else is worth a line. */
export interface Listener {
  check(what: string, reason: string): Promise<unknown>
  say(line: string): Promise<unknown>
}

/** Checks a backend, with so many runs a law. */
export async function checkDevice(
  where: string,
  backend: Backend,
  thread: Thread,
  runs: number,
  { check, say }: Listener,
): Promise<void> {
  for (const reason of rigs(backend).held) await say(`${where}: ${reason}`)
  const subjects = new Map<string, LawResult[]>()
  const [began, before] = [Date.now(), heldBy(backend)]
  const refused = await lawSuite(backend, thread, { runs }, (result) => {
    subjects.set(result.subject, [...(subjects.get(result.subject) ?? []), result])
  })
  const all = [...subjects.values()].flat()
  const ran = (results: readonly LawResult[]): string =>
    `${results.length} laws, ${results.reduce((n, r) => n + r.runs, 0)} runs`
  for (const [subject, results] of subjects) {
    const failed = results.filter((r) => !r.ok)
    await check(`${where}: laws of ${subject}: ${ran(results)}`, failed.map(showResult).join('\n'))
  }
  await check(
    `${where}: its table refuses nothing that laws are about`,
    refused.length === 0 ? '' : `it refused ${refused.join(', ')}`,
  )
  const after = heldBy(backend)
  await check(`${where}: ${before} held before the laws and after them`, after === before ? '' : `after them ${after}`)
  await say(`${where}: ${ran(all)} in ${((Date.now() - began) / 1000).toFixed(1)} s`)
  await check(`${where}: programs of long sums and many arrays are the reference's`, await disagreement(backend))
  for (const work of works) {
    const start = Date.now()
    const training = await train(backend, work)
    const ms = ((Date.now() - start) / work.steps).toFixed(1)
    await check(
      `${where}: ${work.steps} steps of ${work.sizes.join('-')}, ${ms} ms each: ${training.held[0] ?? 'nothing'} held throughout, losses within 2^${Math.log2(tolerance)} of the reference`,
      await fault(training, work),
    )
  }
}
