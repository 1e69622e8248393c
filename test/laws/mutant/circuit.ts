import { thresholdExpansion, thresholdTerm } from '../../../src/circuit/index.js'
import { bit, objectOf } from '../../../src/object/index.js'
import { broadcast, entrywise, equal, lens, linear, multiply, type None } from '../../../src/primitive/index.js'
import type { OpticRule, Wire } from '../../../src/structure/index.js'
import { box, diagram, type Term } from '../../../src/term/index.js'
import { gates } from '../../../laws/catalogue/circuit.js'
import type { LawSet } from '../../../laws/index.js'
import { circuit, type CircuitClaim } from '../../../laws/part/circuit.js'
import type { Mutant } from './mutant.js'
import { on, wrong } from './operation.js'

const gate = (inputs: number, f: (...x: readonly Wire[]) => Wire): Term =>
  diagram(objectOf(Array.from({ length: inputs }, () => bit())), (x) => [f(...x)])
const and = (optic: OpticRule<None>): Term =>
  gate(
    2,
    on(entrywise<None>({ name: 'and', arity: 2, commutative: true, optic, entry: (s, a, b) => s.multiply(a, b) })),
  )
const mutant = (law: string, mistake: string, made: () => Term): Mutant => ({
  mistake,
  sets: () => [circuit('mutant', made())],
  killedBy: `circuit/${law}`,
})
const claimed = (claim: CircuitClaim, name: string): Mutant => ({
  mistake: `${name} claims to be ${claim}`,
  sets: () => [circuit('mutant', gates[name] as Term, { claims: [claim] })],
  killedBy: `circuit/${claim}`,
})

const ofXor = (): Term => and(linear((_, dy) => [dy, dy]))
const ignoring = (): Term => and(lens((_, [x, y]) => [y, x]))
/** x, which is x + 1 over the integers. */
const shifted = entrywise<None>({
  name: 'shifted',
  arity: 1,
  optic: linear((_, dy) => [dy]),
  entry: (s, a) => (s.equal(s.add(s.one, s.one), s.zero) ? a : s.add(a, s.one)),
})

const boxed = (law: string, mistake: string, made: () => LawSet): Mutant => ({
  mistake,
  sets: () => [made()],
  killedBy: `circuit/${law}`,
})
/** The expansion of the threshold, its inputs the other way round: of fewer than four inputs it is the same function. */
const other = (): Term => {
  const e = thresholdExpansion(4)
  return diagram(e.dom, ([mask, x], algebra) => algebra.box(e, [x as Wire, mask as Wire]))
}
const conjunctive: OpticRule = {
  kind: 'lens',
  residual: (_, inputs) => inputs,
  backward: (_, [x, y], [dy]) =>
    dy === undefined
      ? [undefined, undefined]
      : [y as Wire, x as Wire].map((w) => multiply(w, broadcast(dy, [0], w.type.shape))),
}

/** x, whose batch is a comparison. */
const losing = {
  ...entrywise<None>({ name: 'same', arity: 1, optic: linear((_, dy) => [dy]), entry: (_, a) => a }),
  batch: (_: number, __: None, [x]: readonly Wire[]) => [equal(x as Wire, 1)],
}

/** Circuits with a mistake, and circuits that claim what does not hold of them. */
export const circuitMutants: readonly Mutant[] = [
  mutant('dot test', 'a conjunction with the derivative of exclusive or', ofXor),
  mutant('RD.2', 'a conjunction that ignores its cotangent', ignoring),
  mutant('GetPut', 'a conjunction that ignores its cotangent', ignoring),
  mutant('batch', 'a batching rule that shares the first example', () => gate(1, on(wrong.sharing))),
  mutant('integers', 'a gate that is another over the integers', () => gate(1, on(shifted))),
  mutant('batch of R', 'a batching rule that loses the derivative', () => gate(1, on(losing))),
  boxed('expansion', 'a threshold whose inputs are the other way round', () =>
    circuit('mutant', thresholdTerm(4), { expansion: other() }),
  ),
  boxed('reverse of the expansion', 'a threshold with the optic of a conjunction', () =>
    circuit('mutant', box('threshold', thresholdTerm(3).body, conjunctive), { expansion: thresholdExpansion(3) }),
  ),
  claimed('safe', 'copy, and'),
  claimed('putGet', 'xor'),
  claimed('putPut', 'and'),
]
