export { loadDigits } from './digits.js'
export { loadIris } from './iris.js'
export { loadMnist } from './mnist.js'
export { loadTensors, saveTensors } from './checkpoint.js'
