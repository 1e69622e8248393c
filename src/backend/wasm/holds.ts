import { showType, types, type Type } from '../../object/index.js'
import type { Flat } from '../../term/index.js'
import { BackendError } from '../backend.js'

/** Whether memory holds tensors of a type: float32, int32, bits and float64 scalars. */
export function holds({ dtype, shape }: Type): boolean {
  return dtype === 'float32' || dtype === 'int32' || dtype === 'bit' || (dtype === 'float64' && shape.length === 0)
}

/** Throws `compiled wasm: "add" is unsupported at dtype integer (integer[2])`, of all that memory does not hold. */
export function checkHeld(program: Flat): void {
  const inputs = types(program.dom).flatMap((t, i) =>
    holds(t) ? [] : [`input ${i} of type ${showType(t)} is unsupported`],
  )
  const operations = program.boxes.flatMap(({ term }) => {
    const lacking = [...types(term.dom), ...types(term.cod)].find((t) => !holds(t))
    return lacking === undefined
      ? []
      : [`"${term.operation.name}" is unsupported at dtype ${lacking.dtype} (${showType(lacking)})`]
  })
  const missing = operations.length > 0 ? operations : inputs
  if (missing.length > 0) throw new BackendError(`compiled wasm: ${[...new Set(missing)].join('; ')}`)
}
