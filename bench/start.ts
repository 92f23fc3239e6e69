import { report } from './fixtures/report.ts'
import { serveBuilt } from './fixtures/served.ts'

/** Seconds from the start of the built program to its first page: on a fresh folder with the demo, and again on the same folder. */
const seconds = (milliseconds: number) => Number((milliseconds / 1000).toFixed(2))

const fresh = await serveBuilt({ demo: 'small' })
await fresh.stop(true)
report({
  name: 'start with a fresh database and the demo, to the first page',
  value: seconds(fresh.firstPage),
  unit: 's',
  goal: '≤ 20',
  ok: fresh.firstPage <= 20_000,
})

const again = await serveBuilt({ data: fresh.data, demo: 'small' })
await again.stop()
report({
  name: 'start with the database present, to the first page',
  value: seconds(again.firstPage),
  unit: 's',
  goal: '≤ 3',
  ok: again.firstPage <= 3000,
})
