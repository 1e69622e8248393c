const style =
  '.growth .paper{fill:#fff}.growth .grid{fill:none;stroke:#e3e5e9}.growth .fit{fill:none;stroke:#8a8f98;stroke-width:1.5;stroke-dasharray:5 4}.growth circle{fill:#2f6db3}.growth text{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:11px;fill:#6a707a;text-anchor:middle}.growth .unit{text-anchor:end}.growth .label{font-size:13px;fill:#22262c}@media(prefers-color-scheme:dark){.growth .paper{fill:#15181d}.growth .grid{stroke:#2c313a}.growth .fit{stroke:#7d838d}.growth circle{fill:#6fa8e6}.growth text{fill:#9aa1ac}.growth .label{fill:#e4e7eb}}'

const [width, height, left, top, bottom] = [330, 300, 62, 50, 40]
const round = (x) => Math.round(10 * x) / 10
const powers = (low, high) => {
  const [a, b] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  return Array.from({ length: b - a + 1 }, (_, i) => 10 ** (a + i))
}
const time = (us) => (us >= 1000 ? `${us / 1000} ms` : `${us} µs`)

/** One panel: points and the fitted line over the upper half of them, both axes logarithmic. */
function panel({ name, of, points, late }, at) {
  const ticks = powers(Math.min(...points.map((p) => p.y)), Math.max(...points.map((p) => p.y)))
  const [lowX, highX] = [points[0].x, points.at(-1).x]
  const share = (v, low, high) => Math.log(v / low) / Math.log(high / low)
  const x = (v) => round(at + left + 10 + share(v, lowX, highX) * (width - left - 30))
  const y = (v) => round(height - bottom - share(v, ticks[0], ticks.at(-1)) * (height - top - bottom))
  const upper = points.slice(-Math.ceil(points.length / 2))
  const onLine = (v) => late.factor * v ** late.exponent
  return [
    `<text class="label" x="${at + left + (width - left) / 2}" y="18">${name}: time ~ n^${late.exponent.toFixed(2)}</text>`,
    `<text x="${at + left + (width - left) / 2}" y="35">${of}</text>`,
    ...ticks.map((t) => `<path class="grid" d="M${at + left} ${y(t)}H${at + width - 8}"/>`),
    ...ticks.map((t) => `<text class="unit" x="${at + left - 6}" y="${y(t) + 4}">${time(t)}</text>`),
    `<path class="fit" d="M${x(upper[0].x)} ${y(onLine(upper[0].x))}L${x(highX)} ${y(onLine(highX))}"/>`,
    ...points.map((p) => `<circle cx="${x(p.x)}" cy="${y(p.y)}" r="3.5"/>`),
    ...points.map((p) => `<text x="${x(p.x)}" y="${height - bottom + 20}">${p.x}</text>`),
  ]
}

/** The panels of sweeps side by side, as an SVG document. */
export function chart(results) {
  const all = width * results.length
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="growth" viewBox="0 0 ${all} ${height}" width="${all}" height="${height}" role="img">`,
    '<title>CPU time of a step against width, depth and batch, both axes logarithmic</title>',
    `<style>${style}</style>`,
    `<rect class="paper" width="${all}" height="${height}"/>`,
    ...results.flatMap((result, i) => panel(result, i * width)),
    '</svg>\n',
  ].join('\n')
}
