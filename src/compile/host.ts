import { showType, types, type Type } from '../object/index.js'
import { number, sweep, type Flat, type Line } from '../term/index.js'

/**
 * A program in two parts. The host part computes the scalars whose dtype the backend lacks (counters, powers of a decay
 * and rates in float64) from scalars only; what the device reads of it is handed over as inputs. So a counter does not
 * stop at 2²⁴ where the device has float32.
 */
export interface Split {
  /** Inputs of the whole that are kept on the host. */
  readonly hostInputs: readonly number[]
  /** Inputs of the whole that are kept on the device. */
  readonly deviceInputs: readonly number[]
  /** host inputs → (host outputs, what the device reads). */
  readonly host: Flat
  /** (device inputs, what it reads of the host) → device outputs. */
  readonly device: Flat
  /** For each output of the whole: on which side, and which output there. */
  readonly outs: readonly { readonly side: 'host' | 'device'; readonly at: number }[]
  /** The number of host outputs that are outputs of the whole; those handed over follow. */
  readonly hostOuts: number
}

/**
 * Splits a program by the types that a device has. Throws where a wire of another dtype is not a scalar or depends on
 * the device: `wasm: "add" is unsupported at dtype float64: …`.
 */
export function splitHost(program: Flat, has: (type: Type) => boolean, device: string): Split {
  const wires: Type[] = [...types(program.dom)]
  const onHost: boolean[] = wires.map((t) => !has(t))
  const hostLines: Line[] = []
  const deviceLines: Line[] = []
  for (const line of program.boxes) {
    const outs = types(line.term.cod)
    const host = [...outs, ...types(line.term.dom)].some((t) => !has(t))
    if (host) checkHost(line, wires, onHost, device)
    for (const t of outs) {
      wires.push(t)
      onHost.push(host)
    }
    ;(host ? hostLines : deviceLines).push(line)
  }
  for (const [i, t] of types(program.dom).entries())
    if (onHost[i] === true && t.shape.length > 0)
      throw new TypeError(`${device}: input ${i} of type ${showType(t)} is unsupported: dtype ${t.dtype} is not there`)
  const ids = wires.slice(0, program.dom.length).map((_, i) => i)
  const hostInputs = ids.filter((i) => onHost[i] === true)
  const deviceInputs = ids.filter((i) => onHost[i] !== true)
  const read = new Set<number>()
  for (const line of deviceLines) for (const id of line.inputs) if (onHost[id] === true) read.add(id)
  const hostOuts = program.outs.filter((id) => onHost[id] === true)
  const deviceOuts = program.outs.filter((id) => onHost[id] !== true)
  let [h, d] = [0, 0]
  const outs = program.outs.map((id) =>
    onHost[id] === true ? { side: 'host' as const, at: h++ } : { side: 'device' as const, at: d++ },
  )
  return {
    hostInputs,
    deviceInputs,
    host: part(program, wires, hostInputs, hostLines, [...hostOuts, ...read]),
    device: part(program, wires, [...deviceInputs, ...read], deviceLines, deviceOuts),
    outs,
    hostOuts: hostOuts.length,
  }
}

function checkHost(line: Line, wires: readonly Type[], onHost: readonly boolean[], device: string): void {
  const { name } = line.term.operation
  for (const t of [...types(line.term.cod), ...types(line.term.dom)])
    if (t.shape.length > 0)
      throw new TypeError(
        `${device}: "${name}" is unsupported at dtype ${t.dtype} (${showType(t)}); only scalars are computed beside the program`,
      )
  for (const id of line.inputs)
    if (onHost[id] !== true)
      throw new TypeError(
        `${device}: "${name}" of type ${showType(types(line.term.cod)[0] ?? (wires[id] as Type))} reads a ${showType(wires[id] as Type)} of the device`,
      )
}

/** The program of some lines, with wires renamed so that the given inputs are its domain. */
function part(
  program: Flat,
  wires: readonly Type[],
  inputs: readonly number[],
  lines: readonly Line[],
  outs: readonly number[],
): Flat {
  const renamed = new Map<number, number>(inputs.map((id, i) => [id, i]))
  let count = inputs.length
  const boxes = lines.map((line): Line => {
    const first = count
    for (let k = 0; k < line.term.cod.length; k++) renamed.set(line.first + k, count++)
    return { term: line.term, inputs: line.inputs.map((id) => renamed.get(id) ?? -1), first }
  })
  const of = (ids: readonly number[]) => ({ length: ids.length, leaves: ids.map((id) => wires[id] as Type) })
  const flat: Flat = {
    ...program,
    dom: of(inputs),
    cod: of(outs),
    boxes,
    outs: outs.map((id) => renamed.get(id) ?? -1),
  }
  return sweep(number(flat, boxes))
}
