import type { ChildProcess } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/platform/config/config.ts'
import { openDatabase } from '../../src/platform/db/database.ts'
import { freePort, Program } from './program.ts'

/** `npm run faults` kills twenty times. */
const kills = Number(process.env.KILLS ?? 2)
const leastWrites = 100
const importSize = 400

const linden = new Program(await freePort())
afterAll(() => linden.stop())

interface Card {
  slug: string
  card: Record<string, unknown>
  version: number
}

/** A change of which the program said that it is stored. */
interface Acknowledged {
  slug: string
  version: number
  mark: string
}

const acknowledged: Acknowledged[] = []
let unanswered = 0
let stop = false
let token = ''
let cards: Card[] = []

const headers = () => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' })

async function read(slug: string): Promise<Card> {
  const answer = await fetch(`${linden.url}/api/v1/services/${slug}`)
  if (!answer.ok) throw new Error(`${slug}: ${answer.status}`)
  const { card, version } = (await answer.json()) as Omit<Card, 'slug'>
  return { slug, card, version }
}

/** Changes one card again and again, and writes down what was acknowledged, after it was. */
async function write(slug: string): Promise<void> {
  let stands = await read(slug)
  while (!stop) {
    const mark = randomUUID()
    try {
      const answer = await fetch(`${linden.url}/api/v1/services/${slug}`, {
        method: 'PUT',
        headers: { ...headers(), 'idempotency-key': mark },
        body: JSON.stringify({ card: { ...stands.card, editorNote: { en: mark } }, version: stands.version }),
      })
      const said = (await answer.json()) as { version: number }
      if (answer.status === 200) {
        acknowledged.push({ slug, version: said.version, mark })
        stands = { ...stands, version: said.version }
      } else {
        unanswered += 1
        stands = await read(slug)
      }
    } catch {
      unanswered += 1
      await pause(30)
      stands = await read(slug).catch(() => stands)
    }
  }
}

function importFile(name: string): string {
  const file = join(linden.data, `${name}.json`)
  const organization = {
    id: '0198f000-0000-7000-8000-000000000001',
    name: 'Imported organisation',
    description: 'For the tests',
  }
  const services = Array.from({ length: importSize }, (_, at) => ({
    id: `0198f000-0000-7000-8000-${String(at + 1000).padStart(12, '0')}`,
    organization_id: organization.id,
    organization,
    name: `Imported service ${at}`,
    description: `Help number ${at} for people who need it`,
    status: 'active',
  }))
  writeFileSync(file, JSON.stringify(services))
  return file
}

const importing = (file: string) =>
  [
    'import',
    'services',
    file,
    '--format',
    'hsds',
    '--apply',
    '--skip-rejected',
    '--dataset',
    'faults',
    '--area',
    'DK-1082',
    '--language',
    'en',
  ] as const

beforeAll(async () => {
  await linden.start()
  const email = 'editor@example.org'
  await linden.linden('account', 'add', email, '--name', 'Editor', '--role', 'editor@region-midtjylland')
  token =
    (await linden.linden('token', email, '--scope', 'directory:write', '--scope', 'directory:read'))
      .trim()
      .split('\n')
      .at(-1) ?? ''
  token = /lnd_[\w-]+/.exec(token)?.[0] ?? ''
  const list = (await (await fetch(`${linden.url}/api/v1/services?region=dk-midtjylland&size=20`)).json()) as {
    items: { slug: string }[]
  }
  cards = await Promise.all(list.items.slice(0, 4).map(({ slug }) => read(slug)))
})

interface Stored {
  slug: string
  version: number
  mark: string
  /** audit events about this version */
  events: number
}

/** What was acknowledged and is not stored, or is stored without exactly one audit event. */
function missing(said: readonly Acknowledged[], rows: readonly Stored[]) {
  const stored = new Map(rows.map((row) => [`${row.slug} ${row.version}`, row]))
  return {
    lost: said.filter(({ slug, version, mark }) => stored.get(`${slug} ${version}`)?.mark !== mark),
    unaudited: said.filter(({ slug, version }) => stored.get(`${slug} ${version}`)?.events !== 1),
  }
}

test('a lost change, another one in its place, and one without its event are noticed', () => {
  const said = ['a', 'b', 'c', 'd'].map((mark, at) => ({ slug: 'card', version: at + 2, mark }))
  const rows = [
    { slug: 'card', version: 3, mark: 'other', events: 1 },
    { slug: 'card', version: 4, mark: 'c', events: 0 },
    { slug: 'card', version: 5, mark: 'd', events: 1 },
  ]
  const { lost, unaudited } = missing(said, rows)
  expect(lost.map(({ mark }) => mark)).toEqual(['a', 'b'])
  expect(unaudited.map(({ mark }) => mark)).toEqual(['a', 'c'])
})

describe('promise 1: nothing acknowledged is lost', () => {
  test(`${kills} times kill -9 in the middle of edits and imports`, {
    timeout: 300_000 + kills * 300_000,
  }, async () => {
    expect(token).toMatch(/^lnd_/)
    expect(cards).toHaveLength(4)
    const file = importFile('services')
    const writers = cards.map(({ slug }) => write(slug))
    let aloneAgain = 0
    for (let kill = 1; kill <= kills; kill++) {
      const before = acknowledged.length
      const begun: ChildProcess = linden.begin(...importing(file))
      const started = performance.now()
      while (acknowledged.length - before < leastWrites + randomInt(60)) {
        if (performance.now() - started > 240_000)
          throw new Error(`only ${acknowledged.length - before} writes were acknowledged in four minutes`)
        await pause(10)
      }
      await pause(randomInt(40))
      const written = acknowledged.length - before
      const database = kill % 2 === 0
      begun.kill('SIGKILL')
      if (database) await linden.killDatabase()
      else await linden.kill()
      const alone = database && (await linden.comesBack(120_000))
      if (alone) aloneAgain += 1
      if (database && !alone) await linden.kill()
      const back = await linden.start()
      console.log(
        `kill ${kill} of ${database ? 'the database' : 'the program'}: ${written} writes acknowledged before it, back after ${Math.round(back)} ms${database ? (alone ? ', by itself' : ', started again') : ''}`,
      )
      expect(written).toBeGreaterThanOrEqual(leastWrites)
    }
    stop = true
    await Promise.all(writers)
    console.log(
      `${acknowledged.length} acknowledged, ${unanswered} unanswered, ${kills} kills; the database was found again without a restart ${aloneAgain} times`,
    )
    // a program whose database died finds it again by itself (promise 5)
    expect(aloneAgain).toBe(Math.floor(kills / 2))
  })

  test('every acknowledged change stands, once, with its audit event', async () => {
    const database = await openDatabase(readConfig({ ...linden.env }), { migrate: false })
    try {
      const { rows } = await database.ownerPool.query<Stored>(
        `select s.slug, v.version, v.card->'editorNote'->>'en' as mark,
           (select count(*)::int from audit.event e where e.about_id = s.id::text and e.act = 'directory.service.change' and e.outcome = 'done'
              and (e.detail->>'version')::int = v.version) as events
         from directory.service_version v join directory.service s on s.id = v.service_id where s.slug = any ($1)`,
        [cards.map(({ slug }) => slug)],
      )
      const { lost, unaudited } = missing(acknowledged, rows)
      const twice = rows.length - new Set(rows.map(({ mark, slug }) => `${slug} ${mark}`)).size
      console.log(`${rows.length} versions stored: ${lost.length} lost, ${unaudited.length} without their event`)
      expect({ lost, unaudited }).toEqual({ lost: [], unaudited: [] })
      // versions that were there before the first change carry no mark
      expect(twice).toBeLessThanOrEqual(cards.length)
      expect(acknowledged.length).toBeGreaterThanOrEqual(kills * leastWrites)
    } finally {
      await database.close()
    }
  })

  test('an import that was killed can be made again: every service once', async () => {
    const file = importFile('services')
    await linden.linden(...importing(file))
    await linden.linden(...importing(file))
    const database = await openDatabase(readConfig({ ...linden.env }), { migrate: false })
    try {
      const { rows } = await database.ownerPool.query(
        `select count(*)::int as services, count(distinct dataset_id)::int as ids,
           (select count(*)::int from directory.service s where dataset = 'faults' and not exists (select from directory.service_version v where v.service_id = s.id and v.version = s.version)) as unversioned
         from directory.service where dataset = 'faults'`,
      )
      expect(rows[0]).toEqual({ services: importSize, ids: importSize, unversioned: 0 })
    } finally {
      await database.close()
    }
  })

  test('the audit trail verifies', async () => {
    expect(await linden.linden('audit', 'verify')).not.toBe('')
  })
})
