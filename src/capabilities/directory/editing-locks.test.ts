import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { query } from '../../platform/db/database.ts'
import { addService } from './commands/add-service.ts'
import { addLocation, changeLocation } from './commands/change-location.ts'
import { changeOrganisation } from './commands/change-organisation.ts'
import { changeService } from './commands/change-service.ts'
import { acceptProposal } from './commands/decide-proposal.ts'
import { proposeChange } from './commands/propose-change.ts'
import { requireApproval } from './commands/require-approval.ts'
import { restoreVersion } from './commands/restore-version.ts'
import { setStatus } from './commands/set-status.ts'
import { addOrganisation, does, loadPacks, smallCard, type TestSite, testSite } from './editing.fixture.ts'
import { askForFreshness } from './jobs/freshness.ts'
import { organisationBySlug } from './store/edit-organisation.ts'
import { serviceBySlug } from './store/read-service.ts'
import type { ServiceCard } from './types.ts'

const db = await testDatabase()
const day = 86_400_000
let area = ''
let elsewhere = ''
let editor: Actor
let staff: Actor
let other: Actor
let site: TestSite

beforeAll(async () => {
  await loadPacks(db, ['ua-kharkiv', 'de-stuttgart'])
  const tops = await db.ownerPool.query<{ code: string; pack: string }>(
    'select code, pack from access.area where parent is null',
  )
  area = tops.rows.find((row) => row.pack === 'ua-kharkiv')?.code ?? ''
  elsewhere = tops.rows.find((row) => row.pack === 'de-stuttgart')?.code ?? ''
  for (const slug of ['office', 'provider', 'neighbour']) await addOrganisation(db, slug, area)
  editor = await addActor(db, 'Editor', [{ organisation: 'office', role: 'editor' }])
  staff = await addActor(db, 'Staff', [{ organisation: 'provider', role: 'provider' }])
  other = await addActor(db, 'Neighbour', [{ organisation: 'neighbour', role: 'provider' }])
  site = await testSite(db)
})

const service = async (slug: string) => {
  const found = await db.transact({ actor: null }, (tx) => serviceBySlug(tx, slug))
  if (!found) throw new Error(`${slug} is gone`)
  return found
}
const stored = async (slug: string) => {
  const found = await db.transact({ actor: null }, (tx) => organisationBySlug(tx, slug))
  if (!found) throw new Error(`${slug} is gone`)
  return found
}
const value = <T>(outcome: { is: string; value?: T }): T => {
  expect(outcome.is).toBe('ok')
  return outcome.value as T
}
const add = async (slug: string, more: Partial<ServiceCard> = {}) => {
  value(await does(db, editor, addService, { card: smallCard(slug, 'provider', area, more) }))
  return service(slug)
}
const approval = (required: boolean) => does(db, editor, requireApproval, { slug: 'provider', required })
const refusedAt = (outcome: object) =>
  'errors' in outcome ? (outcome.errors as { path: string }[]).map((error) => error.path) : outcome

describe('DIR-7: what a change may not do', () => {
  test('DIR-7: a card keeps its address and its organisation, and names only what is known, also in a proposal', async () => {
    const { version, card } = await add('keeps')
    for (const [more, path] of [
      [{ slug: 'another' }, 'card.slug'],
      [{ organisation: 'neighbour' }, 'card.organisation'],
      [{ locations: ['no-such-place'] }, 'card.locations.0'],
      [{ areas: [area, 'ATLANTIS'] }, 'card.areas.1'],
      [{ targetGroups: ['martians'] }, 'card.targetGroups.0'],
      [{ situations: ['bored'] }, 'card.situations.0'],
    ] as const)
      for (const command of [changeService, proposeChange])
        expect(
          refusedAt(await does(db, editor, command, { slug: 'keeps', version, card: { ...card, ...more } })),
        ).toEqual([path])
    expect((await service('keeps')).version).toBe(version)
  })

  test('DIR-7: where changes wait for an editor, an old version that staff restore waits too', async () => {
    const { version, card } = await add('waits')
    value(
      await does(db, editor, changeService, { slug: 'waits', version, card: { ...card, summary: { en: 'Newer' } } }),
    )
    value(await approval(true))
    const restored = value(await does(db, staff, restoreVersion, { slug: 'waits', version: version + 1, to: 1 }))
    expect(restored.proposal).toBeDefined()
    expect((await service('waits')).card.summary).toEqual({ en: 'Newer' })
    value(await approval(false))
  })

  test('DIR-7: restored is the whole record: a service that ran then runs again', async () => {
    const { version } = await add('runs')
    value(await does(db, editor, setStatus, { slug: 'runs', version, status: 'defunct', confirmed: true }))
    value(await does(db, editor, restoreVersion, { slug: 'runs', version: version + 1, to: version }))
    expect((await service('runs')).status).toBe('active')
  })

  test('DIR-7: words that are accepted open no door that was closed since', async () => {
    value(await approval(true))
    const { version, card } = await add('closed-since')
    const changed = { slug: 'closed-since', version, card: { ...card, summary: { en: 'Other words' } } }
    const { proposal = '' } = value(await does(db, staff, changeService, changed))
    value(await does(db, staff, setStatus, { slug: 'closed-since', version, status: 'temporarily closed' }))
    value(await does(db, editor, acceptProposal, { id: proposal, version: version + 1 }))
    const now = await service('closed-since')
    expect([now.status, now.card.summary]).toEqual(['temporarily closed', { en: 'Other words' }])
    value(await approval(false))
  })

  test('DIR-7: only an editor moves an organisation, and to no area beyond their own', async () => {
    const { version, profile } = await stored('provider')
    const district = (
      await db.ownerPool.query("select code from access.area where pack = 'ua-kharkiv' and parent is not null limit 1")
    ).rows[0].code
    const move = (actor: Actor, to: string) =>
      does(db, actor, changeOrganisation, { slug: 'provider', version, profile: { ...profile, area: to } })
    expect(refusedAt(await move(staff, district))).toEqual(['profile.area'])
    expect(refusedAt(await move(editor, elsewhere))).toEqual(['profile.area'])
    expect(refusedAt(await move(editor, 'ATLANTIS'))).toEqual(['profile.area'])
    expect((await stored('provider')).version).toBe(version)
  })

  test('DIR-5: what an organisation is called, and where its place lies, is found as it is now', async () => {
    const place = { names: { en: 'House' }, area, point: [36.2, 50] as [number, number] }
    const { slug: at } = value(await does(db, editor, addLocation, { organisation: 'provider', location: place }))
    const { id } = await add('found', { locations: [at] })
    const { version, profile } = await stored('provider')
    const named = { ...profile, names: { en: 'Quokka society' } }
    value(await does(db, editor, changeOrganisation, { slug: 'provider', version, profile: named }))
    const moved = { slug: at, names: { en: 'House' }, area, point: [36.3, 50] }
    value(await does(db, editor, changeLocation, { organisation: 'provider', slug: at, version: 1, location: moved }))
    const { rows } = await db.ownerPool.query(
      `select longitude, lexemes @@ '''en_quokka'''::tsquery as found from directory.service where id = $1`,
      [id],
    )
    expect(rows).toEqual([{ longitude: 36.3, found: true }])
    value(await does(db, editor, changeOrganisation, { slug: 'provider', version: version + 1, profile }))
  })

  test('DIR-7: long histories and lists come page by page, each row once', async () => {
    const { card } = await add('long')
    for (let version = 1; version < 30; version++)
      value(
        await does(db, editor, changeService, {
          slug: 'long',
          version,
          card: { ...card, summary: { en: `Text ${version}` } },
        }),
      )
    site.actor = editor
    const shown = async (path: string, pattern: RegExp) => {
      const seen: (string | undefined)[] = []
      for (let at: string | undefined = path; at && seen.length < 500; ) {
        const html: string = await (await site.fetch(at)).text()
        seen.push(...[...html.matchAll(pattern)].map((match) => match[1]))
        at = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
      }
      return seen
    }
    const versions = await shown('/directory/services/long/versions', /Version (\d+) · /g)
    expect(versions).toEqual(Array.from({ length: 30 }, (_, at) => String(30 - at)))
    for (let number = 0; number < 30; number++) await add(`list-${number}`)
    for (const order of ['due', 'changed']) {
      const cards = await shown(
        `/directory/services?order=${order}`,
        /<th scope="row"><a class="ln-link" href="\/directory\/services\/([^"]+)"/g,
      )
      const { rows } = await db.ownerPool.query(
        "select s.slug from directory.service s join access.organisation o on o.id = s.organisation_id where s.pack = 'ua-kharkiv'",
      )
      expect(cards.length, order).toBe(rows.length)
      expect(new Set(cards).size, order).toBe(rows.length)
    }
  })
})

describe('DIR-6: who has confirmed what', () => {
  test('DIR-6: whoever writes, confirms in the form, or accepts has confirmed; other changes confirm nothing', async () => {
    const { version, card, assuredAt, due } = await add('assured')
    expect(assuredAt).toEqual(db.clock.now)
    expect(due > db.clock.now).toBe(true)
    const change = async (actor: Actor, more: object) => {
      db.clock.advance(day)
      const { version: now } = await service('assured')
      return value(await does(db, actor, changeService, { slug: 'assured', version: now, card, ...more }))
    }
    await change(editor, {})
    expect((await service('assured')).assuredAt).toEqual(assuredAt)
    await change(editor, { assured: true })
    expect((await service('assured')).assuredAt).toEqual(db.clock.now)
    value(await approval(true))
    const { proposal = '', version: base } = await change(staff, {})
    expect((await service('assured')).assuredAt).not.toEqual(db.clock.now)
    value(await does(db, editor, acceptProposal, { id: proposal, version: base }))
    expect((await service('assured')).assuredAt).toEqual(db.clock.now)
    expect(version).toBe(1)
    value(await approval(false))
  })

  const ask = () =>
    db.transact({ actor: null, purpose: 'administration' }, (tx) => askForFreshness(tx, 'http://localhost:3000'))
  const letters = async () => {
    const { rows } = await db.ownerPool.query(
      "select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail.send' order by j.id",
    )
    return rows.map(({ payload }) => payload as { to: string; locale: string; parameters: { link: string } })
  }

  test('DIR-6: without an address of its own its staff are asked, each in their language; who left, invented and closed ones are not', async () => {
    for (const [slug, more] of [
      ['invented', { example: true }],
      ['closed', {}],
    ] as const) {
      await addOrganisation(db, slug, area, { email: `cards@${slug}.example.org` })
      const { version, profile } = await stored(slug)
      value(await does(db, editor, changeOrganisation, { slug, version, profile: { ...profile, ...more } }))
      value(await does(db, editor, addService, { card: smallCard(`of-${slug}`, slug, area) }))
    }
    value(await does(db, editor, setStatus, { slug: 'of-closed', version: 1, status: 'temporarily closed' }))
    const left = await addActor(db, 'Left', [{ organisation: 'provider', role: 'provider' }])
    const disabled = await addActor(db, 'Disabled', [{ organisation: 'provider', role: 'provider' }])
    await db.ownerPool.query('update access.membership set until = $2 where account_id = $1', [
      left.account,
      db.clock.now,
    ])
    await db.ownerPool.query('update access.account set disabled_at = now() where id = $1', [disabled.account])
    await db.ownerPool.query("update access.account set locale = 'da' where id = $1", [staff.account])
    db.clock.advance(200 * day)
    await ask()
    const { rows } = await db.ownerPool.query('select email from access.account where id = $1', [staff.account])
    expect((await letters()).map(({ to, locale }) => [to, locale])).toEqual([[rows[0].email, 'da']])
  })

  test('DIR-6: the link shows no card that is unseen or has ended; who answers for some is not asked again the next day', async () => {
    await add('ended')
    value(await does(db, editor, setStatus, { slug: 'ended', version: 1, status: 'defunct', confirmed: true }))
    await db.ownerPool.query("update directory.service set status = 'inactive' where slug = 'waits'")
    site.actor = null
    const path = new URL((await letters())[0]?.parameters.link ?? '').pathname
    const html = await (await site.fetch(path)).text()
    expect(html).toContain('name="cards.keeps.right"')
    expect(html).not.toContain('name="cards.ended.right"')
    expect(html).not.toContain('name="cards.waits.right"')
    expect((await site.fetch(path, { fields: { 'cards.keeps.right': 'yes' } })).status).toBe(200)
    db.clock.advance(day)
    await ask()
    expect(await letters()).toHaveLength(1)
    db.clock.advance(13 * day)
    await ask()
    expect(await letters()).toHaveLength(2)
  })
})

describe('the database keeps the same rules by itself', () => {
  const admin = { actor: null, purpose: 'administration' } as const

  test('DIR-7: nobody writes a version, or a proposal, in the name of somebody else', async () => {
    const { id, card } = await add('spoofed')
    const { id: organisation, profile } = await stored('provider')
    const place = (await stored('provider')).locations[0]
    const as = (actor: Actor) => ({ actor: actor.account })
    const told = { origin: 'page', deed: 'change', account_id: editor.account, version: 99 }
    await expect(
      db.transact(as(other), (tx) =>
        tx.all(
          query
            .insertInto('directory.service_version')
            .values({ ...told, service_id: id, card: JSON.stringify(card), status: 'active' }),
        ),
      ),
    ).rejects.toThrow(/row-level security/)
    await expect(
      db.transact(as(other), (tx) =>
        tx.all(
          query
            .insertInto('directory.organisation_version')
            .values({ ...told, organisation_id: organisation, profile: JSON.stringify(profile) }),
        ),
      ),
    ).rejects.toThrow(/row-level security/)
    await expect(
      db.transact(as(other), (tx) =>
        tx.all(
          query
            .insertInto('directory.location_version')
            .values({ ...told, location_id: place?.id ?? '', details: JSON.stringify(place?.location) }),
        ),
      ),
    ).rejects.toThrow(/row-level security/)
    const propose = (actor: Actor, more: object) =>
      db.transact(as(actor), (tx) =>
        tx.all(
          query.insertInto('directory.proposal').values({
            service_id: id,
            base_version: 1,
            card: JSON.stringify(card),
            status: 'active',
            account_id: actor.account,
            at: db.clock.now,
            ...more,
          }),
        ),
      )
    for (const [actor, more] of [
      [staff, { account_id: editor.account }],
      [staff, { state: 'accepted' }],
      [other, {}],
    ] as const)
      await expect(propose(actor, more)).rejects.toThrow(/row-level security/)
    await propose(staff, {})
    await expect(propose(staff, {})).rejects.toThrow(/proposal_waiting/)
  })

  test('DIR-7: a role that has ended reads no versions any more', async () => {
    const { id } = await add('formerly')
    const former = await addActor(db, 'Former', [{ organisation: 'provider', role: 'provider' }])
    const formerEditor = await addActor(db, 'Former editor', [{ organisation: 'office', role: 'editor' }])
    for (const { account } of [former, formerEditor]) {
      const seen = async () =>
        (
          await db.transact({ actor: account }, (tx) =>
            tx.all(query.selectFrom('directory.service_version').select('version').where('service_id', '=', id)),
          )
        ).length
      expect(await seen()).toBe(1)
      await db.ownerPool.query(
        "update access.membership set until = now() - interval '1 second' where account_id = $1",
        [account],
      )
      expect(await seen()).toBe(0)
    }
  })

  test('DIR-6: no visitor speaks as the provider, and no link is kept but by its hash', async () => {
    const { id } = await add('remarked')
    const remark = (purpose: string | undefined, more: object) =>
      db.transact({ actor: null, ...(purpose ? { purpose } : {}) }, async (tx) =>
        tx.later(
          query.insertInto('directory.remark').values({ service_id: id, text: 'It moved', at: db.clock.now, ...more }),
        ),
      )
    await expect(remark(undefined, { from_provider: true })).rejects.toThrow(/row-level security/)
    await expect(remark(undefined, { settled_at: db.clock.now })).rejects.toThrow(/row-level security/)
    await expect(remark(undefined, { text: 'x' })).rejects.toThrow(/remark_text_check/)
    await remark('assurance', { from_provider: true })
    const { id: organisation } = await stored('provider')
    await expect(
      db.transact(admin, (tx) =>
        tx.all(
          query.insertInto('directory.assurance_request').values({
            organisation_id: organisation,
            emails: [],
            token_hash: Buffer.from('token of a letter'),
            expires_at: db.clock.now,
          }),
        ),
      ),
    ).rejects.toThrow(/token_hash_check/)
  })

  test('DIR-1, DIR-7: no service and no proposal has a status that there is not', async () => {
    await add('status')
    for (const statement of [
      "update directory.service set status = 'open' where slug = 'status'",
      "update directory.service set cost = 'cheap' where slug = 'status'",
      "update directory.proposal set state = 'forgotten'",
      "update directory.proposal set status = 'open'",
      "insert into directory.unmet_search (day, area, kind, count) values ('2026-01-01', 'a', 'k', 0)",
    ])
      await expect(db.ownerPool.query(statement), statement).rejects.toThrow(/check constraint/)
  })
})
