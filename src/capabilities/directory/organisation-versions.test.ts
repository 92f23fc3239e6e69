import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { addLocation, changeLocation } from './commands/change-location.ts'
import { changeOrganisation } from './commands/change-organisation.ts'
import { restoreLocation, restoreOrganisation } from './commands/restore-organisation.ts'
import { addOrganisation, does, formFields, loadPacks, type TestSite, testSite } from './editing.fixture.ts'
import { organisationBySlug } from './store/edit-organisation.ts'
import { listLocationVersions, listOrganisationVersions, oneOrganisationVersion } from './store/record-versions.ts'

const db = await testDatabase()
let area = ''
let editor: Actor
let staff: Actor
let other: Actor
let site: TestSite

beforeAll(async () => {
  await loadPacks(db, ['ua-kharkiv'])
  area = (await db.ownerPool.query("select code from access.area where pack = 'ua-kharkiv' and parent is null")).rows[0]
    .code
  await addOrganisation(db, 'office', area)
  await addOrganisation(db, 'provider', area)
  await addOrganisation(db, 'neighbour', area)
  editor = await addActor(db, 'Editor', [{ organisation: 'office', role: 'editor' }])
  staff = await addActor(db, 'Staff', [{ organisation: 'provider', role: 'provider' }])
  other = await addActor(db, 'Neighbour', [{ organisation: 'neighbour', role: 'provider' }])
  site = await testSite(db)
})

const stored = async (slug = 'provider') => {
  const found = await db.transact({ actor: null }, (tx) => organisationBySlug(tx, slug))
  if (!found) throw new Error(`${slug} is gone`)
  return found
}
const versions = async (actor: Actor) => {
  const { id } = await stored()
  return db.transact({ actor: actor.account }, (tx) => listOrganisationVersions(tx, id, undefined, 100))
}
const value = <T>(outcome: { is: string; value?: T }): T => {
  expect(outcome.is).toBe('ok')
  return outcome.value as T
}

/** Every record whose present state is not its newest version, or that has none. */
async function withoutVersion(): Promise<unknown[]> {
  const { rows } = await db.ownerPool.query(
    `select o.id from directory.organisation o left join directory.organisation_version v on v.organisation_id = o.id and v.version = o.version
       where v.profile is distinct from o.profile
     union all
     select l.id from directory.location l left join directory.location_version v on v.location_id = l.id and v.version = l.version
       where v.details is distinct from l.details`,
  )
  return rows
}

describe('DIR-7: every change of an organisation is a version', () => {
  test('who, when, what; compared by pages, restored by a form; nothing between is lost', async () => {
    const first = await stored()
    db.clock.advance(60_000)
    const changed = await does(db, staff, changeOrganisation, {
      slug: 'provider',
      version: first.version,
      profile: { ...first.profile, names: { en: 'Another name' }, website: 'https://provider.example.org' },
    })
    expect(value(changed)).toEqual({ slug: 'provider', version: first.version + 1 })
    expect(await versions(staff)).toMatchObject([
      { version: 2, deed: 'change', origin: 'page', by: 'Staff', stored: { names: { en: 'Another name' } } },
      { version: 1, deed: 'add', by: undefined, stored: { names: { en: 'Organisation provider' } } },
    ])

    site.actor = staff
    const list = await (await site.fetch('/directory/organisations/provider/versions')).text()
    expect(list).toContain('Version 2')
    expect(list).toContain('href="/directory/organisations/provider/versions/1..2"')
    expect(list).toContain('Staff')
    const beside = await (await site.fetch('/directory/organisations/provider/versions/1..2')).text()
    expect(beside).toMatch(/<del>.*Organisation provider|<del>Organisation/)
    expect(beside).toContain('https://provider.example.org')

    const action = '/directory/organisations/provider/restore'
    expect((await site.fetch(action, { fields: formFields(list, action) })).status).toBe(303)
    const now = await stored()
    expect([now.version, now.profile]).toEqual([3, first.profile])
    expect((await versions(staff)).map(({ version, deed }) => [version, deed])).toEqual([
      [3, 'restore 1'],
      [2, 'change'],
      [1, 'add'],
    ])
    const names = await db.ownerPool.query("select names from access.organisation where slug = 'provider'")
    expect(names.rows[0].names).toEqual({ en: 'Organisation provider' })
    expect(await withoutVersion()).toEqual([])
  })

  test('a restore that comes too late, names no version, or oversteps its actor changes nothing', async () => {
    const { version, profile } = await stored()
    expect(await does(db, staff, restoreOrganisation, { slug: 'provider', version: 1, to: 2 })).toMatchObject({
      is: 'conflict',
      current: { version },
    })
    expect(await does(db, staff, restoreOrganisation, { slug: 'provider', version, to: 99 })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'to' }],
    })
    const kind = await does(db, editor, changeOrganisation, {
      slug: 'provider',
      version,
      profile: { ...profile, kind: 'public' },
    })
    expect(kind.is).toBe('ok')
    expect(await does(db, staff, restoreOrganisation, { slug: 'provider', version: version + 1, to: 1 })).toMatchObject(
      {
        is: 'invalid',
        errors: [{ path: 'profile.kind' }],
      },
    )
    expect((await does(db, other, restoreOrganisation, { slug: 'provider', version: version + 1, to: 1 })).is).toBe(
      'forbidden',
    )
    expect((await stored()).version).toBe(version + 1)
    site.actor = staff
    const late = await site.fetch('/directory/organisations/provider/restore', { fields: { version: '1', to: '1' } })
    expect(late.headers.get('location')).toBe('/directory/organisations/provider/versions')
    expect((await stored()).version).toBe(version + 1)
  })

  test('another provider sees none of it: not by a page, and not in the database', async () => {
    const { id } = await stored()
    site.actor = other
    for (const path of ['versions', 'versions/1..2'])
      expect((await site.fetch(`/directory/organisations/provider/${path}`)).status).toBe(403)
    expect(await versions(other)).toEqual([])
    expect(await db.transact({ actor: other.account }, (tx) => oneOrganisationVersion(tx, id, 1))).toBeUndefined()
    expect((await versions(editor)).length).toBeGreaterThan(1)
    for (const path of ['versions/1..99', 'versions/1', 'versions/x..y']) {
      site.actor = staff
      expect([400, 404]).toContain((await site.fetch(`/directory/organisations/provider/${path}`)).status)
    }
  })
})

describe('DIR-7: every change of a place is a version', () => {
  test('added, changed, compared, restored', async () => {
    const location = { names: { en: 'House' }, area, address: undefined }
    const { slug } = value(await does(db, staff, addLocation, { organisation: 'provider', location }))
    const place = async () => (await stored()).locations.find((one) => one.location.slug === slug)
    const before = await place()
    const changed = await does(db, staff, changeLocation, {
      organisation: 'provider',
      slug,
      version: 1,
      location: { ...before?.location, names: { en: 'House by the river' } },
    })
    expect(changed.is).toBe('ok')
    const kept = await db.transact({ actor: staff.account }, (tx) =>
      listLocationVersions(tx, before?.id ?? '', undefined, 10),
    )
    expect(kept).toMatchObject([
      { version: 2, deed: 'change', by: 'Staff' },
      { version: 1, deed: 'add', by: 'Staff' },
    ])
    expect(
      await db.transact({ actor: other.account }, (tx) => listLocationVersions(tx, before?.id ?? '', undefined, 10)),
    ).toEqual([])

    site.actor = staff
    const base = `/directory/organisations/provider/locations/${slug}`
    expect(await (await site.fetch(base)).text()).toContain(`href="${base}/versions"`)
    const list = await (await site.fetch(`${base}/versions`)).text()
    expect(await (await site.fetch(`${base}/versions/1..2`)).text()).toContain('by the river</ins>')
    expect((await site.fetch(`${base}/restore`, { fields: formFields(list, `${base}/restore`) })).status).toBe(303)
    const now = await place()
    expect([now?.version, now?.location]).toEqual([3, before?.location])
    expect(await does(db, staff, restoreLocation, { organisation: 'provider', slug, version: 2, to: 1 })).toMatchObject(
      {
        is: 'conflict',
      },
    )
    site.actor = other
    expect((await site.fetch(`${base}/versions`)).status).toBe(403)
    expect(await withoutVersion()).toEqual([])
  })

  test('what a pack brings is a version too, and what it brings again is none', async () => {
    const count = async () =>
      (
        await db.ownerPool.query(
          `select (select count(*)::int from directory.organisation_version) + (select count(*)::int from directory.location_version) as n`,
        )
      ).rows[0].n
    const forget = () => db.ownerPool.query("update packs.pack set sha256 = repeat('0', 64) where id = 'ua-kharkiv'")
    expect(await withoutVersion()).toEqual([])
    const before = await count()
    await forget()
    await loadPacks(db, ['ua-kharkiv'])
    expect(await count()).toBe(before)
    await db.ownerPool.query(
      `update directory.location set details = details || '{"names": {"en": "Elsewhere"}}'
       where id = (select location_id from directory.location_version where deed like 'pack %' limit 1)`,
    )
    await forget()
    await loadPacks(db, ['ua-kharkiv'])
    expect(await count()).toBe(before + 1)
    expect(await withoutVersion()).toEqual([])
    const { rows } = await db.ownerPool.query(
      "select distinct deed from directory.location_version where deed like 'pack %'",
    )
    expect(rows).toEqual([{ deed: 'pack ua-kharkiv' }])
  })
})
