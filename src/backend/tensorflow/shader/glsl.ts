import { scalarOf, type Dialect, type Parts, type Slot } from './dialect.js'
import { texelsOf, textureShape } from './texture.js'

const columnsOf = ({ dtype, size }: Slot): number => textureShape(size * texelsOf(dtype))[1]

/** The texel of an index, and the read of an array by it. */
function reader(slot: Slot, k: number): string {
  const columns = columnsOf(slot)
  const texel = (i: string): string =>
    `texelFetch(a${k}, ivec2((${i}) & ${columns - 1}, (${i}) >> ${Math.log2(columns)}), 0).x`
  const type = scalarOf(slot.dtype)
  const value = slot.dtype === 'int32' ? `int(${texel('2 * i')}) + (int(${texel('2 * i + 1')}) << 16)` : texel('i')
  return `uniform highp sampler2D a${k};\n${type} read${k}(int i) { return ${type}(${value}); }`
}

function shader({ reads, writes, functions, lines, results }: Parts): string {
  const [first = { dtype: 'float32', size: 1 }] = writes
  const texels = texelsOf(first.dtype)
  const columns = columnsOf(first)
  const half = (x: string): string => `(texel & 1) == 0 ? float(${x} & 0xffff) : float(${x} >> 16)`
  return [
    '#version 300 es',
    'precision highp float;\nprecision highp int;',
    'float notANumber() { return uintBitsToFloat(0x7fc00000u); }',
    'float infinity() { return uintBitsToFloat(0x7f800000u); }',
    ...reads.map(reader),
    ...writes.map((_, k) => `layout(location = ${k}) out float out${k};`),
    ...functions,
    'void main() {',
    `int texel = int(gl_FragCoord.y) * ${columns} + int(gl_FragCoord.x);`,
    `int i = texel / ${texels};`,
    ...lines,
    ...results.map((x, k) => `out${k} = ${writes[k]?.dtype === 'int32' ? half(x) : `float(${x})`};`),
    '}',
  ].join('\n')
}

/** GLSL ES 3.00: a fragment for each texel of the arrays written, which are the textures drawn to. */
export const glsl: Dialect = {
  constant: (type, name, value) => `${type} ${name} = ${value};`,
  variable: (type, name, value) => `${type} ${name} = ${value};`,
  choose: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
  loop: (counter, from, to) => `for (int ${counter} = ${from}; ${counter} < ${to}; ${counter}++)`,
  define: (name, type, parameters, result, body) =>
    `${result} ${name}(${parameters.map((p) => `${type} ${p}`).join(', ')}) { ${body.join(' ')} }`,
  read: (k, index) => `read${k}(${index})`,
  // A texture may be read whatever it holds, so that scalars are arrays.
  scalar: (k) => `read${k}(0)`,
  shader,
}
