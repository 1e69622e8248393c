import * as E from 'fp-ts/lib/Either.js'
import { gates, simplifyNetlist } from '../compile/index.js'
import { loadCircuit, saveCircuit } from '../node/circuit-file.js'
import { prove, type Verdict } from '../node/prove.js'
import type { Circuit } from '../codec/index.js'

/** The options of `paralens circuit`, as `parseArgs` has them. */
export interface CircuitWords {
  readonly tool?: string | undefined
  readonly seconds?: string | undefined
  readonly simplify?: boolean | undefined
}
/** What it prints, and its exit code: 0 equal or written, 1 different or no circuit, 2 refused, 3 undecided. */
export interface CircuitOutcome {
  readonly code: 0 | 1 | 2 | 3
  readonly out: string
  readonly error: string
}

/** `paralens circuit prove LEFT RIGHT` and `paralens circuit convert IN OUT`. */
export async function circuitCommand(words: readonly string[], options: CircuitWords): Promise<CircuitOutcome> {
  const [command, first, second, ...more] = words
  if ((command !== 'prove' && command !== 'convert') || first === undefined || second === undefined || more.length > 0)
    return refused(2, `circuit: "${words.join(' ')}" is not a command; needs prove LEFT RIGHT or convert IN OUT`)
  if (command === 'convert')
    return options.tool === undefined && options.seconds === undefined
      ? converted(first, second, options.simplify === true)
      : refused(2, 'circuit: convert takes no --tool and no --seconds')
  if (options.simplify === true) return refused(2, 'circuit: prove takes no --simplify')
  const { tool = 'abc', seconds = '60' } = options
  if (tool !== 'abc' && tool !== 'yosys') return refused(2, `circuit: --tool needs abc or yosys, given "${tool}"`)
  if (!/^[1-9]\d{0,5}$/u.test(seconds))
    return refused(2, `circuit: --seconds needs a natural above 0, given "${seconds}"`)
  const [left, right] = [await loadCircuit(first), await loadCircuit(second)]
  if (E.isLeft(left)) return refused(left.left.kind === 'tool' ? 2 : 1, `${first}: ${left.left.message}`)
  if (E.isLeft(right)) return refused(right.left.kind === 'tool' ? 2 : 1, `${second}: ${right.left.message}`)
  const verdict = await prove(left.right, right.right, { tool, seconds: Number(seconds) })
  if (E.isLeft(verdict)) return refused(verdict.left.kind === 'tool' ? 2 : 1, verdict.left.message)
  return told(verdict.right, left.right, tool)
}

function told(verdict: Verdict, { inputs, outputs }: Circuit, tool: string): CircuitOutcome {
  switch (verdict.kind) {
    case 'equal':
      return { code: 0, out: `equal (${tool})\n`, error: '' }
    case 'undecided':
      return { code: 3, out: `undecided after ${verdict.seconds} s (${tool})\n`, error: '' }
    case 'different': {
      const point = inputs.map((name, i) => `${name}=${verdict.input[i] ?? 0}`).join(' ')
      return { code: 1, out: `different (${tool}): output ${outputs[verdict.output] ?? ''} at ${point}\n`, error: '' }
    }
  }
}

async function converted(from: string, to: string, simplify: boolean): Promise<CircuitOutcome> {
  const read = await loadCircuit(from)
  if (E.isLeft(read)) return refused(read.left.kind === 'tool' ? 2 : 1, `${from}: ${read.left.message}`)
  const circuit = simplify ? { ...read.right, netlist: simplifyNetlist(read.right.netlist) } : read.right
  const written = await saveCircuit(to, circuit)
  if (E.isLeft(written)) return refused(1, written.left.message)
  const { netlist, inputs, outputs } = circuit
  const size = `${inputs.length} inputs, ${outputs.length} outputs, ${gates(netlist)} gates`
  return { code: 0, out: `wrote ${to}: ${size}\n`, error: '' }
}

const refused = (code: 1 | 2, error: string): CircuitOutcome => ({ code, out: '', error: `paralens: ${error}\n` })
