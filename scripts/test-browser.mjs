/**
 * What is checked in headless Chromium, and of GPUs: the same bytes as in Node, and the laws of every tfjs backend. Needs a
 * fresh build of the package and of `test/browser`; prints one line a check and fails where one does not hold, and where
 * there is no Chromium. CHROMIUM is the path of its executable where that is not on PATH.
 */
import { checkBytes } from './browser/bytes.mjs'
import { needChromium } from './browser/chromium.mjs'
import { checkDevices } from './browser/devices.mjs'

let [passed, failed] = [0, 0]

/** Prints and counts a check that holds where the reason against it is ''. */
function check(what, reason) {
  if (reason === '') passed += 1
  else failed += 1
  console.log(reason === '' ? `ok  ${what}` : `NOT ok  ${what}: ${reason}`)
}

const executable = needChromium('test:browser')
const [only] = process.argv.slice(2)
if (only !== 'devices') await checkBytes(executable, check)
if (only !== 'bytes') await checkDevices(executable, check)
console.log(`browser: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
