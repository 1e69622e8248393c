/** Applies an asynchronous function to each of a list, one after the other. */
export async function inTurn(list, f) {
  const out = []
  for (const x of list) out.push(await f(x))
  return out
}
