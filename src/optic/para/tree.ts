import { normal, type Tensor, type TensorType, type Type } from '../../object/index.js'

/** n copies of a parameter space. */
export interface Copies<N extends number, P> extends ReadonlyArray<P> {
  readonly length: N
}

/** The points of a parameter space: the same tree with a tensor at each leaf. */
export type Params<P> = P extends TensorType
  ? Tensor<P>
  : P extends Copies<infer N, infer Q>
    ? Copies<N, Params<Q>>
    : { readonly [K in keyof P]: Params<P[K]> }

/** How the first value of a parameter is drawn: entries of the shape, row-major, from a key. */
export type Draw = (key: readonly [number, number], shape: readonly number[]) => ArrayLike<number>

/** A parameter: its path in the tree, its type, and how its first value is drawn. */
export interface Parameter {
  readonly path: readonly string[]
  readonly type: Type
  readonly draw: Draw
  /** Whether it is a buffer: carried and saved, set by the model while it learns, never optimised. */
  readonly buffer?: true
}

/** The path of a parameter as users write it: `hidden.weight`. */
export function pathOf(parameter: { readonly path: readonly string[] }): string {
  return parameter.path.join('.')
}

/** Whether a node of a parameter tree is a leaf: a shape, or a named dtype with a shape. */
export function isTensorType(x: unknown): x is TensorType {
  return Array.isArray(x)
    ? x.every((n) => typeof n === 'number')
    : typeof x === 'object' && x !== null && typeof (x as { dtype?: unknown }).dtype === 'string'
}

/** The leaves of a tree of tensor types, in order, with their paths. */
export function leavesOf(tree: unknown): { readonly path: readonly string[]; readonly type: Type }[] {
  const out: { readonly path: readonly string[]; readonly type: Type }[] = []
  const visit = (node: unknown, path: readonly string[]): void => {
    if (isTensorType(node) && !(Array.isArray(node) && node.length === 0 && path.length === 0))
      out.push({ path, type: normal(node) })
    else for (const [key, child] of Object.entries(node as object)) visit(child, [...path, key])
  }
  visit(tree, [])
  return out
}

/** The tree of a list of leaves: numeric keys in order from 0 become arrays. */
export function treeOf<T>(leaves: readonly { readonly path: readonly string[]; readonly value: T }[]): unknown {
  const root = new Map<string, unknown>()
  for (const { path, value } of leaves) {
    let node = root
    for (const key of path.slice(0, -1)) {
      const child = node.get(key) ?? new Map<string, unknown>()
      node.set(key, child)
      node = child as Map<string, unknown>
    }
    node.set(path[path.length - 1] ?? '', value)
  }
  const plain = (node: unknown): unknown => {
    if (!(node instanceof Map)) return node
    const children = [...(node as Map<string, unknown>)].map(([key, child]) => [key, plain(child)] as const)
    return children.length > 0 && children.every(([key], i) => key === String(i))
      ? children.map(([, child]) => child)
      : Object.fromEntries(children)
  }
  return plain(root)
}

/** The value at a path of a tree, or undefined. */
export function atPath(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null ? (node as { readonly [k: string]: unknown })[key] : undefined,
    tree,
  )
}
