import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import addFormatsModule from 'ajv-formats'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { takeOffAgenda } from '../../src/capabilities/governance/commands/meetings/change-item.ts'
import { recordMeeting } from '../../src/capabilities/governance/commands/meetings/record-meeting.ts'
import { does, okValue } from '../../src/capabilities/governance/governance.fixture.ts'
import { seatCommittee } from '../../src/capabilities/governance/meetings.fixture.ts'
import type { Actor } from '../../src/platform/access/actor.ts'
import { addActor } from '../actors.ts'
import { testHouse } from '../house.ts'
import { shared } from './hsds-schemas.ts'

const folder = join(shared, 'data/oparl/schema')
/** Where nobody promised the reference data, these tests are reported as skipped; where LINDEN_SHARED is set they fail. */
const withoutSchemas = !process.env.LINDEN_SHARED && !existsSync(folder)

/** The published schemas of OParl 1.1 by type, closed: nothing that they do not name. */
function published(): ReadonlyMap<string, ValidateFunction> {
  if (!existsSync(folder))
    throw new Error('The published OParl schemas are missing: let LINDEN_SHARED name the folder of reference data.')
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false })
  addFormatsModule.default(ajv)
  // the format is called "url" there
  ajv.addFormat('url', /^https?:\/\/\S+$/)
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => {
        const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as object
        return [file.replace('.json', ''), ajv.compile({ ...schema, additionalProperties: false })]
      }),
  )
}

interface Thing {
  id: string
  type: string
  [property: string]: unknown
}
interface List {
  data: Thing[]
  links: { first: string; next?: string }
}

const { db, url } = await testHouse({ now: new Date('2026-11-29T10:00:00Z') })
const lists = [
  'organizations',
  'persons',
  'memberships',
  'meetings',
  'agendaItems',
  'consultations',
  'papers',
  'files',
  'locations',
  'legislativeTerms',
]
const mark = 'vertrauliches-zeichen'
let secretary: Actor

const get = async (address: string) => {
  const answer = await fetch(address.startsWith('http') ? address : `${url}/open/oparl${address}`)
  return { status: answer.status, body: (await answer.json()) as Thing & List }
}

beforeAll(async () => {
  secretary = await addActor(db, 'Secretary', [{ organisation: 'sozialamt', role: 'secretariat' }])
  await seatCommittee(db, secretary)
  const committee = { body: 'sozialausschuss', begins: '17:00', ends: '19:00', place: 'Rathaus', locale: 'de' as const }
  for (let month = 1; month <= 5; month++)
    okValue(
      await does(db, secretary, recordMeeting, {
        ...committee,
        day: `2026-0${month}-20`,
        until: 'approved',
        opening: 'Der Vorsitz eröffnet.',
        items: [
          {
            title: `Hilfen ${month}`,
            kind: 'hilfen',
            raise: { source: 'body' },
            minutes: 'Besprochen.',
            decision: { how: 'majority', outcome: 'agreed', title: 'Zugestimmt', all: 'yes' },
          },
          { title: 'Vergabe', secretGround: 'Geschäftsgeheimnis', words: mark, minutes: mark },
        ],
      }),
    )
  const coming = okValue(
    await does(db, secretary, recordMeeting, {
      ...committee,
      day: '2026-12-15',
      until: 'invited',
      items: [{ title: 'Bericht' }, { title: 'fällt weg' }],
    }),
  )
  const gone = await db.ownerPool.query(
    `select id from governance.agenda_item where meeting_id = $1 and position = 2`,
    [coming.id],
  )
  okValue(await does(db, secretary, takeOffAgenda, { id: gone.rows[0].id }))
  // a body of which nothing says that it is public
  okValue(
    await does(db, secretary, recordMeeting, {
      ...committee,
      body: 'vertragskommission',
      day: '2026-05-05',
      until: 'approved',
      items: [{ title: mark, minutes: mark }],
    }),
  )
})

describe.skipIf(withoutSchemas)('OParl 1.1', () => {
  test('GOV-3: every thing of every list, and each by its own address, is what the published schemas say', async () => {
    const schemas = published()
    const valid = (thing: Thing) => {
      const name = thing.type.replace('https://schema.oparl.org/1.1/', '')
      const judge = schemas.get(name)
      expect(judge, thing.type).toBeDefined()
      expect([judge?.(thing), judge?.errors ?? [], thing.id]).toEqual([true, [], thing.id])
    }
    const inside = (value: unknown): Thing[] =>
      Array.isArray(value)
        ? value.flatMap(inside)
        : typeof value === 'object' && value !== null && 'type' in value && 'id' in value
          ? [value as Thing, ...Object.values(value).flatMap(inside)]
          : []
    const system = await get('')
    valid(system.body)
    const bodies = await get(system.body.body as string)
    expect(bodies.body.data.length).toBe(3)
    const seen = new Set<string>()
    for (const body of bodies.body.data) {
      for (const each of [body, ...inside(Object.values(body))]) valid(each)
      expect((await get(body.id)).body).toEqual(body)
      for (const list of lists) {
        const { status, body: listed } = await get(`${body.id}/${list}`)
        expect(status).toBe(200)
        for (const thing of listed.data) for (const each of [thing, ...inside(Object.values(thing))]) valid(each)
        const [first] = listed.data
        if (first) {
          seen.add(list)
          expect((await get(first.id)).body).toEqual(first)
        }
      }
    }
    expect([...seen].sort()).toEqual([
      'agendaItems',
      'consultations',
      'legislativeTerms',
      'locations',
      'meetings',
      'memberships',
      'organizations',
      'papers',
      'persons',
    ])
  })

  test('GOV-3: agenda and minutes are files that can be fetched, and every address leads somewhere', async () => {
    const { body } = await get('/organizations/sozialausschuss/meetings')
    expect(body.data.length).toBe(6)
    const [past] = body.data.filter(({ resultsProtocol }) => resultsProtocol !== undefined)
    for (const file of [past?.invitation, past?.resultsProtocol] as Thing[]) {
      expect((await get(file.id)).body).toEqual(file)
      const paper = await fetch(file.accessUrl as string)
      expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    }
    for (const item of (past?.agendaItem ?? []) as Thing[]) expect((await get(item.id)).status).toBe(200)
  })
})

test('GOV-3: election periods stand where a source says them, once for councils that are elected together, and nowhere else', async () => {
  const { body } = await get('/bodies/dk-midtjylland/legislativeTerms')
  const terms = (await get('/bodies/dk-midtjylland')).body.legislativeTerm as Thing[]
  // of the nineteen councils, and of the regional council
  expect(terms.map(({ startDate, endDate }) => [startDate, endDate]).sort()).toEqual([
    ['2022-01-01', '2025-12-31'],
    ['2022-01-01', '2025-12-31'],
    ['2026-01-01', '2029-12-31'],
    ['2026-01-01', '2029-12-31'],
  ])
  expect(new Set(terms.map(({ name, startDate }) => `${name} ${startDate}`)).size).toBe(4)
  expect(body.data.map(({ id }) => id).sort()).toEqual(terms.map(({ id }) => id).sort())
  expect(terms.find(({ startDate }) => startDate === '2022-01-01')?.name).toMatch(/2022–2025/)
  for (const pack of ['ua-kharkiv', 'de-stuttgart']) {
    expect((await get(`/bodies/${pack}`)).body.legislativeTerm).toEqual([])
    expect((await get(`/bodies/${pack}/legislativeTerms`)).body.data).toEqual([])
  }
})

test('GOV-3: lists have pages, and are narrowed by when things were made and changed', async () => {
  const all = await get('/bodies/de-stuttgart/meetings')
  const pages: Thing[] = []
  let next: string | undefined = `${url}/open/oparl/bodies/de-stuttgart/meetings?limit=4`
  while (next) {
    const { body }: { body: List } = await get(next)
    expect(body.data.length).toBeLessThanOrEqual(4)
    pages.push(...body.data)
    next = body.links.next
  }
  expect(pages.map(({ id }) => id)).toEqual(all.body.data.map(({ id }) => id))
  const later = encodeURIComponent('2027-01-01T00:00:00+01:00')
  for (const filter of ['created_since', 'modified_since'])
    expect((await get(`/bodies/de-stuttgart/meetings?${filter}=${later}`)).body.data).toEqual([])
  expect((await get(`/bodies/de-stuttgart/meetings?created_until=${later}`)).body.data.length).toBe(6)
  for (const wrong of ['created_since=yesterday', 'limit=0', 'after=x'])
    expect((await get(`/bodies/de-stuttgart/meetings?${wrong}`)).status).toBe(400)
  for (const missing of [
    '/bodies/nowhere',
    '/bodies/de-stuttgart/constructor',
    '/meetings/x',
    '/organizations/vertragskommission',
    '/files/minutes-x',
  ])
    expect((await get(missing)).status, missing).toBe(404)
})

test('GOV-3: what was taken away is told to whoever asks what changed, without a word of it', async () => {
  const list = '/bodies/de-stuttgart/agendaItems'
  const shown = (await get(list)).body.data
  expect(shown.every(({ deleted }) => deleted === undefined)).toBe(true)
  const changed = (await get(`${list}?modified_since=2020-01-01T00:00:00Z`)).body.data
  const gone = changed.filter(({ deleted }) => deleted === true)
  expect(gone.length).toBe(1)
  expect(JSON.stringify(gone)).not.toContain('fällt weg')
  expect((await get(gone[0]?.id ?? '')).body).toMatchObject({ deleted: true })
})

test('GOV-3, GOV-13: nothing confidential, of a body that is not public, or about a person stands anywhere', async () => {
  const about = await addActor(db, 'Kharkiv', [{ organisation: 'dovira', role: 'secretariat' }])
  await db.ownerPool.query(
    `update governance.body set profile = profile || '{"public": true}' where slug = 'robocha-hrupa-sotsialnoho-suprovodu'`,
  )
  okValue(
    await does(db, about, recordMeeting, {
      body: 'robocha-hrupa-sotsialnoho-suprovodu',
      day: '2026-11-10',
      begins: '10:00',
      locale: 'uk',
      until: 'approved',
      items: [
        {
          title: 'x',
          kind: 'pochatok-suprovodu',
          decision: { how: 'consensus', outcome: 'agreed', title: 'особисте-таємне' },
        },
      ],
    }),
  )
  const read: string[] = []
  for (const body of ['de-stuttgart', 'ua-kharkiv'])
    for (const list of lists) {
      const answer = await fetch(`${url}/open/oparl/bodies/${body}/${list}?modified_since=2020-01-01T00:00:00Z`)
      read.push(await answer.text())
    }
  for (const page of [
    '/open/meetings.atom',
    '/open/meetings.ics',
    '/meetings?when=past',
    '/matters',
    '/api/v1/meetings',
    '/api/v1/matters',
  ])
    for (const region of ['?region=de-stuttgart', '?region=ua-kharkiv'])
      read.push(await (await fetch(`${url}${page}${page.includes('?') ? region.replace('?', '&') : region}`)).text())
  const all = read.join('\n')
  expect(all).toContain('Hilfen 5')
  for (const secret of [mark, 'особисте-таємне', 'pochatok-suprovodu']) expect(all).not.toContain(secret)
  const { rows } = await db.ownerPool.query('select count(*)::int as n from governance.item_decision')
  expect(rows[0].n).toBeGreaterThan(5)
  expect(await db.transact({ actor: null }, (tx) => tx.all(sql`select 1 from governance.vote`))).toEqual([])
})
