import { scalarOf, type Dialect, type Parts } from './dialect.js'

/** Threads of a workgroup. */
export const groupSize = 64
/** The most workgroups along an axis. */
const most = 65535

/** Workgroups along two axes, enough for threads. */
export function groupsOf(threads: number): readonly [number, number] {
  const groups = Math.ceil(threads / groupSize)
  return groups <= most ? [groups, 1] : [most, Math.ceil(groups / most)]
}

function shader({ reads, writes, threads, scalars, functions, lines, results }: Parts): string {
  const [across] = groupsOf(threads)
  return [
    'alias float = f32; alias int = i32; alias uint = u32;',
    // Constant expressions may not be NaN or infinite.
    'var<private> exponent : u32 = 0x7f800000u;',
    'fn floatBitsToUint(x : f32) -> u32 { return bitcast<u32>(x); }',
    'fn notANumber() -> f32 { return bitcast<f32>(exponent | 0x400000u); }',
    'fn infinity() -> f32 { return bitcast<f32>(exponent); }',
    ...writes.map(
      ({ dtype }, k) => `@group(0) @binding(${k}) var<storage, read_write> out${k} : array<${scalarOf(dtype)}>;`,
    ),
    ...reads.map(
      ({ dtype }, k) =>
        `@group(0) @binding(${writes.length + k}) var<storage, read> a${k} : array<${scalarOf(dtype)}>;`,
    ),
    ...(scalars === 0
      ? []
      : [`@group(0) @binding(${writes.length + reads.length}) var<uniform> scalars : array<vec4<u32>, ${scalars}>;`]),
    ...functions,
    `@compute @workgroup_size(${groupSize})`,
    'fn main(@builtin(global_invocation_id) id : vec3<u32>) {',
    `let i = int(id.x) + int(id.y) * ${across * groupSize};`,
    `if (i >= ${threads}) { return; }`,
    ...lines,
    ...results.map((x, k) => `out${k}[i] = ${x};`),
    '}',
  ].join('\n')
}

/** WGSL: a thread for each entry. */
export const wgsl: Dialect = {
  constant: (type, name, value) => `let ${name} : ${type} = ${value};`,
  variable: (type, name, value) => `var ${name} : ${type} = ${value};`,
  choose: (condition, yes, no) => `select(${no}, ${yes}, ${condition})`,
  loop: (counter, from, to) => `for (var ${counter} = ${from}; ${counter} < ${to}; ${counter}++)`,
  define: (name, type, parameters, result, body) =>
    `fn ${name}(${parameters.map((p) => `${p} : ${type}`).join(', ')}) -> ${result} { ${body.join(' ')} }`,
  read: (k, index) => `a${k}[${index}]`,
  scalar: (k, type) => `bitcast<${type}>(scalars[${k}].x)`,
  shader,
}
