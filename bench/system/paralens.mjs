import { pipe } from 'fp-ts/lib/function.js'
import * as p from '../../dist/src/index.js'
import { adam } from '../work.mjs'

/** Why paralens cannot run a work yet, if it cannot. */
export function lacking(work) {
  const missing = work.kind === 'cnn' ? ['conv2d', 'maxPool2d'].filter((name) => p[name] === undefined) : []
  return missing.length === 0 ? undefined : `the package does not export ${missing.join(' and ')}`
}

/** The CNN of work.mjs, channels last. */
function cnn() {
  const block = (name, from, filters) => p.named(name, p.conv2d(from, filters, { size: 5 }))
  return pipe(
    block('first', [28, 28, 1], 8),
    p.andThen(p.relu),
    p.andThen(p.maxPool2d([24, 24, 8], { size: 2 })),
    p.andThen(block('second', [12, 12, 8], 16)),
    p.andThen(p.relu),
    p.andThen(p.maxPool2d([8, 8, 16], { size: 2 })),
    p.andThen(p.flatten),
    p.andThen(p.named('out', p.dense(256, 10))),
  )
}

/** A block of a transformer over 16 places of 64 numbers, normalised after each half, and classes. */
function transformer() {
  const norm = (name) => p.andThen(name, p.each(16, p.layerNorm(64)))
  const wide = pipe(
    p.named('wide', p.each(16, p.dense(64, 128))),
    p.andThen(p.gelu),
    p.andThen('narrow', p.each(16, p.dense(128, 64))),
  )
  return pipe(
    p.named('attention', p.residual(p.multiHeadAttention(16, 64, 4, { causal: true }))),
    norm('first'),
    p.andThen('perceptron', p.residual(wide)),
    norm('second'),
    p.andThen(p.flatten),
    p.andThen('out', p.dense(1024, 10)),
  )
}

function network({ sizes }) {
  const layers = sizes.slice(1).map((n, i) => p.named(`layer${i}`, p.dense(sizes[i], n)))
  return layers.reduce((f, g) => pipe(f, p.andThen(p.relu), p.andThen(g)))
}

const models = { cnn, transformer, dense: network }
const ruleOf = ({ optimiser, rate }) => (optimiser === 'sgd' ? p.sgd({ rate }) : p.adam({ rate, ...adam }))
const tensorOf = ({ shape, data }) => ({ dtype: 'float32', shape, data })

/** The point of a learner with the parameters given, or where it starts. */
function pointWith(learner, parameters) {
  if (parameters === undefined) return p.start(learner, 1)
  const named = p.namedTensors(learner, p.start(learner, 1))
  const names = Object.keys(named).filter((name) => name.startsWith('params.'))
  return p.pointOf(learner, {
    ...named,
    ...Object.fromEntries(names.map((name, i) => [name, tensorOf(parameters[i])])),
  })
}

/** `session.stepOn` a batch that the session holds, as the peers hold theirs; the losses of the steps are read when they are asked for. */
export async function training(work, batch, parameters, { name, backend, clock, make }) {
  const device = await make()
  const learner = p.learner(models[work.kind](work), p.softmaxCrossEntropy(batch.classes), ruleOf(work))
  const session = p.session(learner, device, pointWith(learner, parameters))
  const started = performance.now()
  session.prepare(work.batch)
  const compiled = performance.now() - started
  const x = { dtype: 'float32', shape: batch.shape, data: batch.x }
  const y = { dtype: 'int32', shape: [work.batch], data: batch.label }
  const held = session.hold(x, y)
  return {
    name,
    call: 'session.stepOn',
    backend,
    clock,
    compiled,
    explain: () => session.prepare(work.batch).explain(),
    step: () => session.stepOn(held),
    losses: () => session.losses(),
    heap: () => device.memory().heap,
    async dispose() {
      session.dispose()
      await device.close?.()
    },
  }
}

/** The put of Adam alone, compiled: `S ⊗ P ⊗ P′ → S ⊗ P`. */
export async function update(work, batch, parameters, { name, backend, clock, make }) {
  const device = await make()
  const rule = p.adam({ rate: work.rate, ...adam })
  const first = tensorOf(parameters[0])
  const space = p.object.object([first])
  if (device.workspace !== undefined) return inPlace(device, rule, space, first, batch, { name, backend, clock })
  const program = p.compile(p.putOf(p.moveOptic(rule, space)), device)
  const initial = p.compile(p.initialState(rule, space), device)
  const at = program.dom.length - 2
  let held = [...initial.callNow([first]), first].map((t, i) => program.upload(t, i))
  const gradient = program.upload(tensorOf({ shape: first.shape, data: batch.gradient }), at + 1)
  return {
    name,
    call: "Adam's put",
    backend,
    clock,
    step() {
      const next = program.run([...held, gradient])
      for (const value of held) program.release(value)
      held = next
    },
    losses: () => [],
    values: async () => [...(await program.read(held[at])).data],
    heap: () => device.memory().heap,
    dispose() {
      for (const value of [...held, gradient]) program.release(value)
      program.dispose()
      initial.dispose()
    },
  }
}

/** The same over arrays that stay where they are. */
function inPlace(device, rule, space, first, batch, { name, backend, clock }) {
  const term = p.putOf(p.moveOptic(rule, space))
  const initial = p.compile(p.initialState(rule, space), device)
  const owned = [...initial.callNow([first]), first]
  const workspace = device.workspace(owned.map(({ dtype, shape }) => ({ dtype, shape })))
  for (const [i, tensor] of owned.entries()) workspace.write(i, tensor)
  const ports = owned.map((_, i) => ({ input: i, output: i, slot: i }))
  const { update: program } = p.compileUpdate(term, device, workspace, ports)
  program.write(0, tensorOf({ shape: first.shape, data: batch.gradient }))
  return {
    name,
    call: "Adam's put in place",
    backend,
    clock,
    step: () => program.run(),
    losses: () => [],
    values: () => [...workspace.read(owned.length - 1).data],
    heap: () => workspace.bytes(),
    dispose() {
      workspace.dispose()
      initial.dispose()
    },
  }
}
