import { showType, types, type Dtype, type Type } from '../../object/index.js'
import type { Flat } from '../../term/index.js'
import { BackendError } from '../backend.js'

/** Why tfjs does not hold a dtype; undefined where it does. */
export function reasonAgainst(dtype: Dtype): string | undefined {
  if (dtype === 'float64') return 'tfjs has no float64, its floats are float32'
  return dtype === 'integer' ? 'tfjs has no exact integers, its integers are int32' : undefined
}

/** Throws `webgpu: "add" is unsupported at dtype float64 (float64[2]): …`, of all that tfjs does not hold. */
export function refuseUnheld(name: string, program: Flat): void {
  const describe = (what: string, among: readonly Type[]): string[] => {
    const lacking = among.find((t) => reasonAgainst(t.dtype) !== undefined)
    if (lacking === undefined) return []
    const { dtype } = lacking
    return [`${what} is unsupported at dtype ${dtype} (${showType(lacking)}): ${reasonAgainst(dtype) ?? ''}`]
  }
  const missing = program.boxes.flatMap(({ term }) =>
    describe(`"${term.operation.name}"`, [...types(term.dom), ...types(term.cod)]),
  )
  const inputs = types(program.dom).flatMap((t, i) => describe(`input ${i}`, [t]))
  const all = missing.length > 0 ? missing : inputs
  if (all.length > 0) throw new BackendError(`${name}: ${[...new Set(all)].join('; ')}`)
}
