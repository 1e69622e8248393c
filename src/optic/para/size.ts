/** Arithmetic on literal sizes in types, by decimal digits; `number` in gives `number` out. */

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
/** Digits of a number, least significant first. */
type Digits<S extends string, T extends Digit[] = []> = S extends `${infer D extends Digit}${infer R}`
  ? Digits<R, [D, ...T]>
  : T
type Of<N extends number> = Digits<`${N}`>
type Text<T extends Digit[], S extends string = ''> = T extends [infer D extends Digit, ...infer R extends Digit[]]
  ? Text<R, `${D}${S}`>
  : S
type Trim<S extends string> = S extends `0${infer R}` ? (R extends '' ? S : Trim<R>) : S
type Value<T extends Digit[]> = Trim<Text<T>> extends `${infer N extends number}` ? N : never

/** The digits 0 … 9 from d on, going round: `Turn[d][e]` is (d + e) mod 10. */
type Turn = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 0],
  [2, 3, 4, 5, 6, 7, 8, 9, 0, 1],
  [3, 4, 5, 6, 7, 8, 9, 0, 1, 2],
  [4, 5, 6, 7, 8, 9, 0, 1, 2, 3],
  [5, 6, 7, 8, 9, 0, 1, 2, 3, 4],
  [6, 7, 8, 9, 0, 1, 2, 3, 4, 5],
  [7, 8, 9, 0, 1, 2, 3, 4, 5, 6],
  [8, 9, 0, 1, 2, 3, 4, 5, 6, 7],
  [9, 0, 1, 2, 3, 4, 5, 6, 7, 8],
]
/** The digits e for which d + e ≥ 10. */
type Carrying = [
  never,
  9,
  8 | 9,
  7 | 8 | 9,
  6 | 7 | 8 | 9,
  5 | 6 | 7 | 8 | 9,
  4 | 5 | 6 | 7 | 8 | 9,
  Exclude<Digit, 0 | 1 | 2>,
  Exclude<Digit, 0 | 1>,
  Exclude<Digit, 0>,
]
type Carry<A extends Digit, B extends Digit> = B extends Carrying[A] ? 1 : 0
type Either<A extends 0 | 1, B extends 0 | 1> = A extends 1 ? 1 : B

type Sum<A extends Digit[], B extends Digit[], C extends 0 | 1 = 0, T extends Digit[] = []> = A extends [
  infer X extends Digit,
  ...infer R extends Digit[],
]
  ? B extends [infer Y extends Digit, ...infer Q extends Digit[]]
    ? Turn[X][Y] extends infer Z extends Digit
      ? Sum<R, Q, Either<Carry<X, Y>, Carry<Z, C>>, [...T, Turn[Z][C]]>
      : never
    : Sum<A, [0], C, T>
  : B extends []
    ? C extends 1
      ? [...T, 1]
      : T
    : Sum<[0], B, C, T>

/** `a · d` for a digit d, by doublings. */
type Twice<A extends Digit[]> = Sum<A, A>
interface Times<A extends Digit[]> {
  0: [0]
  1: A
  2: Twice<A>
  3: Sum<Twice<A>, A>
  4: Twice<Twice<A>>
  5: Sum<Twice<Twice<A>>, A>
  6: Twice<Sum<Twice<A>, A>>
  7: Sum<Twice<Sum<Twice<A>, A>>, A>
  8: Twice<Twice<Twice<A>>>
  9: Sum<Twice<Twice<Twice<A>>>, A>
}
type Product<A extends Digit[], B extends Digit[], T extends Digit[] = [0]> = B extends [
  infer D extends Digit,
  ...infer R extends Digit[],
]
  ? Product<[0, ...A], R, Sum<T, Times<A>[D]>>
  : T

type Nines = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
/** `10ⁿ − 1 − b`, n being the digits of a. */
type Complement<A extends Digit[], B extends Digit[], T extends Digit[] = []> = A extends [
  Digit,
  ...infer R extends Digit[],
]
  ? B extends [infer X extends Digit, ...infer Q extends Digit[]]
    ? Complement<R, Q, [...T, Nines[X]]>
    : Complement<R, [], [...T, 9]>
  : B extends []
    ? T
    : []
/** `a − b` from `a + 10ⁿ − b`, which has n + 1 digits, else 0. */
type Difference<A extends Digit[], T extends Digit[]> = T extends [...{ [I in keyof A]: Digit }, 1]
  ? T extends [...infer R extends Digit[], 1]
    ? R
    : [0]
  : [0]

/** `10⁶ / s`, rounded up: `⌊a / s⌋` is `⌊a · (10⁶ / s) / 10⁶⌋` for a below 166,000. */
interface Reciprocals {
  2: 500000
  3: 333334
  4: 250000
  5: 200000
  6: 166667
  7: 142858
  8: 125000
}
type Millions<T extends Digit[]> = T extends [Digit, Digit, Digit, Digit, Digit, Digit, ...infer R extends Digit[]]
  ? R extends []
    ? [0]
    : R
  : [0]

/** `a + b`. */
export type Add<A extends number, B extends number> = number extends A | B ? number : Value<Sum<Of<A>, Of<B>>>
/** `a · b`. */
export type Multiply<A extends number, B extends number> = number extends A | B ? number : Value<Product<Of<A>, Of<B>>>
/** `a − b`, or 0 where a < b. */
export type Subtract<A extends number, B extends number> = number extends A | B
  ? number
  : Value<Difference<Of<A>, Sum<Of<A>, Complement<Of<A>, Of<B>>, 1>>>
/** `⌊a / s⌋` for s up to 8 and a below 166,000; `number` for other s. */
export type Divide<A extends number, S extends number> = number extends A | S
  ? number
  : S extends 1
    ? A
    : S extends keyof Reciprocals
      ? Value<Millions<Product<Of<A>, Of<Reciprocals[S]>>>>
      : number
/** The number of entries of a shape. */
export type Size<S extends number[]> = number extends S['length']
  ? number
  : S extends [infer A extends number]
    ? A
    : S extends [infer A extends number, infer B extends number, ...infer R extends number[]]
      ? Size<[Multiply<A, B>, ...R]>
      : 1
