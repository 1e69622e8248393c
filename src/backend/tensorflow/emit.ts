import { size, types } from '../../object/index.js'
import { domain, primitive, walk, type Flat, type Term } from '../../term/index.js'
import type { Algebra, Wire } from '../../structure/index.js'
import { BackendError } from '../backend.js'
import { entryOf } from '../table.js'
import { filled, heldDtype, type Builder, type EmitTable } from './builder.js'
import type { Device } from './device.js'
import { outputOf } from './layout.js'
import type { Code } from './plan.js'
import { recorder, type Recorder } from './recorder.js'
import type { Value } from './value.js'

/** The kernel calls of a program all of whose primitives have kernels. */
export function emitProgram(program: Flat, table: EmitTable, device: Device): Code {
  const code = recorder()
  const b = builder(table, device, code)
  const inputs = types(program.dom).map((t) => b.value(t, code.storage(heldDtype(t), size(t.shape))))
  const wires: Value[] = [...inputs]
  const readers = readerCounts(program)
  for (const { term, inputs: read } of program.boxes) {
    const given = read.map((i) => wires[i] as Value)
    for (const w of b.algebra.op(term.operation, term.attributes, given))
      wires.push({ ...(w as Value), once: readers[wires.length] === 1 })
  }
  return code.code(
    inputs.map((x) => x.storage),
    program.outs.map((i) => outputOf(b, wires[i] as Value)),
  )
}

function readerCounts(program: Flat): number[] {
  const counts: number[] = []
  for (const i of [...program.boxes.flatMap((line) => line.inputs), ...program.outs]) counts[i] = (counts[i] ?? 0) + 1
  return counts
}

/** The algebra that emits: an operation on values is its table's entry. */
function builder(table: EmitTable, device: Device, code: Recorder): Builder {
  const algebra: Algebra = {
    op(operation, attributes, inputs) {
      const leaf = primitive(operation, attributes, domain(inputs))
      const entry = entryOf(table, leaf)
      if ('lower' in entry) return entry.lower(attributes, inputs)
      if ('unsupported' in entry)
        throw new BackendError(`${device.name}: "${operation.name}" is unsupported: ${entry.unsupported}`)
      return types(leaf.cod).map((out) => {
        if (size(out.shape) === 0) return b.value(out, code.literal(heldDtype(out), filled(heldDtype(out), 0, 0)))
        return entry.kernel(b, inputs.map(valueOf), attributes, out)
      })
    },
    box: (morphism, inputs) =>
      walk<Wire>(morphism as Term, inputs, (leaf, given) =>
        leaf.kind === 'box' ? undefined : algebra.op(leaf.operation, leaf.attributes, given),
      ),
  }
  const valueOf = (w: Wire): Value => {
    if (w.algebra !== algebra) throw new TypeError(`${device.name}: the wire belongs to another diagram`)
    return w as Value
  }
  const b: Builder = {
    device,
    algebra,
    emit: code.emit,
    literal: code.literal,
    value: (type, storage, view = type.shape, definition) => ({
      type,
      algebra,
      storage,
      view,
      ...(definition === undefined ? {} : { definition }),
    }),
  }
  return b
}
