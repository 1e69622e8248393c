import type { Dtype, Type } from '../object/index.js'
import type { Wire } from './algebra.js'
import type { Arithmetic, Entries } from './scalars.js'

/** A value of an attribute: whatever JSON keeps exactly. */
export type Attribute = number | string | boolean | readonly Attribute[]
/** Attributes of an operation: its parameters that are known while the term is built. */
export type Attributes = { readonly [name: string]: Attribute }

/** A cotangent, or undefined where it is known to be zero: no zeros are added and no dead work is built. */
export type Cotangent = Wire | undefined

/**
 * The optic of an operation `A → B`, written over wires. Forward is the operation itself, followed by the choice of
 * what to keep; so a program runs every operation forward once.
 *
 *     residual : (A, B) → M         which wires the backward pass needs
 *     backward : M ⊗ B′ → A′        linear in B′; absent for absent
 */
export interface OpticRule<A extends Attributes = Attributes> {
  /** `linear`: M = I. `lens`: M = A. `bespoke`: M is chosen. `zero`: the derivative is zero. */
  readonly kind: 'linear' | 'lens' | 'bespoke' | 'zero'
  residual(attributes: A, inputs: readonly Wire[], outputs: readonly Wire[]): readonly Wire[]
  backward(
    attributes: A,
    residual: readonly Wire[],
    cotangents: readonly Cotangent[],
    dom: readonly Type[],
  ): readonly Cotangent[]
}

/**
 * What a box is while a model learns, where that is not its expansion: its expansion is what it predicts by. Written over
 * wires with any number of axes in front, for it may couple the examples of a batch (batch normalisation) and draw from a
 * key (dropout). It has an optic through what it is made of.
 *
 *     read : K ⊗ A → B ⊗ U          U are the next values of its buffers, which get no cotangents
 */
export interface TrainingRule {
  /** Whether it draws from a key, int32[2]. */
  readonly key: boolean
  /** Which wires of A are buffers. */
  readonly buffers: readonly number[]
  /** The outputs and the next values of the buffers; `key` is there where the rule says that it draws from one. */
  read(inputs: readonly Wire[], key: Wire | undefined): TrainingOutputs
}
/** What a {@link TrainingRule} answers: B and U. */
export interface TrainingOutputs {
  readonly outputs: readonly Wire[]
  readonly buffers: readonly Wire[]
}

/** A primitive of the signature: all that is needed of it, in one place. */
export interface Operation<A extends Attributes = Attributes> {
  readonly name: string
  /** `f(x, y) = f(y, x)`: the normal form orders the operands. */
  readonly commutative: boolean
  /** The codomain; throws one sentence where the operands do not fit. */
  codomain(attributes: A, dom: readonly Type[]): readonly Type[]
  readonly optic: OpticRule<A>
  /**
   * The batching rule: the operation on wires some of which carry one more axis of size n in front (`batched[i]`), at
   * least one; all its outputs carry it.
   */
  batch(n: number, attributes: A, inputs: readonly Wire[], batched: readonly boolean[]): readonly Wire[]
  /** The reference meaning, in every interpretation: T is numbers, dual numbers, or whatever `scalars` computes with. */
  meaning<T>(
    attributes: A,
    inputs: readonly Entries<T>[],
    cod: readonly Type[],
    scalars: Arithmetic<T>,
  ): readonly ArrayLike<T>[]
  /** The attributes after a change of rig, or undefined where the target lacks what the operation needs. */
  retype(attributes: A, from: Dtype, to: Dtype): A | undefined
}
