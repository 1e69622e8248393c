const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** The finite number that a decimal numeral denotes, or null: `0x10`, `NaN`, `1e999` and the empty text are none. */
export function finite(text: string): number | null {
  const x = decimal.test(text) ? Number(text) : NaN
  return Number.isFinite(x) ? x : null
}
