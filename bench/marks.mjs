import { clock, shown } from './measure.mjs'

/** The hand-written modules by the kind of SIMD: the mark is the better of them. */
const hands = { plain: ['hand ref.wasm', 'hand ref_inl.wasm'], relaxed: ['hand ref_relaxed.wasm'] }

/** What paralens is judged by, the first that ran, and beside it the one with relaxed SIMD. */
function contenders(times) {
  const plain = ['paralens', 'paralens on tfjs'].find((name) => times.has(name))
  return [
    ...(plain === undefined ? [] : [{ name: plain, simd: 'plain' }]),
    ...(times.has('paralens relaxed') ? [{ name: 'paralens relaxed', simd: 'relaxed' }] : []),
  ]
}

/** The time of the peer that a mark names: for `hand` the least of its modules. Undefined where it did not run. */
function peerTime(times, peer, simd) {
  const names = peer === 'hand' ? hands[simd] : [peer]
  const found = names.filter((name) => times.has(name)).map((name) => times.get(name).time[clock.judged])
  return found.length === 0 ? undefined : Math.min(...found)
}

/** The required and the measured ratios of a row, for each way paralens ran. */
function ratios({ work, times }) {
  const judged = contenders(times).flatMap(({ name, simd }) =>
    Object.entries(work.marks).flatMap(([peer, required]) =>
      required === undefined
        ? []
        : [{ name, peer, required, ratio: peerTime(times, peer, simd) / times.get(name).time[clock.judged] }],
    ),
  )
  const [threads, threaded] = [...times].find(([name]) => /^paralens \d+ threads$/.test(name)) ?? []
  return [
    ...judged,
    ...(threaded === undefined || work.threads === undefined
      ? []
      : Object.entries(work.threads).map(([peer, required]) => ({
          name: threads,
          peer: `${peer} (wall, median)`,
          required,
          ratio: times.get(peer).wall.median / threaded.wall.median,
        }))),
  ]
}

/** Prints the ratios of the judged quantiles beside those that issue 4 requires; they decide nothing, since machines are busy. */
export function verdicts(results, print) {
  print(`\nmeasured beside required, ratios of ${clock.judged}: time of the peer / time of paralens`)
  for (const result of results) {
    const all = ratios(result)
    if (all.length === 0) continue
    print(`  ${result.work.name}`)
    for (const { name, peer, required, ratio } of all) {
      const measured = Number.isNaN(ratio) ? 'not run' : `${shown(ratio)} ${ratio >= required ? 'met' : 'MISSED'}`
      print(`    ${name.padEnd(20)} to ${peer.padEnd(24)} ≥ ${String(required).padEnd(6)} ${measured}`)
    }
  }
}
