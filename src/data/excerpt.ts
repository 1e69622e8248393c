/** A text from outside as it stands in a message: quoted, control characters escaped, at most forty characters. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
