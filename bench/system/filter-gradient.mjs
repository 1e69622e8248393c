import * as tf from '@tensorflow/tfjs-core'

/**
 * Registers the kernel that tfjs' wasm backend lacks to train a convolution, for stride 1, dilation 1 and no padding. The
 * gradient of the filter is a convolution too, of the inputs by the cotangents with examples for channels:
 * `dW = T(conv(T(x, [3, 1, 2, 0]), T(dy, [1, 2, 0, 3])), [1, 2, 0, 3])`.
 */
export function registerFilterGradient() {
  const [kernelName, backendName] = ['Conv2DBackpropFilter', 'wasm']
  if (tf.getKernel(kernelName, backendName) !== undefined) return
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc({ inputs: { x, dy }, backend, attrs: { pad } }) {
      if (pad !== 'valid') throw new RangeError(`filter gradient: padding ${pad}, needs valid`)
      const run = (name, inputs, attrs) => tf.getKernel(name, backendName).kernelFunc({ inputs, backend, attrs })
      const transposed = (a, perm) => run('Transpose', { x: a }, { perm })
      const [input, cotangent] = [transposed(x, [3, 1, 2, 0]), transposed(dy, [1, 2, 0, 3])]
      const gradient = run(
        'Conv2D',
        { x: input, filter: cotangent },
        { strides: 1, pad: 'valid', dataFormat: 'NHWC', dilations: 1 },
      )
      const out = transposed(gradient, [1, 2, 0, 3])
      for (const t of [input, cotangent, gradient]) backend.disposeData(t.dataId)
      return out
    },
  })
}
