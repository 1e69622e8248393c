/**
 * One copy of tfjs for all. tfjs keeps its engine and its kernels in global variables, so two copies in one process are
 * one engine with the kernels of whichever came last. This hook resolves what the library imports of tfjs from bench/.
 */
const here = new URL('./package.json', import.meta.url).href

export const resolve = (specifier, context, next) =>
  next(specifier, specifier.startsWith('@tensorflow/') ? { ...context, parentURL: here } : context)
