import { float64, int } from '../../../src/object/index.js'
import {
  cast,
  contract,
  linear,
  lens,
  sum,
  transpose,
  type None,
  zeroDerivative,
} from '../../../src/primitive/index.js'
import type { Operation, Wire } from '../../../src/structure/index.js'
import { caseAt, type PrimitiveCase } from '../../../laws/part/primitive-case.js'
import { primitive } from '../../../laws/part/primitive.js'
import type { Mutant } from './mutant.js'
import { wrong } from './operation.js'

const vector = [caseAt([float64(3)])]
const mutant = (
  mistake: string,
  law: string,
  operation: Operation,
  cases: readonly PrimitiveCase[] = vector,
): Mutant => ({
  mistake,
  sets: () => [primitive('mutant', operation, cases)],
  killedBy: `primitive/${law}`,
})
const unary = (mistake: string, law: string, operation: Operation<None>): Mutant =>
  mutant(mistake, law, operation as Operation)
const two = [caseAt([float64(3), float64(3)])]
const square = [caseAt([float64(2, 2)], { attributes: { axes: [1, 0] } })]
const product = [caseAt([float64(2, 2), float64(2, 2)], { attributes: { left: 'ij', right: 'jk', out: 'ik' } })]

/** Operations with a mistake in them. */
export const primitiveMutants: readonly Mutant[] = [
  unary('a meaning with an entry too few', 'types', wrong.short),
  unary('a meaning that counts its calls', 'determinism', wrong.counting),
  mutant('a difference that is said to commute', 'commutative', wrong.commuting as Operation, two),
  mutant('a difference that is said to commute', 'normal form', wrong.commuting as Operation, two),
  unary('a rule that says it is linear and keeps its input', 'rule', wrong.keeping),
  unary('a cotangent with an axis more', 'types of gradients', wrong.misshapen),
  unary('a cotangent with an axis more', 'rule', wrong.misshapen),
  unary('a backward that ignores its cotangent', 'zero cotangent', wrong.ignoring),
  unary('a backward that squares its cotangent', 'RD.2', wrong.squaring),
  unary('a square with half its derivative', 'dot test', wrong.half),
  mutant(
    'square matrices that are not transposed back',
    'dot test',
    {
      ...transpose.operation,
      optic: linear((_, dy) => [dy]),
    } as Operation,
    square,
  ),
  mutant(
    'a product whose second factor is not transposed',
    'dot test',
    {
      ...contract.operation,
      optic: lens((_, [x, y], dy) => [
        contract(dy, y as Wire, { left: 'ij', right: 'jk', out: 'ik' }),
        contract(x as Wire, dy, { left: 'ij', right: 'ik', out: 'jk' }),
      ]),
    } as Operation,
    product,
  ),
  unary('a derivative that is constant to the next', 'second derivatives', wrong.flat),
  mutant(
    'a cast from integers with derivative 0',
    'no derivative',
    { ...cast.operation, optic: zeroDerivative } as Operation,
    [caseAt([int(3)], { attributes: { dtype: 'float64' }, derivative: 'none' })],
  ),
  unary('a batching rule that shares the first example', 'batch', wrong.sharing),
  mutant(
    'a sum that counts its axes from the batch',
    'batch',
    {
      ...sum.operation,
      batch: (_, { axes }, [x]) => [sum(x as Wire, axes as readonly number[])],
    } as Operation,
    [caseAt([float64(3, 3)], { attributes: { axes: [0] } })],
  ),
  unary('a batching rule whose derivative is another', 'gradient of a batch', wrong.forgetting),
  unary('an operation that is another over the reals', 'change of rig', wrong.unnatural),
]
