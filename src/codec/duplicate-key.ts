/** A key that one object of a valid JSON text has twice, which JSON.parse would silently drop, or null. */
export function duplicateKey(json: string): string | null {
  const stack: (Set<string> | null)[] = []
  for (let i = 0; i < json.length; i++) {
    const c = json.charAt(i)
    if (c === '{') stack.push(new Set())
    else if (c === '[') stack.push(null)
    else if (c === '}' || c === ']') stack.pop()
    else if (c === '"') {
      const start = i
      for (i++; json.charAt(i) !== '"'; i++) if (json.charAt(i) === '\\') i++
      const end = i + 1
      while (' \t\r\n'.includes(json.charAt(i + 1)) && i + 1 < json.length) i++
      if (json.charAt(i + 1) !== ':') continue
      const key = JSON.parse(json.slice(start, end)) as string
      const keys = stack.at(-1)
      if (keys?.has(key) === true) return key
      keys?.add(key)
    }
  }
  return null
}
