/** Programs past what one shader may read or one thread should sum, beside the reference: laws are about small ones. */
import { compile, keyOf, object, primitive, term, uniform, type Backend, type Dtype, type Tensor } from 'paralens'
import { reference } from 'paralens/backend/reference'

type Wire = Parameters<typeof primitive.add>[0] & object
type Body = (wires: readonly Wire[]) => readonly Wire[]

/** A program and the types of its inputs. */
interface Large {
  readonly name: string
  readonly dtype: Dtype
  readonly shapes: readonly (readonly number[])[]
  readonly body: Body
}

const many = (n: number, shape: readonly number[]): (readonly number[])[] => Array.from({ length: n }, () => shape)
const one =
  (f: (...wires: Wire[]) => Wire): Body =>
  (wires) => [f(...wires)]

const programs = (dtype: Dtype): Large[] => [
  { name: 'a sum of 5,000', dtype, shapes: [[5000]], body: one((x) => primitive.sum(x, [0])) },
  { name: 'two sums over 3,000 rows', dtype, shapes: [[3000, 3]], body: ([x]) => bothSums(x as Wire) },
  {
    name: 'a product over 3,000',
    dtype,
    shapes: [
      [2, 3000],
      [3000, 3],
    ],
    body: one(matrixProduct),
  },
  { name: '20 arrays side by side', dtype, shapes: many(20, [3]), body: (xs) => [primitive.concat(xs, 0)] },
  { name: '20 arrays added', dtype, shapes: many(20, [3]), body: (xs) => [primitive.addAll(xs)] },
  { name: 'the sum of 20 arrays added', dtype, shapes: many(20, [3]), body: (xs) => [sumOfAll(xs)] },
  { name: '20 arrays doubled', dtype, shapes: many(20, [3]), body: (xs) => xs.map((x) => primitive.add(x, x)) },
]
const bothSums = (x: Wire): Wire[] => [primitive.sum(x, [0]), primitive.sum(primitive.multiply(x, x), [0])]
const matrixProduct = (x: Wire, y: Wire): Wire => primitive.contract(x, y, { left: 'ik', right: 'kj', out: 'ij' })
const sumOfAll = (xs: readonly Wire[]): Wire => primitive.sum(primitive.addAll(xs), [0])

const works: readonly Large[] = [
  ...(['float32', 'int32', 'bit'] as const).flatMap(programs),
  { name: 'the largest of 5,000', dtype: 'float32', shapes: [[5000]], body: one((x) => primitive.reduceMax(x, 0)) },
]

function drawn(dtype: Dtype, shape: readonly number[], seed: number): Tensor {
  const draws = uniform(
    keyOf(seed),
    shape.reduce((n, m) => n * m, 1),
  )
  const entries = [...draws].map((u) => (dtype === 'float32' ? 2 * u - 1 : Math.floor((u - 0.5) * 2 ** 32)))
  const data =
    dtype === 'float32'
      ? Float32Array.from(entries)
      : dtype === 'int32'
        ? Int32Array.from(entries)
        : Uint8Array.from(entries, (x) => x & 1)
  return { dtype, shape: [...shape], data }
}

/** Why a backend does not agree with the reference on large programs, '' where it does. */
export async function disagreement(backend: Backend): Promise<string> {
  const far: string[] = []
  for (const { name, dtype, shapes, body } of works) {
    const dom = object.object(shapes.map((shape) => ({ dtype, shape })))
    const program = term.diagram(dom, (wires) => body(wires as readonly Wire[]))
    const inputs = shapes.map((shape, i) => drawn(dtype, shape, i))
    const [there, here] = [compile(program, backend), compile(program, reference())]
    const [given, wanted] = [await there.call(inputs), await here.call(inputs)]
    there.dispose()
    const within = dtype === 'float32' ? 2 ** -10 : 0
    const differs = wanted.some(({ data }, k) =>
      Array.from(data as ArrayLike<number>).some((x, i) => !(Math.abs(Number(given[k]?.data[i]) - x) <= within)),
    )
    if (differs) far.push(`${name} at ${dtype}`)
  }
  return far.join('; ')
}
