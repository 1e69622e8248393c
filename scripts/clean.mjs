import { rmSync } from 'node:fs'

for (const folder of ['dist', 'build', 'docs/api'])
  rmSync(new URL(`../${folder}`, import.meta.url), { recursive: true, force: true })
