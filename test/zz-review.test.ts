import { it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import * as P from '../src/index.js'
import { reference, evaluate } from '../src/backend/reference/index.js'
import { tensorflow } from '../src/backend/tensorflow/index.js'
import { law, check } from '../laws/index.js'
import * as L from '../laws/index.js'
const say = (name: string, f: () => unknown) => it(name, async () => {
  try { const r = await f(); console.log(name, '=>', typeof r === 'string' ? r : JSON.stringify(r, (_, v) => typeof v === 'bigint' ? `${v}n` : v)) } catch (e) { console.log(name, 'THROWS', (e as Error).name, (e as Error).message) }
}, 60000)
const { object, term, primitive: p } = P as any
const wasm = await tensorflow('wasm')
const both = async (dom: any[], f: any, xs: any[]) => {
  const t = term.diagram(object.objectOf(dom), f)
  const ref = evaluate(t, xs).map((x) => `${x.dtype}:${Array.from(x.data as any).join(',')}`)
  let w: any
  try { const pr = P.compile(t, wasm); w = (await pr.call(xs)).map((x) => `${x.dtype}:${Array.from(x.data as any).join(',')}`); pr.dispose() } catch (e) { w = (e as Error).message }
  return { ref: ref.join(' | '), wasm: Array.isArray(w) ? w.join(' | ') : w }
}
const T = (shape: any, xs: number[]) => P.tensorOf(shape, xs) as any
const odd = [NaN, -Infinity, -1, -0, 0, 1, Infinity, 2]
const big = Array.from({ length: 160 }, (_, i) => odd[i % 8]!)
for (const n of [8, 160]) {
  const xs = n === 8 ? odd : big
  const first = (r: any) => ({ ref: r.ref.split(',').slice(0, 8).join(), wasm: String(r.wasm).split(',').slice(0, 8).join() })
  for (const name of ['step', 'relu', 'sign', 'abs', 'tanh', 'sigmoid', 'exp', 'log', 'sqrt', 'reciprocal', 'erf'])
    say(`${name} ${n}`, async () => first(await both([[n]], ([x]: any) => [p[name](x)], [T([n], xs)])))
  say(`clip ${n}`, async () => first(await both([[n]], ([x]: any) => [p.clip(x, -1, 1)], [T([n], xs)])))
  say(`less ${n}`, async () => first(await both([[n], [n]], ([x, y]: any) => [p.less(x, y)], [T([n], xs), T([n], [...xs].reverse())])))
  say(`maximum ${n}`, async () => first(await both([[n], [n]], ([x, y]: any) => [p.maximum(x, y)], [T([n], xs), T([n], [...xs].reverse())])))
  say(`cast int ${n}`, async () => first(await both([[n]], ([x]: any) => [p.cast(x, 'int32')], [T([n], xs.map((v) => v * 3e9))])))
  say(`cast bit ${n}`, async () => first(await both([[n]], ([x]: any) => [p.cast(x, 'bit')], [T([n], xs)])))
}
say('reduceMax nan', () => both([[2, 3]], ([x]: any) => [p.reduceMax(x, 1), p.argmax(x, 1), p.logSumExp(x, 1)], [T([2, 3], [1, NaN, 2, NaN, 1, 2])]))
say('reduceMax -inf', () => both([[2, 3]], ([x]: any) => [p.reduceMax(x, 1), p.argmax(x, 1), p.logSumExp(x, 1)], [T([2, 3], [-Infinity, -Infinity, -Infinity, Infinity, 1, Infinity])]))
say('imul', () => both([P.int(3), P.int(3)], ([x, y]: any) => [p.multiply(x, y), p.add(x, y)], [T(P.int(3), [2147483647, 123456789, -2147483648]), T(P.int(3), [2147483647, 987654321, -1])]))
say('int abs sign min', () => both([P.int(3)], ([x]: any) => [p.abs(x), p.sign(x), p.relu(x), p.negate(x)], [T(P.int(3), [-2147483648, 5, -3])]))
say('int contract', () => both([P.int(2, 2), P.int(2, 2)], ([x, y]: any) => [p.contract(x, y, { left: 'ij', right: 'jk', out: 'ik' })], [T(P.int(2, 2), [65537, 1, 2, 3]), T(P.int(2, 2), [65537, 1, 2, 3])]))
say('zero sized', () => both([[0, 3], [3, 2]], ([x, y]: any) => [p.contract(x, y, { left: 'ij', right: 'jk', out: 'ik' }), p.sum(x, [0]), p.logSumExp(x, 1)], [T([0, 3], []), T([3, 2], [1, 2, 3, 4, 5, 6])]))
say('zero inner', () => both([[2, 0], [0, 2]], ([x, y]: any) => [p.contract(x, y, { left: 'ij', right: 'jk', out: 'ik' })], [T([2, 0], []), T([0, 2], [])]))
say('zero concat', () => both([[0, 3], [0, 3]], ([x, y]: any) => [p.concat([x, y], 0)], [T([0, 3], []), T([0, 3], [])]))
say('scatter zero rows', () => both([P.int(2), [2, 2]], ([i, v]: any) => [p.scatterAdd(i, v, 0), p.scatterAdd(i, v, 3)], [T(P.int(2), [-1, 5]), T([2, 2], [1, 2, 3, 4])]))
say('constant 1e39', () => both([[2]], ([x]: any) => [p.add(x, 1e39), p.multiply(x, 1e-60)], [T([2], [1, 2])]))
say('hostile doubling', () => {
  const nodes: any[] = [{ kind: 'primitive', name: 'tanh', attributes: {}, dom: [0] }]
  for (let i = 0; i < 22; i++) nodes.push({ kind: 'compose', parts: [i, i] })
  const doc = { format: 'paralens/term', version: 1, types: [{ dtype: 'float32', shape: [] }], nodes, root: 22 }
  const t = P.decodeTerm(doc)
  if (E.isLeft(t)) return t.left
  const s = Date.now(); const f = term.flatten(t.right); return [JSON.stringify(doc).length, f.boxes.length, Date.now() - s]
})
say('laws exhaustive bad path', () => {
  const l = (L as any).law({ name: 'x', equation: 'false', source: 's', forall: { text: 't', show: () => ({}), all: () => [1, 2, 3] }, holds: () => ({ equal: false, explain: () => ({ lhs: '', rhs: '', difference: '' }) }) })
  return [l.run({ seed: 1, runs: 10 }).ok, l.run({ seed: 1, runs: 10, path: '7' }), l.run({ seed: 1, runs: 10, path: 'abc' })]
})
say('laws runs 0', () => {
  const l = (L as any).law({ name: 'x', equation: 'false', source: 's', forall: { text: 't', show: () => ({}), arbitrary: (globalThis as any).fc }, holds: () => ({ equal: false }) })
  return 'skip'
})
say('optimiser on empty params', () => {
  const l = P.learner(P.pointwise(P.relu, [[2]]), P.squaredError, P.adam({ rate: 0.1 }) as any)
  return P.stepOf(l as any, 2).ports.state
})
say('memory after failing upload', async () => {
  const b0 = wasm.memory().buffers
  const pr = P.compile(term.diagram(object.objectOf([[2], [2]]), ([x, y]: any) => [p.add(x, y)]), wasm)
  try { await pr.call([T([2], [1, 2]), T([3], [1, 2, 3])]) } catch {}
  return [b0, wasm.memory().buffers]
})
say('host aliasing', async () => {
  const pr = P.compile(term.diagram(object.objectOf([P.float64()]), ([x]: any) => [x]), wasm)
  const t = T(P.float64(), [1]); const v = pr.upload(t, 0); t.data[0] = 99
  return String((await pr.read(pr.run([v])[0]!)).data)
})
say('reference run after dispose/ dispose twice', () => {
  const r = reference(); const b = r.upload(T([1], [1])); r.dispose(b); r.dispose(b)
  const ex = r.compile(term.flatten(term.diagram(object.objectOf([[1]]), ([x]: any) => [p.negate(x)])))
  return [r.memory(), ex.run([b]).length]
})
say('joined h leaf and h.weight', () => {
  const a: any = P.diagram({ h: [2] }, [[2]], ({ h }: any, x: any) => P.wire.add(x, h)); const b: any = P.named('h', P.bias(2))
  return (P.composeUntyped(a, b) as any).parameters.map((q: any) => q.path.join('.'))
})
say('leakyRelu exact?', () => evaluate((P.layerAt(P.leakyRelu(0.1), [P.float64(1)]) as any).term, [T(P.float64(1), [1e20 + 12345678])]).map((x) => [x.data[0], 1e20 + 12345678, Number(x.data[0]) === 1e20 + 12345678]))
say('leakyRelu inf slope0', () => evaluate((P.layerAt(P.leakyRelu(0), [[2]]) as any).term, [T([2], [-Infinity, Infinity])]).map((x) => String(x.data)))
say('leakyRelu slope1 inf', () => evaluate((P.layerAt(P.leakyRelu(1), [[2]]) as any).term, [T([2], [-Infinity, Infinity])]).map((x) => String(x.data)))
