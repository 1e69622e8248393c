/**
 * paralens: learning as composition. A model is a parametrised map, written as a term; its reverse derivative is a term;
 * optimiser, model, loss and cap compose into one learner; the learner closes into one step, compiled ahead of time.
 */
export {
  BackendError,
  compile,
  compileUpdate,
  entryOf,
  lower,
  type Backend,
  type Buffer,
  type Compiled,
  type Entry,
  type Executable,
  type Lowering,
  type Memory,
  type OwnedPort,
  type Program,
  type Table as BackendTable,
  type Update,
  type Value,
  type Workspace,
} from './backend/index.js'
export { batch, batchModel, simplify, rules, rewrite, type Rule as RewriteRule } from './compile/index.js'
export {
  aigOf,
  booleanDifference,
  derivativeIsDifference,
  evaluateNetlist,
  formalPolynomials,
  gates,
  isMultilinear,
  moebius,
  netlist,
  netlistOf,
  netlistOfAig,
  netlistOfPolynomials,
  netlistPasses,
  showPolynomial,
  simplifyNetlist,
  simulate,
  tablesOf,
  twoInput,
  type Aig,
  type FormalPolynomial,
  type LowerError,
  type Netlist,
  type NetlistError,
  type NetlistParts,
  type NetlistPass,
  type TruthTable,
} from './compile/index.js'
export {
  circuitOf,
  decode as decodeSafetensors,
  decodeTerm,
  encode as encodeSafetensors,
  encodeTerm,
  readAiger,
  readBlif,
  termFromJson,
  termToJson,
  writeAag,
  writeAig,
  writeBlif,
  writeC,
  writeDot,
  writeVerilog,
  type AagError,
  type AigError,
  type BlifError,
  type Circuit,
  type CircuitError,
  type CodecError,
  type EncodeOptions,
  type NamedTensors,
  type Safetensors,
  type TermCodecError,
  type TermDocument,
  type TermNode,
} from './codec/index.js'
export * from './data/index.js'
export {
  drawNetlist,
  drawOptic,
  drawTerm,
  summary,
  summaryRows,
  type DrawingOptions,
  type NetlistDrawing,
  type Row as SummaryRow,
} from './drawing/index.js'
export { keyOf, split, permutation, uniform, type Initialiser, type Key } from './initialiser/index.js'
export * from './layer/index.js'
export * from './learn/index.js'
export * from './circuit/index.js'
export {
  binaryCrossEntropy,
  difference,
  earliest,
  lossAt,
  losses,
  softmaxCrossEntropy,
  squaredError,
  type Distance,
  type Loss,
  type UntypedLoss,
} from './loss/index.js'
export {
  bit,
  dtypes,
  float64,
  int,
  integer,
  numbersOf,
  showTensor,
  tensorOf,
  type Batch,
  type Batched,
  type Bit,
  type Dtype,
  type Float64,
  type Int,
  type Integer,
  type Ob,
  type Shape,
  type Tensor,
  type TensorType,
} from './object/index.js'
export * from './optic/index.js'
export * from './optimiser/index.js'
export * from './schedule/index.js'
export { primitives, type PrimitiveName } from './primitive/index.js'
export * as initialiser from './initialiser/index.js'
export * as object from './object/index.js'
export * as primitive from './primitive/index.js'
export * as structure from './structure/index.js'
export * as term from './term/index.js'
