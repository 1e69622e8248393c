import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { writeAig, writeVerilog, type Circuit } from '../codec/index.js'
import type { Prover, ToolError } from './prove.js'

/** What a tool said: the values of inputs where the circuits differ (those left out are 0), or which of the other two verdicts. */
export type Found = 'equal' | 'undecided' | ReadonlyMap<number, 0 | 1>
/** Asks a tool, in a folder of its own, about circuits whose inputs and outputs are x0, x1, … and y0, y1, …. */
export type Ask = (
  folder: string,
  left: Circuit,
  right: Circuit,
  seconds: number,
) => Promise<E.Either<ToolError, Found>>

/** The output of a program, and whether it was ended after some seconds; Left where it is not installed. */
interface Ran {
  readonly code: number
  readonly text: string
  readonly late: boolean
}
/** Where each tool is looked for, and the Debian package that has it. */
const tools: { readonly [P in Prover]: { readonly commands: readonly string[]; readonly debian: string } } = {
  abc: { commands: ['berkeley-abc', 'abc', 'yosys-abc'], debian: 'berkeley-abc' },
  yosys: { commands: ['yosys'], debian: 'yosys' },
}

/** Runs a tool in a folder for some seconds at most. Left says how to install it where it is not there. */
export async function runTool(
  tool: Prover,
  words: readonly string[],
  folder: string,
  seconds: number,
): Promise<E.Either<ToolError, Ran>> {
  for (const command of tools[tool].commands) {
    const ran = await started(command, words, folder, seconds)
    if (ran !== undefined) return E.right(ran)
  }
  const { commands, debian } = tools[tool]
  const message = `prove: ${tool} is not installed (looked for ${commands.join(', ')}); on Debian: apt-get install ${debian}`
  return E.left({ kind: 'tool', message, tool })
}

/** Undefined where there is no such command. */
function started(command: string, words: readonly string[], cwd: string, seconds: number): Promise<Ran | undefined> {
  return new Promise((resolve) => {
    const options = { cwd, timeout: 1000 * seconds, killSignal: 'SIGKILL' as const, maxBuffer: 2 ** 26 }
    execFile(command, [...words], options, (error, out, errors) => {
      if (error !== null && error.code === 'ENOENT') resolve(undefined)
      else
        resolve({
          code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1,
          text: `${out}\n${errors}`,
          late: error?.killed === true,
        })
    })
  })
}

/** The error of a tool that answered something else; its last words are in the message. */
export function strange(tool: Prover, { code, text }: Pick<Ran, 'code' | 'text'>): ToolError {
  const last = text.trim().split('\n').slice(-3).join('; ').slice(-200)
  return { kind: 'tool', message: `prove: ${tool} ended with ${code} and no verdict: ${last}`, tool }
}

/** Combinational equivalence by ABC's `cec` (A. Mishchenko and others, Berkeley). */
const abc: Ask = async (folder, left, right, seconds) => {
  await writeFile(join(folder, 'left.aig'), writeAig(left))
  await writeFile(join(folder, 'right.aig'), writeAig(right))
  const script = `cec -T ${seconds} -C 0 left.aig right.aig`
  const ran = await runTool('abc', ['-c', script], folder, 2 * seconds + 10)
  if (E.isLeft(ran)) return ran
  const { text, late } = ran.right
  if (late || /UNDECIDED/u.test(text)) return E.right('undecided')
  if (/Networks are equivalent/u.test(text)) return E.right('equal')
  if (!/Networks are NOT EQUIVALENT/u.test(text)) return E.left(strange('abc', ran.right))
  const pattern = /Input pattern:(.*)/u.exec(text)?.[1] ?? ''
  return E.right(
    new Map([...pattern.matchAll(/x(\d+)=([01])/gu)].map(([, i, bit]) => [Number(i), bit === '1' ? 1 : 0])),
  )
}

/** Equivalence by a miter and the satisfiability solver of Yosys (C. Wolf). */
const yosys: Ask = async (folder, left, right, seconds) => {
  await writeFile(join(folder, 'left.v'), writeVerilog({ ...left, name: 'gold' }))
  await writeFile(join(folder, 'right.v'), writeVerilog({ ...right, name: 'fold' }))
  const script = [
    'read_verilog left.v right.v',
    'miter -equiv -flatten -make_outputs gold fold miter',
    `sat -timeout ${seconds} -verify -prove trigger 0 -show-inputs -dump_json cex.json miter`,
  ].join('; ')
  const ran = await runTool('yosys', ['-p', script], folder, 2 * seconds + 10)
  if (E.isLeft(ran)) return ran
  const { code, text, late } = ran.right
  if (code === 0) return E.right('equal')
  const found = await readFile(join(folder, 'cex.json'), 'utf8').catch(() => undefined)
  if (found !== undefined)
    return E.right(
      new Map(
        [...found.matchAll(/"name": "in_x(\d+)", "wave": "(.)/gu)].map(([, i, bit]) => [
          Number(i),
          bit === '1' ? 1 : 0,
        ]),
      ),
    )
  return late || /TIMEOUT/u.test(text) ? E.right('undecided') : E.left(strange('yosys', ran.right))
}

/** How each tool is asked. */
export const provers: { readonly [P in Prover]: Ask } = { abc, yosys }
