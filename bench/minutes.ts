/**
 * A year of minutes of a region's public bodies, searched by a word (GOV-3): all that the first page of hits reads.
 *
 *   node bench/minutes.ts [--meetings 5000] [--runs 200]
 */
import { parseArgs } from 'node:util'
import { listMeetings } from '../src/capabilities/governance/store/meetings/read-meetings.ts'
import { meetingsWithWords } from '../src/capabilities/governance/store/meetings/read-minutes.ts'
import { p95 } from './fixtures/p95.ts'
import { closeRegion } from './fixtures/region.ts'
import { report } from './fixtures/report.ts'
import { prepareMinutes, subjects } from './minutes-fill.ts'

const { values } = parseArgs({
  options: { meetings: { type: 'string', default: '5000' }, runs: { type: 'string', default: '200' } },
})
const count = Number(values.meetings)

const region = await prepareMinutes(count)
const { database } = region
try {
  const search = (words: string) =>
    database.transact({ actor: null }, async (tx) => {
      const among = await meetingsWithWords(tx, words)
      const { meetings } = await listMeetings(tx, { among: among ?? [], publicOnly: true }, { limit: 25 })
      return { hits: among?.length ?? 0, shown: meetings.length }
    })

  const [subject] = subjects
  const { hits } = await search(subject)
  const wanted = Math.ceil(count / subjects.length)
  report({
    name: `minutes found by a word that ${wanted.toLocaleString('en')} of ${count.toLocaleString('en')} hold`,
    value: hits,
    unit: 'minutes',
    goal: String(wanted),
    ok: hits === wanted,
  })
  const rare = await p95(Number(values.runs), (run) => search(`${subjects[run % subjects.length]} ventetid`))
  report({
    name: `a year of ${count.toLocaleString('en')} minutes searched by two words, p95`,
    value: rare,
    unit: 'ms',
    goal: '≤ 100',
    ok: rare <= 100,
  })
} finally {
  await closeRegion(region)
}
