/** What makes names that a format can hold: the words it keeps, and what one must look like. */
export interface Naming {
  /** The characters that stand in names as they are. */
  readonly keep: RegExp
  /** Names that do not begin so get an underscore in front. */
  readonly begin: RegExp
  readonly reserved: ReadonlySet<string>
}

/** A name for each of a list, each another: what a format cannot hold becomes an underscore, and a second of a name gets a number. */
export function uniqueNames(given: readonly string[], { keep, begin, reserved }: Naming): string[] {
  const taken = new Set(reserved)
  const next = new Map<string, number>()
  return given.map((text) => {
    const kept = [...text].map((c) => (keep.test(c) ? c : '_')).join('')
    const base = begin.test(kept) ? kept : `_${kept}`
    let name = base
    for (let i = next.get(base) ?? 1; taken.has(name); i++) {
      name = `${base}_${i}`
      next.set(base, i + 1)
    }
    taken.add(name)
    return name
  })
}

/** A prefix whose numbered names `n0, n1, …` are none of those given. */
export function freePrefix(names: Iterable<string>): string {
  const all = new Set(names)
  let prefix = 'n'
  while ([...all].some((name) => name.startsWith(prefix) && /^\d+$/u.test(name.slice(prefix.length)))) prefix += '_'
  return prefix
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Names of BLIF: no blanks, and none of the marks of comments, continuations and commands. */
export const blifNaming: Naming = { keep: /^[^\s#\\\p{C}]$/u, begin: /^[^.]/u, reserved: new Set() }

/** Names of Verilog (IEEE 1364-2005): identifiers that are no keyword. */
export const verilogNaming: Naming = {
  keep: /^\w$/,
  begin: /^[a-z_]/i,
  reserved: words(
    'always and assign automatic begin buf bufif0 bufif1 case casex casez cell cmos config deassign default defparam design disable edge else end endcase endconfig endfunction endgenerate endmodule endprimitive endspecify endtable endtask event for force forever fork function generate genvar highz0 highz1 if ifnone incdir include initial inout input instance integer join large liblist library localparam macromodule medium module nand negedge nmos nor noshowcancelled not notif0 notif1 or output parameter pmos posedge primitive pull0 pull1 pulldown pullup pulsestyle_ondetect pulsestyle_onevent rcmos real realtime reg release repeat rnmos rpmos rtran rtranif0 rtranif1 scalared showcancelled signed small specify specparam strong0 strong1 supply0 supply1 table task time tran tranif0 tranif1 tri tri0 tri1 triand trior trireg unsigned use vectored wait wand weak0 weak1 while wire wor xnor xor logic bit byte int do return break continue',
  ),
}

/** Names of C (ISO 9899): identifiers that are no keyword, and no name of the function's own. */
export const cNaming: Naming = {
  keep: /^\w$/,
  begin: /^[a-z]/i,
  reserved: words(
    'alignas alignof auto bool break case char const constexpr continue default do double else enum extern false float for goto if inline int long main nullptr register restrict return short signed sizeof static static_assert struct switch thread_local true typedef typeof typeof_unqual union unsigned void volatile while uint64_t asm',
  ),
}
