import { size } from '../../object/index.js'
import type { KernelFunction, TensorInfo } from './kernel.js'
import { shade, type Shader } from './webgpu-program.js'

/** Threefry-2x32 in WGSL, whose u32 wraps: entry i is word i mod `words` of key ⌊i / words⌋; see src/primitive/threefry.ts. */
const threefry: Shader = {
  name: 'threefry',
  functions: `
    fn threefry(key : vec2<u32>, counter : u32) -> vec2<u32> {
      var k = vec3<u32>(key, key.x ^ key.y ^ 0x1bd11bdau);
      var x = vec2<u32>(counter + k.x, k.y);
      for (var group = 1u; group <= 5u; group++) {
        let turns = select(vec4<u32>(17u, 29u, 16u, 24u), vec4<u32>(13u, 15u, 26u, 6u), group % 2u == 1u);
        for (var i = 0u; i < 4u; i++) {
          x.x += x.y;
          x.y = ((x.y << turns[i]) | (x.y >> (32u - turns[i]))) ^ x.x;
        }
        k = k.yzx;
        x.x += k.x;
        x.y += k.y + group;
      }
      return x;
    }`,
  entry: `
    let key = index / uniforms.words;
    let word = index % uniforms.words;
    let pair = threefry(bitcast<vec2<u32>>(vec2<i32>(A[2 * key], A[2 * key + 1])), u32(word / 2));
    let out = bitcast<i32>(select(pair.y, pair.x, word % 2 == 0));`,
  uniforms: ['words'],
}

/** Threefry's words for each key of a list, two entries a key. */
export const randomBits: KernelFunction = ({ inputs, attrs, backend }) => {
  const { x } = inputs as { readonly x: TensorInfo }
  const { words } = attrs as { readonly words: number }
  return shade(backend, threefry, [x], (size(x.shape) / 2) * words, 'int32', [words])
}
