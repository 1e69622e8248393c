/** A few words for a value that was given. */
function words(x: unknown): string {
  if (typeof x === 'string') return `"${x}"`
  if (typeof x === 'function') return 'a function'
  if (typeof x !== 'object' || x === null) return String(x)
  if (Array.isArray(x)) return `a list of ${x.length}`
  const keys = Object.keys(x)
  return keys.length === 0 ? 'an object without fields' : `an object with ${keys.slice(0, 4).join(', ')}`
}

/** Throws `laws.layer: the name is 3, needs a text that is not empty`. */
export function checkName(what: string, name: unknown): void {
  if (typeof name !== 'string' || name.trim() === '')
    throw new TypeError(`${what}: the name is ${words(name)}, needs a text that is not empty`)
}

/** Throws `laws.layer: "mine" is 3, needs a model, …` where what is given has none of the fields. */
export function checkGiven(
  what: string,
  name: string,
  given: unknown,
  fields: readonly string[],
  wanted: string,
): void {
  const has = typeof given === 'object' && given !== null && fields.some((f) => f in given)
  if (!has) throw new TypeError(`${what}: "${name}" is ${words(given)}, needs ${wanted}`)
}

/** Throws `laws.optimiser: no option is called "claim"; there are claims, rate`, and where options are no record. */
export function checkOptions<O extends object>(
  what: string,
  options: O,
  known: { readonly [K in keyof Required<O>]: true },
): void {
  const given: unknown = options
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(
      `${what}: the options are ${words(options)}, needs a record of ${Object.keys(known).join(', ')}`,
    )
  const strange = Object.keys(options).find((key) => !(key in known))
  if (strange !== undefined)
    throw new TypeError(`${what}: no option is called "${strange}"; there are ${Object.keys(known).join(', ')}`)
}

/** Throws `laws.pass: "mine" is 3, needs a function of programs`. */
export function checkFunction(what: string, name: string, given: unknown, wanted: string): void {
  if (typeof given !== 'function') throw new TypeError(`${what}: "${name}" is ${words(given)}, needs ${wanted}`)
}
