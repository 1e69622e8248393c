import { zeros, type Data, type Dtype } from '../object/index.js'
import { formats } from './safetensors-header.js'

const little = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
const least = -(2n ** 63n)
const greatest = 2n ** 63n - 1n

/** The entries' bytes, little-endian, or the reason why they have none: `entry 0 is 2: a bit is 0 or 1`. */
export function bytesOf(dtype: Dtype, data: Data): Uint8Array | string {
  if (dtype === 'bit') {
    const at = data.findIndex((x) => x !== 0 && x !== 1)
    if (at >= 0) return `entry ${at} is ${data[at]}: a bit is 0 or 1`
  }
  if (ArrayBuffer.isView(data))
    return inOrder(new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice(), formats[dtype].width)
  const at = data.findIndex((x) => x < least || x > greatest)
  if (at >= 0) return `entry ${at} is ${data[at]}: I64 needs -2^63 ≤ x < 2^63`
  return inOrder(new Uint8Array(BigInt64Array.from(data).buffer), 8)
}

/** The inverse of {@link bytesOf}: the entries of bytes, copied, or the reason why they are none. */
export function entriesOf(dtype: Dtype, bytes: Uint8Array): Data | string {
  const { width } = formats[dtype]
  const own = inOrder(new Uint8Array(bytes), width) // a Buffer's slice would not copy
  if (dtype === 'integer') return Array.from(new BigInt64Array(own.buffer))
  const data = zeros(dtype, own.length / width)
  new Uint8Array(data.buffer).set(own)
  const at = dtype === 'bit' ? own.findIndex((x) => x > 1) : -1
  return at < 0 ? data : `entry ${at} is ${own[at]}: a BOOL is 0 or 1`
}

/** The bytes between little-endian and the machine's order, in place. */
function inOrder(bytes: Uint8Array<ArrayBuffer>, width: number): Uint8Array<ArrayBuffer> {
  if (!little && width > 1) for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse()
  return bytes
}
