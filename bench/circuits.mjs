/**
 * The bit-parallel engine beside the same algorithm in C for AVX2, and beside straight-line C.
 *
 *     npm run bench:circuits                          the rows, and the ratios beside those required
 *     npm run bench:circuits -- --mark FOLDER         where native.cpp is; ../shared/marks/circuits
 *     npm run bench:circuits -- --rounds 5            rounds of each, of which the best counts
 *     npm run bench:circuits -- --json figures.json   also as [{ work, system, rate, unit }]
 *
 * Rates are of CPU time, 10⁹ gates times samples a second. What is timed is what the mark times: the gates, forward, and the
 * clearing and the gates backward, on blocks whose inputs are there. Checksums of outputs and of gradients must be equal, or
 * the exit code is 1. Ratios decide no exit code: a timed check fails on busy machines.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { byteClassifier, evaluator, lanesOf, startPool, trainable } from '../dist/src/backend/gates/index.js'
import { backwardMachine } from '../dist/src/backend/gates/machine/backward.js'
import { forwardMachine } from '../dist/src/backend/gates/machine/forward.js'
import { absorb } from '../dist/src/backend/gates/plan/absorb.js'
import { checksum, generate, hash, lifeCell, netlistOf, randomBytes, randomLayers } from './circuit/generate.mjs'
import { compiler, nativeMark, straightLine } from './circuit/mark.mjs'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    mark: { type: 'string', default: fileURLToPath(new URL('../../shared/marks/circuits', import.meta.url)) },
    rounds: { type: 'string', default: '5' },
  },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1)
  throw new RangeError(`bench: --rounds ${values.rounds}, needs a whole number`)
const print = (text) => process.stdout.write(`${text}\n`)
const samples = 65_536
const figures = []
let wrong = 0

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
/** The least CPU time of a few runs, in seconds. */
function least(f, runs = 8) {
  let best = Infinity
  for (let i = 0; i < runs; i++) {
    const begun = cpuSeconds()
    f()
    best = Math.min(best, cpuSeconds() - begun)
  }
  return best
}
const record = (work, system, rate, unit) => {
  figures.push({ work, system, rate, unit })
  return rate
}
function equal(work, what, mine, other) {
  if (mine === other) return
  wrong += 1
  print(`${work}: the checksum of ${what} is ${mine}, of C ${other}`)
}

/** Hashed inputs of a circuit. */
function inputsOf(circuit) {
  const x = lanesOf(circuit.inputs, samples)
  for (let i = 0, at = 0; i < circuit.inputs; i++) for (let w = 0; w < samples / 32; w++, at++) x.words[at] = hash(i, w)
  return x
}

/** Machines of a circuit on their own, run hot, as functions from a round to a rate. */
function machines(circuit) {
  const inner = absorb(netlistOf(circuit))
  const [forth, back] = [forwardMachine(inner, false, {}, {}), backwardMachine(inner, false, false, {})]
  const work = (circuit.gates * samples) / 1e9
  for (let i = 0; i < 200; i++) {
    forth.run(['load', 'forward', 'store'], 1)
    back.run(['load', 'forward', 'seed', 'backward', 'drain'], 1)
  }
  return {
    forward: () => work / least(() => forth.run(['forward'], samples / forth.block)),
    both: () => work / least(() => back.run(['forward', 'seed', 'backward'], samples / back.block)),
  }
}

/** The rows of one circuit, in rounds that take turns with the mark. */
function beside(name, mark, required) {
  const circuit = generate(name)
  const netlist = netlistOf(circuit)
  const engine = evaluator(netlist)
  const x = inputsOf(circuit)
  const ones = lanesOf(circuit.outputs.length, samples)
  ones.words.fill(-1)
  const sums = [checksum(engine.forward(x)), checksum(engine.reverse(x, ones))]
  engine.dispose()
  const mine = machines(circuit)
  const best = { forward: 0, both: 0, cForward: 0, cBoth: 0 }
  for (let round = 0; round < rounds; round++) {
    best.forward = Math.max(best.forward, mine.forward())
    best.both = Math.max(best.both, mine.both())
    if (mark === undefined) continue
    const c = mark(circuit, samples, 3)
    equal(name, 'outputs', sums[0], c.sums[0])
    equal(name, 'gradients', sums[1], c.sums[1])
    best.cForward = Math.max(best.cForward, c.forward)
    best.cBoth = Math.max(best.cBoth, c.both)
  }
  for (const [what, rate, c, least] of [
    ['forward', best.forward, best.cForward, required[0]],
    ['forward and reverse', best.both, best.cBoth, required[1]],
  ]) {
    record(`${name} ${what}`, 'paralens', rate, 'G gates/s')
    const head = `${name.padEnd(6)} ${what.padEnd(20)} ${rate.toFixed(0).padStart(5)} G/s`
    if (mark === undefined) print(head)
    else {
      record(`${name} ${what}`, 'C, AVX2', c, 'G gates/s')
      print(
        `${head}   C ${c.toFixed(0).padStart(5)} G/s   ${((100 * rate) / c).toFixed(0)} % of C, required ${least} %`,
      )
    }
  }
  return mine
}

/** Straight-line C at the size that a compiler takes seconds for, beside the table of gates. */
function besideStraight(name, temporary) {
  const circuit = generate(name)
  const engine = evaluator(netlistOf(circuit))
  const sum = checksum(engine.forward(inputsOf(circuit)))
  engine.dispose()
  const mine = machines(circuit)
  const { seconds, time } = straightLine(circuit, samples, 10, temporary)
  let [rate, c] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    rate = Math.max(rate, mine.forward())
    const made = time()
    equal(name, 'outputs', sum, made.sum)
    c = Math.max(c, made.rate)
  }
  record(`${name} forward`, 'paralens', rate, 'G gates/s')
  record(`${name} forward`, 'C, straight-line 64-bit -O1', c, 'G gates/s')
  print(
    `${name.padEnd(6)} ${'forward'.padEnd(20)} ${rate.toFixed(0).padStart(5)} G/s   straight-line C ${c.toFixed(0)} G/s after ${seconds.toFixed(0)} s of the compiler   ${(rate / c).toFixed(1)} times, required 5`,
  )
}

/** Straight-line wasm, beside the table of gates, on one small circuit. */
function small(name, netlist, gates) {
  const machine = forwardMachine(absorb(netlist), false, {}, {})
  if (!machine.small) throw new Error(`bench: ${name} is not small`)
  for (let i = 0; i < 400; i++) machine.run(['straight', 'load', 'forward', 'store'], 1)
  const work = (gates * samples * 16) / 1e9
  const blocks = Math.min(samples / machine.block, (machine.chunk * 32) / machine.block)
  const times = Math.round((16 * samples) / (blocks * machine.block))
  const rateOf = (phases) => {
    let best = 0
    const once = () => {
      for (let i = 0; i < times; i++) machine.run(phases, blocks)
    }
    for (let round = 0; round < rounds; round++) best = Math.max(best, work / least(once, 4))
    return best
  }
  const [straight, table] = [rateOf(['straight']), rateOf(['load', 'forward', 'store'])]
  record(`${name} forward`, 'paralens, straight-line', straight, 'G gates/s')
  record(`${name} forward`, 'paralens, table of gates', table, 'G gates/s')
  print(
    `${name} (${gates} gates), planes to planes: straight-line wasm ${straight.toFixed(0)} G/s, table of gates ${table.toFixed(0)} G/s`,
  )
}

/** Images a second from raw bytes, for a network whose last layer is wide and one whose last is narrow, and votes. */
async function images() {
  const count = 20_000
  const rows = randomBytes(count * 784)
  for (const layers of [
    [8000, 8000, 8000, 8000, 8000, 8000],
    [8000, 8000, 8000, 8000, 8000, 2000],
  ]) {
    const netlist = randomLayers(784, layers)
    const last = layers[layers.length - 1]
    const rateOf = (f, wall = false) => {
      for (let i = 0; i < 3; i++) f()
      let best = 0
      for (let round = 0; round < 2 * rounds; round++) {
        const begun = wall ? performance.now() / 1000 : cpuSeconds()
        f()
        best = Math.max(best, count / ((wall ? performance.now() / 1000 : cpuSeconds()) - begun) / 1e6)
      }
      return best
    }
    const one = byteClassifier(netlist, { width: 784, thresholds: [32] }, 10)
    const rate = rateOf(() => one.classes(rows))
    const pool = await startPool(2)
    const two = byteClassifier(netlist, { width: 784, thresholds: [32] }, 10, { pool })
    const both = rateOf(() => two.classes(rows), true)
    const gates = layers.reduce((a, b) => a + b)
    const work = `raw bytes to class, ${gates} random gates, ${last} outputs`
    if (Buffer.compare(one.classes(rows), two.classes(rows)) !== 0) {
      wrong += 1
      print(`${work}: two threads answer otherwise than one`)
    }
    for (const engine of [one, two]) engine.dispose()
    await pool.close()
    record(work, 'paralens', rate, 'M images/s')
    record(work, 'paralens, 2 threads', both, 'M images/s')
    print(`${work}: ${rate.toFixed(2)} M images/s a core, ${both.toFixed(2)} by the clock on two threads`)
  }
}

/** Signed votes with their counts, a batch at a time. */
function votes() {
  const netlist = randomLayers(784, [8000, 8000, 8000, 8000])
  const engine = trainable(netlist, { groups: 10 })
  const batch = 1024
  const lanes = (planes, seed) => {
    const made = lanesOf(planes, batch)
    for (let i = 0; i < made.words.length; i++) made.words[i] = hash(i, seed)
    return made
  }
  const [x, one, zero] = [lanes(784, 1), lanes(8000, 2), lanes(8000, 3)]
  for (let i = 0; i < 20; i++) engine.votes(x, { one, zero })
  const nanoseconds = (1e9 * least(() => engine.votes(x, { one, zero }), 10 * rounds)) / (32_000 * batch)
  engine.dispose()
  record('votes, 32,000 gates, batches of 1,024', 'paralens', nanoseconds, 'ns/(gate · sample)')
  print(
    `votes and counts of 32,000 gates in batches of 1,024, desires of half of all outputs: ${nanoseconds.toFixed(3)} ns a gate and sample`,
  )
}

print(
  `node ${process.version}, ${cpus()[0].model.trim()} × ${cpus().length}, load ${loadavg()[0].toFixed(1)}; one thread unless said`,
)
const temporary = mkdtempSync(join(tmpdir(), 'paralens-circuits-'))
try {
  const cc = compiler()
  if (cc === undefined) print('the marks in C are left out: neither g++ nor clang++ is installed')
  const source = join(values.mark, 'native.cpp')
  if (cc !== undefined && !existsSync(source)) print(`the mark in AVX2 C is left out: there is no file ${source}`)
  const mark = cc === undefined || !existsSync(source) ? undefined : nativeMark(source, temporary)
  beside('D10k', mark, [60, 60])
  beside('D48k', mark, [60, 54])
  if (cc !== undefined) besideStraight('D5k', temporary)
  const life = lifeCell()
  small('Game of Life', life, life.start.length - 1)
  small('D200', netlistOf(generate('D200')), 200)
  await images()
  votes()
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
print(`load after ${loadavg()[0].toFixed(1)}; ${wrong} checksums differ`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
process.exitCode = wrong === 0 ? 0 : 1
