import { costOf } from '../compile/index.js'
import { object, showObject, size, types, type Type } from '../object/index.js'
import { parameterObject, pathOf, type Untyped } from '../optic/index.js'
import { walk, type BoxTerm, type PrimitiveTerm } from '../term/index.js'

/** A wire of a model: a parameter by its name, or data. */
type Origin = { readonly type: Type; readonly parameter?: string }

/** A morphism of a model, as the summary lists it. */
export interface Row {
  readonly name: string
  /** Its inputs that are not parameters, and its outputs. */
  readonly type: string
  readonly parameters: number
  readonly flops: number
}

/** The morphisms of a model in order: its boxes, and the primitives outside boxes. */
export function summaryRows(model: Untyped): Row[] {
  const rows: Row[] = []
  const names = model.parameters.map(pathOf)
  const inputs = types(model.term.dom).map((type, i): Origin => {
    const parameter = names[i]
    return parameter === undefined ? { type } : { type, parameter }
  })
  walk<Origin>(model.term, inputs, (leaf, given) => {
    rows.push(rowOf(leaf, given))
    return types(leaf.cod).map((type) => ({ type }))
  })
  return rows
}

function rowOf(leaf: BoxTerm | PrimitiveTerm, given: readonly Origin[]): Row {
  const [parameters, data] = [
    given.filter((w) => w.parameter !== undefined),
    given.filter((w) => w.parameter === undefined),
  ]
  return {
    name: leaf.kind === 'box' ? leaf.name : leaf.operation.name,
    type: `${showObject(object(data.map((w) => w.type)))} → ${showObject(leaf.cod)}`,
    parameters: parameters.reduce((n, w) => n + size(w.type.shape), 0),
    flops: costOf(leaf).flops,
  }
}

/** The summary of a model as a table: each morphism, its type, its parameters and its operations for one example. */
export function summary(model: Untyped): string {
  const rows = summaryRows(model)
  const total = { parameters: sizeOf(types(parameterObject(model))), flops: costOf(model.term).flops }
  const whole = `${showObject(object(types(model.term.dom).slice(model.parameters.length)))} → ${showObject(model.term.cod)}`
  const cells = [
    ['morphism', 'type', 'parameters', 'operations'],
    ...rows.map((r) => [r.name, r.type, grouped(r.parameters), grouped(r.flops)]),
    ['model', whole, grouped(total.parameters), grouped(total.flops)],
  ]
  const widths = [0, 1, 2, 3].map((k) => Math.max(...cells.map((c) => (c[k] ?? '').length)))
  const line = (c: readonly string[]): string =>
    c
      .map((text, k) => (k < 2 ? text.padEnd(widths[k] ?? 0) : text.padStart(widths[k] ?? 0)))
      .join('  ')
      .trimEnd()
  const rule = '─'.repeat(widths.reduce((a, b) => a + b, 6))
  return [line(cells[0] ?? []), rule, ...cells.slice(1, -1).map(line), rule, line(cells[cells.length - 1] ?? [])].join(
    '\n',
  )
}

const sizeOf = (all: readonly Type[]): number => all.reduce((n, t) => n + size(t.shape), 0)
/** 101770 as 101,770. */
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')
