import { arrayOf, normal, object, size, type Ob, type Tensor, type Type } from '../object/index.js'
import { atPath, pathOf, treeOf, type Params, type Parameter } from '../optic/index.js'
import { keyOf, split } from '../initialiser/index.js'
import { initialState, slotTypes, type State } from '../optimiser/index.js'
import { evaluate } from '../backend/reference/evaluate.js'
import type { Learner, Composite } from './learner.js'

/** A point of a learner: parameters, buffers among them, and optimiser state, as trees of tensors. */
export interface Point<P, S> {
  readonly params: Params<P>
  readonly state: State<S, P>
}

/** The first values of a model's parameters, each drawn from the key of its own path: same seed, same bytes. */
export function initialise<P>(
  model: { readonly params: P; readonly parameters: readonly Parameter[] },
  seed: number,
): Params<P> {
  return treeFrom(model.parameters, drawn(model.parameters, seed)) as Params<P>
}

function drawn(parameters: readonly Parameter[], seed: number): Tensor[] {
  const key = keyOf(seed)
  return parameters.map((p): Tensor => {
    const numbers = p.draw(split(key, pathOf(p)), p.type.shape)
    if (numbers.length !== size(p.type.shape))
      throw new RangeError(
        `initialise: ${pathOf(p)} has ${size(p.type.shape)} entries, its initialiser gave ${numbers.length}`,
      )
    return {
      dtype: p.type.dtype,
      shape: [...p.type.shape],
      data: arrayOf(p.type.dtype, numbers, `initialise: ${pathOf(p)}`),
    }
  })
}

/** The point from which a learner starts. */
export function start<P, S, Q, A extends Ob, Y extends Ob>(learner: Learner<P, S, Q, A, Y>, seed: number): Point<P, S> {
  const learned = learnedBy(learner.parts)
  const params = drawn(learned, seed)
  const state = evaluate(initialState(learner.parts.optimiser, object(learned.map((p) => p.type))), params)
  const tree = paramsTree(learner.parts, [...params, ...drawn(buffersOf(learner.parts), seed)])
  return { params: tree, state: stateTree(learner.parts, state) } as Point<P, S>
}

/** The tree of tensors in the order of parameters. */
export function treeFrom(parameters: readonly Parameter[], tensors: readonly Tensor[]): unknown {
  return treeOf(parameters.map((p, i) => ({ path: p.path, value: tensors[i] })))
}

/** The tensors of a parameter tree in the order of the model's parameters. Throws `params: hidden.weight is missing`, or where its shape is another. */
export function tensorsOf(parameters: readonly Parameter[], tree: unknown, what = 'params'): Tensor[] {
  return parameters.map((p) => {
    const found = atPath(tree, p.path) as Tensor | undefined
    if (found?.data === undefined) throw new TypeError(`${what}: ${pathOf(p)} is missing`)
    return checked(what, pathOf(p), found, p.type)
  })
}

/** Throws `params: hidden.weight is float32[3], needs float32[4]`. */
function checked(what: string, name: string, found: Tensor, wanted: Type): Tensor {
  if (found.dtype !== wanted.dtype || found.shape.join() !== wanted.shape.join())
    throw new TypeError(
      `${what}: ${name} is ${found.dtype}[${found.shape.join(', ')}], needs ${wanted.dtype}[${wanted.shape.join(', ')}]`,
    )
  return found
}

/** The buffers of a learner's model, which its steps carry; a dreamer has none: its model is as it predicts. */
export function buffersOf({ model, open }: Composite): readonly Parameter[] {
  return open === 'params' ? model.parameters.filter((p) => p.buffer === true) : []
}

/** The tree of what a learner learns and then its buffers, in the order of the model's parameters. */
export function paramsTree(parts: Composite, tensors: readonly Tensor[]): unknown {
  const all = [...learnedBy(parts), ...buffersOf(parts)]
  const leaves = all.map((p, i) => ({ path: p.path, value: tensors[i] }))
  const { parameters } = parts.model
  if (parts.open === 'params') leaves.sort((a, b) => placeOf(parameters, a.path) - placeOf(parameters, b.path))
  return treeOf(leaves)
}
const placeOf = (parameters: readonly Parameter[], path: readonly string[]): number =>
  parameters.findIndex((p) => p.path === path)

/** What a learner learns, as parameters: the model's own without its buffers, or for a dreamer its input, called x. */
export function learnedBy({ model, open }: Composite): readonly Parameter[] {
  if (open === 'params') return model.parameters.filter((p) => p.buffer !== true)
  const draw: Parameter['draw'] = (_, shape) => new Float64Array(size(shape))
  return model.dom.map((t, i) => ({ path: model.dom.length === 1 ? ['x'] : ['x', String(i)], type: normal(t), draw }))
}

const slotsOf = (parts: Composite): ReturnType<typeof slotTypes> =>
  slotTypes(
    parts.optimiser.slots,
    learnedBy(parts).map((p) => p.type),
  )

/** The state tree of tensors in the order of a step's state. */
export function stateTree(parts: Composite, tensors: readonly Tensor[]): unknown {
  let at = 0
  const leaves = slotsOf(parts).flatMap(({ rule, slot, same, types: ts }) => {
    const here = tensors.slice(at, (at += ts.length))
    return here.map((value, i) => ({
      path: same ? [rule, slot, ...(learnedBy(parts)[i]?.path ?? [])] : [rule, slot],
      value,
    }))
  })
  return treeOf(leaves)
}

/** The tensors of a state tree in the order of a step's state. Throws where one is missing or has another shape. */
export function stateTensors(parts: Composite, tree: unknown): Tensor[] {
  return slotsOf(parts).flatMap(({ rule, slot, same, types: ts }) =>
    ts.map((type, i) => {
      const path = same ? [rule, slot, ...(learnedBy(parts)[i]?.path ?? [])] : [rule, slot]
      const found = atPath(tree, path) as Tensor | undefined
      if (found?.data === undefined) throw new TypeError(`state: ${path.join('.')} is missing`)
      return checked('state', path.join('.'), found, type)
    }),
  )
}

/** The named tensors of a point, for checkpoints: `params.hidden.weight`, `buffers.norm.mean`, `state.adam.mean.hidden.weight`. */
export function namedTensors<P, S>(
  learner: Learner<P, S, never, never, never> | { readonly parts: Composite },
  point: Point<P, S>,
): Record<string, Tensor> {
  const { parts } = learner
  const params = (['params', 'buffers'] as const).flatMap((segment) => {
    const all = segment === 'params' ? learnedBy(parts) : buffersOf(parts)
    return tensorsOf(all, point.params).map((t, i) => [`${segment}.${pathOf(all[i] as Parameter)}`, t] as const)
  })
  const tensors = stateTensors(parts, point.state)
  const state = statePaths(parts).map((path, i) => [path.join('.'), tensors[i] as Tensor] as const)
  return Object.fromEntries([...params, ...state])
}

/** The paths of the state's tensors, in order: `state.adam.mean.hidden.weight`. */
function statePaths(parts: Composite): string[][] {
  return slotsOf(parts).flatMap(({ rule, slot, same, types: ts }) =>
    ts.map((_, i) => ['state', rule, slot, ...(same ? (learnedBy(parts)[i]?.path ?? []) : [])]),
  )
}

/** The point of named tensors, the inverse of {@link namedTensors}; names it does not know are left out. Throws where one is missing or has another shape. */
export function pointOf<P, S, Q, A extends Ob, Y extends Ob>(
  learner: Learner<P, S, Q, A, Y>,
  named: { readonly [name: string]: Tensor },
): Point<P, S> {
  const { parts } = learner
  const [learned, buffers] = [learnedBy(parts), buffersOf(parts)]
  const under = (segment: string, all: readonly Parameter[]): string[][] => all.map((p) => [segment, ...p.path])
  const paths = [...under('params', learned), ...under('buffers', buffers), ...statePaths(parts)]
  const known = paths.flatMap((path) => {
    const value = Object.hasOwn(named, path.join('.')) ? named[path.join('.')] : undefined
    return value === undefined ? [] : [{ path, value }]
  })
  const tree = treeOf(known) as { readonly params?: unknown; readonly buffers?: unknown; readonly state?: unknown }
  const tensors = [...tensorsOf(learned, tree.params ?? {}), ...tensorsOf(buffers, tree.buffers ?? {}, 'buffers')]
  return {
    params: paramsTree(parts, tensors),
    state: stateTree(parts, stateTensors(parts, tree.state ?? {})),
  } as Point<P, S>
}
