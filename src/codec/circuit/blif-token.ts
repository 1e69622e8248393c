/** A word of a text, and where it begins; line and column count from 1. */
export interface Token {
  readonly text: string
  readonly line: number
  readonly column: number
}

/**
 * The words of a BLIF text by logical lines: a comment goes from `#` to the end of its line, and a line that ends in a backslash
 * goes on in the next. Lines without words are left out.
 */
export function blifLines(text: string): readonly (readonly Token[])[] {
  const out: Token[][] = []
  let open: Token[] | undefined
  for (const [i, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const mark = raw.indexOf('#')
    const bare = (mark < 0 ? raw : raw.slice(0, mark)).trimEnd()
    const goesOn = mark < 0 && bare.endsWith('\\')
    const tokens: Token[] = []
    for (const match of (goesOn ? bare.slice(0, -1) : bare).matchAll(/\S+/gu))
      tokens.push({ text: match[0], line: i + 1, column: match.index + 1 })
    if (open === undefined) out.push((open = tokens))
    else for (const token of tokens) open.push(token)
    if (!goesOn) open = undefined
  }
  return out.filter((tokens) => tokens.length > 0)
}
