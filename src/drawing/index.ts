export { drawTerm, type DrawingOptions } from './draw-term.js'
export { drawNetlist, type NetlistDrawing } from './draw-netlist.js'
export { drawOptic } from './draw-optic.js'
export { summary, summaryRows, type Row } from './summary.js'
