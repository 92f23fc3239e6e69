import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { directoryHouse } from '../../../test/directory-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { encodeCursor } from '../../platform/http/cursor.ts'
import { addService } from './commands/add-service.ts'
import { addLocation } from './commands/change-location.ts'
import { changeService } from './commands/change-service.ts'
import { acceptProposal } from './commands/decide-proposal.ts'
import { leaveRemark } from './commands/remark.ts'
import { requireApproval } from './commands/require-approval.ts'
import { restoreVersion } from './commands/restore-version.ts'
import { addOrganisation, does, loadPacks, smallCard, type TestSite, testSite } from './editing.fixture.ts'
import { publicEditingRoutes } from './routes/editing-public.tsx'
import { publicRoutes } from './routes/public.tsx'
import { searchApi } from './routes/search-api.ts'
import { serviceBySlug } from './store/read-service.ts'

const db = await testDatabase()
let area = ''
let editor: Actor
let staff: Actor
let site: TestSite
let house: Hono

beforeAll(async () => {
  await loadPacks(db, ['ua-kharkiv'])
  area = (await db.ownerPool.query("select code from access.area where pack = 'ua-kharkiv' and parent is null")).rows[0]
    .code
  await addOrganisation(db, 'office', area)
  await addOrganisation(db, 'provider', area)
  editor = await addActor(db, 'Editor', [{ organisation: 'office', role: 'editor' }])
  staff = await addActor(db, 'Staff', [{ organisation: 'provider', role: 'provider' }])
  site = await testSite(db)
  house = await directoryHouse(db, (door) => {
    publicRoutes(door)
    publicEditingRoutes(door)
    searchApi(door)
  })
})

const service = async (slug: string) => {
  const found = await db.transact({ actor: null }, (tx) => serviceBySlug(tx, slug))
  if (!found) throw new Error(`${slug} is gone`)
  return found
}
const value = <T>(outcome: { is: string; value?: T }): T => {
  expect(outcome.is).toBe('ok')
  return outcome.value as T
}
const approval = (required: boolean) => does(db, editor, requireApproval, { slug: 'provider', required })

describe('DIR-7: approval by an editor', () => {
  test('the public meets a new card nowhere until an editor has accepted it', async () => {
    value(await approval(true))
    const card = smallCard('soup-kitchen', 'provider', area)
    const { slug, proposal = '' } = value(await does(db, staff, addService, { card }))
    const { id } = await service(slug)
    const places = [
      `/services/${slug}`,
      `/services/${slug}/pdf`,
      `/services/${slug}/qr.svg`,
      `/services/${slug}/remark`,
      `/s/${id.slice(-10)}`,
      `/api/v1/services/${slug}`,
    ]
    const statuses = () =>
      Promise.all(places.map(async (path) => (await house.request(`http://own.example${path}`)).status))
    expect(await statuses()).toEqual(places.map(() => 404))
    expect(await does(db, null, leaveRemark, { slug, text: 'I found it' })).toEqual({ is: 'notFound' })
    value(await does(db, editor, acceptProposal, { id: proposal, version: 1 }))
    expect(await statuses()).toEqual([200, 200, 200, 200, 303, 200])
  })

  test('of several who propose for one card at once the last one waits, and nobody meets a fault', async () => {
    const slug = 'soup-kitchen'
    const { version, card } = await service(slug)
    const propose = (summary: string) =>
      does(db, staff, changeService, { slug, version, card: { ...card, summary: { en: summary } } })
    const outcomes = await Promise.all(['First', 'Second', 'Third', 'Fourth'].map(propose))
    expect(outcomes.map((outcome) => outcome.is)).toEqual(['ok', 'ok', 'ok', 'ok'])
    const { rows } = await db.ownerPool.query("select id from directory.proposal where state = 'waiting'")
    expect(rows).toHaveLength(1)
    value(await approval(false))
  })
})

describe('names in addresses', () => {
  test('of several cards that take one name at once each gets an address of its own', async () => {
    const card = { ...smallCard('x', 'provider', area), slug: undefined, names: { en: 'Night shelter' } }
    const added = await Promise.all([1, 2, 3, 4].map(() => does(db, editor, addService, { card })))
    const slugs = added.map((outcome) => value(outcome).slug)
    expect(new Set(slugs).size).toBe(4)
    expect((await Promise.all(slugs.map(service))).map((one) => one.card.slug)).toEqual(slugs)
  })

  test('of two places that take one name at once none replaces the other', async () => {
    const place = { slug: 'corner', names: { en: 'Corner' }, area }
    const added = await Promise.all(
      ['provider', 'office'].map((organisation) => does(db, editor, addLocation, { organisation, location: place })),
    )
    expect(added.map((outcome) => outcome.is).sort()).toEqual(['invalid', 'ok'])
  })
})

describe('numbers and moments that nothing holds', () => {
  test('a version beyond what is counted is a mistake of its field', async () => {
    const slug = 'soup-kitchen'
    const { card, version } = await service(slug)
    expect(await does(db, editor, changeService, { slug, version: 3_000_000_000, card })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'version' }],
    })
    expect(await does(db, editor, restoreVersion, { slug, version, to: 3_000_000_000 })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'to' }],
    })
  })

  test('a list that begins on a day that there is not is a malformed address', async () => {
    site.actor = editor
    const asked = async (moment: string) =>
      (await site.fetch(`/directory/services?after=${encodeCursor([moment, editor.account])}`)).status
    for (const moment of ['2026-02-31 00:00:00+00', '2026-01-01 00:00:00+99', '0000-01-01 00:00:00+00'])
      expect(await asked(moment)).toBe(400)
    expect(await asked('2026-02-28 12:00:00.5+00')).toBe(200)
  })
})
