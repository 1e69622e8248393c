import type { Epoch, Progress } from '../learn/index.js'

/** What a progress bar writes to. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** `1:05`, `12 s`. */
function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  const s = Math.round(seconds)
  return s < 60 ? `${s} s` : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}

const rate = (perSecond: number): string =>
  `${perSecond >= 100 ? Math.round(perSecond) : perSecond.toPrecision(3)} steps/s`

function epochLine({ epoch, loss, seconds, validation }: Epoch, epochs: number): string {
  const judged =
    validation === undefined
      ? ''
      : `  validation ${[`loss ${validation.loss.toFixed(4)}`, ...Object.entries(validation.metrics).map(([k, v]) => `${k} ${v.toFixed(4)}`)].join(', ')}`
  return `epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}${judged}  ${duration(seconds)}`
}

/**
 * A progress callback for `fit`: on a terminal a bar with the time left, the loss and steps per second, redrawn in place
 * and replaced by one line an epoch; elsewhere plain lines, one an epoch.
 */
export function progressBar(to: Terminal): (progress: Progress) => void {
  let drawn = 0
  return (p) => {
    if (p.ended !== undefined) {
      const clear = to.isTTY === true && drawn > 0 ? `\r${' '.repeat(drawn)}\r` : ''
      drawn = 0
      to.write(`${clear}${epochLine(p.ended, p.epochs)}  ${rate(p.stepsPerSecond)}\n`)
      return
    }
    if (to.isTTY !== true) return
    const share = p.step / p.steps
    const text = ` ${Math.floor(100 * share)} %  epoch ${p.epoch}/${p.epochs}  loss ${p.loss.toFixed(4)}  ${rate(p.stepsPerSecond)}  ${duration(p.eta)} left`
    const width = Math.max(8, Math.min(30, (to.columns ?? 80) - text.length - 3))
    const full = Math.round(share * width)
    const line = `${'█'.repeat(full)}${'░'.repeat(width - full)}${text}`
    to.write(`\r${line}${' '.repeat(Math.max(0, drawn - line.length))}`)
    drawn = line.length
  }
}
