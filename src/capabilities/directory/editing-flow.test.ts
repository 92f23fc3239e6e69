import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { query } from '../../platform/db/database.ts'
import { addService } from './commands/add-service.ts'
import { changeService } from './commands/change-service.ts'
import { acceptProposal, declineProposal } from './commands/decide-proposal.ts'
import { requireApproval } from './commands/require-approval.ts'
import { setStatus } from './commands/set-status.ts'
import { addOrganisation, does, formFields, loadPacks, smallCard, type TestSite, testSite } from './editing.fixture.ts'
import { askForFreshness } from './jobs/freshness.ts'
import { confirmLetter } from './letters.ts'
import { sinks } from './rules/freshness.ts'
import { proposalById } from './store/edit-proposals.ts'
import { serviceBySlug } from './store/read-service.ts'

const db = await testDatabase()
const day = 86_400_000
let area = ''
let editor: Actor
let staff: Actor
let site: TestSite

beforeAll(async () => {
  await loadPacks(db, ['ua-kharkiv'])
  area = (await db.ownerPool.query("select code from access.area where pack = 'ua-kharkiv' and parent is null")).rows[0]
    .code
  await addOrganisation(db, 'office', area)
  await addOrganisation(db, 'provider', area, { email: 'cards@provider.example.org' })
  editor = await addActor(db, 'Editor', [{ organisation: 'office', role: 'editor' }])
  staff = await addActor(db, 'Staff', [{ organisation: 'provider', role: 'provider' }])
  site = await testSite(db)
})

const service = async (slug: string) => {
  const found = await db.transact({ actor: null }, (tx) => serviceBySlug(tx, slug))
  if (!found) throw new Error(`${slug} is gone`)
  return found
}
const add = (slug: string, organisation = 'provider', more = {}) =>
  does(db, editor, addService, { card: smallCard(slug, organisation, area, more) })
const value = <T>(outcome: { is: string; value?: T }): T => {
  expect(outcome.is).toBe('ok')
  return outcome.value as T
}

describe('DIR-7: approval by an editor', () => {
  test('a change waits, is seen with its differences, and becomes a version when accepted', async () => {
    await add('approve-me')
    value(await does(db, editor, requireApproval, { slug: 'provider', required: true }))
    const card = { ...(await service('approve-me')).card, summary: { en: 'New words' } }
    const { proposal = '', version } = value(
      await does(db, staff, changeService, { slug: 'approve-me', version: 1, card }),
    )
    expect(version).toBe(1)
    expect((await service('approve-me')).card.summary).toEqual({ en: 'It helps people.' })

    site.actor = editor
    expect(await (await site.fetch('/directory')).text()).toContain(`/directory/proposals/${proposal}`)
    const html = await (await site.fetch(`/directory/proposals/${proposal}`)).text()
    expect(html).toContain('<ins>New words</ins>')
    const accepted = await site.fetch(`/directory/proposals/${proposal}/accept`, {
      fields: formFields(html, `/directory/proposals/${proposal}/accept`),
    })
    expect(accepted.status).toBe(303)
    const after = await service('approve-me')
    expect([after.version, after.card.summary]).toEqual([2, { en: 'New words' }])
    expect(await does(db, editor, acceptProposal, { id: proposal, version: 2 })).toMatchObject({ is: 'late' })
  })

  test('staff who go on writing find their own words in the form, and one proposal waits', async () => {
    const { card, version } = await service('approve-me')
    const first = value(
      await does(db, staff, changeService, {
        slug: 'approve-me',
        version,
        card: { ...card, summary: { en: 'First try' } },
      }),
    )
    site.actor = staff
    expect(await (await site.fetch('/directory/services/approve-me/edit')).text()).toContain('First try')
    const second = value(
      await does(db, staff, changeService, {
        slug: 'approve-me',
        version,
        card: { ...card, summary: { en: 'Second try' } },
      }),
    )
    const states = await db.transact({ actor: staff.account }, (tx) =>
      Promise.all([first, second].map((one) => proposalById(tx, one.proposal ?? ''))),
    )
    expect(states.map((one) => one?.state)).toEqual(['withdrawn', 'waiting'])
  })

  test('a declined proposal says why, and the card stays', async () => {
    const before = await service('approve-me')
    const { proposal = '' } = value(
      await does(db, staff, changeService, {
        slug: 'approve-me',
        version: before.version,
        card: { ...before.card, summary: { en: 'Third' } },
      }),
    )
    expect(await does(db, editor, declineProposal, { id: proposal, reason: '  ' })).toMatchObject({
      is: 'invalid',
      errors: [{ path: 'reason' }],
    })
    value(await does(db, editor, declineProposal, { id: proposal, reason: 'Say which days' }))
    expect((await service('approve-me')).version).toBe(before.version)
    site.actor = staff
    expect(await (await site.fetch('/directory')).text()).toContain('Say which days')
  })

  test('a proposal over a card that was changed meanwhile is looked at again', async () => {
    const before = await service('approve-me')
    const { proposal = '' } = value(
      await does(db, staff, changeService, {
        slug: 'approve-me',
        version: before.version,
        card: { ...before.card, summary: { en: 'Fourth' } },
      }),
    )
    value(
      await does(db, editor, changeService, {
        slug: 'approve-me',
        version: before.version,
        card: { ...before.card, email: 'new@example.org' },
      }),
    )
    expect(await does(db, editor, acceptProposal, { id: proposal, version: before.version })).toMatchObject({
      is: 'conflict',
    })
  })

  test('a new card is unseen until an editor accepts it, and nobody opens it past them', async () => {
    const { slug, proposal = '' } = value(
      await does(db, staff, addService, {
        card: { ...smallCard('x', 'provider', area), slug: undefined, names: { en: 'Soup kitchen' } },
      }),
    )
    expect(slug).toBe('soup-kitchen')
    expect((await service(slug)).status).toBe('inactive')
    expect(await does(db, staff, setStatus, { slug, version: 1, status: 'active' })).toMatchObject({ is: 'invalid' })
    value(await does(db, editor, acceptProposal, { id: proposal, version: 1 }))
    expect((await service(slug)).status).toBe('active')
  })

  test('closing for now holds at once, approval or not', async () => {
    const { version } = await service('soup-kitchen')
    value(await does(db, staff, setStatus, { slug: 'soup-kitchen', version, status: 'temporarily closed' }))
    expect((await service('soup-kitchen')).status).toBe('temporarily closed')
    expect(
      await does(db, staff, setStatus, { slug: 'soup-kitchen', version: version + 1, status: 'defunct' }),
    ).toMatchObject({ is: 'invalid', errors: [{ path: 'confirmed' }] })
    value(await does(db, editor, requireApproval, { slug: 'provider', required: false }))
  })
})

describe('DIR-7: changing over the interface', () => {
  const api = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    site.fetch(path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    })

  test('adds, changes with If-Match, refuses a stale version with what is stored, restores', async () => {
    site.actor = { ...editor, scopes: ['directory:write'] }
    const made = await api('POST', '/api/v1/services', { card: smallCard('by-api', 'provider', area) })
    expect(made.status).toBe(201)
    const changed = { ...smallCard('by-api', 'provider', area), summary: { en: 'Other' } }
    expect(
      await (await api('PUT', '/api/v1/services/by-api', { card: changed }, { 'if-match': '"1"' })).json(),
    ).toMatchObject({ version: 2 })
    const stale = await api('PUT', '/api/v1/services/by-api', { card: changed }, { 'if-match': '"1"' })
    expect(stale.status).toBe(409)
    expect(await stale.json()).toMatchObject({ current: { version: 2, card: { summary: { en: 'Other' } } } })
    expect((await api('PUT', '/api/v1/services/by-api', { card: changed })).status).toBe(422)
    expect(
      await (await api('POST', '/api/v1/services/by-api/restore', { to: 1 }, { 'if-match': '"2"' })).json(),
    ).toMatchObject({ version: 3 })
    expect((await service('by-api')).card.summary).toEqual({ en: 'It helps people.' })
  })

  test('needs the scope, a card of known terms, and a free slug', async () => {
    site.actor = { ...editor, scopes: ['directory:read'] }
    expect((await api('POST', '/api/v1/services', { card: smallCard('no', 'provider', area) })).status).toBe(403)
    site.actor = { ...editor, scopes: ['directory:write'] }
    const wrong = await api('POST', '/api/v1/services', {
      card: smallCard('no', 'provider', area, { kind: 'nobody-knows' }),
    })
    expect([wrong.status, (await wrong.json()).errors[0].path]).toEqual([422, 'card.kind'])
    expect(
      (await (await api('POST', '/api/v1/services', { card: smallCard('by-api', 'provider', area) })).json()).errors[0]
        .path,
    ).toBe('card.slug')
  })
})

describe('DIR-6: freshness', () => {
  const ask = () =>
    db.transact({ actor: null, purpose: 'administration' }, (tx) => askForFreshness(tx, 'http://localhost:3000'))
  const letters = async () => {
    const { rows } = await db.ownerPool.query(
      "select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail.send' order by j.id",
    )
    return rows.map(
      (row) =>
        row.payload as {
          to: string
          template: string
          locale: 'uk'
          parameters: { link: string; count: number; reminder: boolean }
        },
    )
  }
  const toProvider = async () => (await letters()).filter((letter) => letter.to === 'cards@provider.example.org')

  test('asks each provider by one letter for all its cards, and not again the next day', async () => {
    await add('crisis-line', 'provider', { crisis: true, phones: [{ number: '0800 100 200' }] })
    await add('only-crisis', 'office', { crisis: true })
    expect(await ask()).toBe(0)
    db.clock.advance(200 * day)
    expect(await ask()).toBeGreaterThan(0)
    expect(await ask()).toBe(0)
    db.clock.advance(day)
    expect(await ask()).toBe(0)
    const sent = await toProvider()
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      template: 'directory.confirm',
      locale: 'uk',
      parameters: { count: 3, reminder: false },
    })
    expect(confirmLetter.parameters.safeParse(sent[0]?.parameters).success).toBe(true)
    db.clock.advance(13 * day)
    await ask()
    expect(await toProvider()).toHaveLength(2)
    expect((await toProvider())[1]?.parameters.reminder).toBe(true)
  })

  test('a crisis service never sinks; its editor is called, with a number, and the call is noted', async () => {
    const due = await service('crisis-line')
    expect(due.due <= db.clock.now).toBe(true)
    expect(sinks({ assuredAt: due.assuredAt, due: due.due, crisis: due.card.crisis }, db.clock.now)).toBe(false)
    const recipients = (await letters()).map((letter) => letter.to)
    // the office has nothing but a crisis service that is due
    expect(recipients.filter((to) => to.startsWith('editor@'))).toEqual([])
    site.actor = editor
    const desk = await (await site.fetch('/directory')).text()
    expect(desk).toContain('href="tel:0800100200"')
    expect((await site.fetch('/directory/services/crisis-line/confirm', { fields: {} })).status).toBe(303)
    expect((await service('crisis-line')).due > db.clock.now).toBe(true)
    expect(await (await site.fetch('/directory')).text()).not.toContain('href="tel:0800100200"')
  })

  test('one link confirms all cards at once, corrects what is wrong, and explains itself afterwards', async () => {
    site.actor = null
    const link = (await toProvider())[1]?.parameters.link ?? ''
    const path = new URL(link).pathname
    const page = await site.fetch(path)
    expect(page.status).toBe(200)
    const html = await page.text()
    for (const slug of ['approve-me', 'by-api', 'crisis-line', 'soup-kitchen'])
      expect(html).toContain(`name="cards.${slug}.right"`)
    const fields = formFields(html, path)

    const silent = new URLSearchParams(fields)
    silent.set('cards.by-api.right', 'no')
    silent.set('cards.approve-me.right', 'yes')
    const refused = await site.fetch(path, { fields: silent })
    expect(refused.status).toBe(422)
    const again = await refused.text()
    expect(again).toContain('href="#f-cards-by-api-wrong"')
    expect(formFields(again, path).get('cards.approve-me.right')).toBe('yes')

    silent.set('cards.by-api.wrong', 'We moved to another street')
    expect((await site.fetch(path, { fields: silent })).status).toBe(200)
    const confirmed = await service('approve-me')
    expect(confirmed.assuredBy).toBe('Organisation provider')
    expect(confirmed.assuredAt).toEqual(db.clock.now)
    expect(confirmed.due > db.clock.now).toBe(true)
    expect((await service('by-api')).due <= db.clock.now).toBe(true)
    site.actor = editor
    expect(await (await site.fetch('/directory')).text()).toContain('We moved to another street')

    site.actor = null
    const used = await site.fetch(path)
    expect(used.status).toBe(410)
    expect(await used.text()).toContain('already answered')
    const late = new URLSearchParams(silent)
    late.delete('_key')
    expect((await site.fetch(path, { fields: late })).status).toBe(410)
    // the first letter's link is over with it
    expect((await site.fetch(new URL((await toProvider())[0]?.parameters.link ?? '').pathname)).status).toBe(410)
  })

  test('a link that is too old says so, one that never was is not found, and neither changes anything', async () => {
    db.clock.advance(20 * day)
    await ask()
    const link = new URL((await toProvider()).at(-1)?.parameters.link ?? '').pathname
    site.actor = null
    const fields = formFields(await (await site.fetch(link)).text(), link)
    fields.set('cards.by-api.right', 'yes')
    db.clock.advance(61 * day)
    expect(await (await site.fetch(link)).text()).toContain('too old')
    expect((await site.fetch(link, { fields })).status).toBe(410)
    expect((await service('by-api')).due <= db.clock.now).toBe(true)
    expect((await site.fetch(`/confirm/${'x'.repeat(43)}`)).status).toBe(404)
    expect((await site.fetch('/confirm/short')).status).toBe(400)
  })

  test('the token of a letter is kept nowhere but in the letter', async () => {
    const token = (await toProvider()).at(-1)?.parameters.link.split('/').at(-1) ?? ''
    const rows = await db.transact({ actor: null, purpose: 'assurance' }, (tx) =>
      tx.all(query.selectFrom('directory.assurance_request').selectAll()),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('remarks', () => {
  test('anybody leaves one; it stands on the desk until it is settled, and can be put back', async () => {
    site.actor = null
    const path = '/services/by-api/remark'
    const fields = formFields(await (await site.fetch(path)).text(), path)
    fields.set('text', 'x')
    expect((await site.fetch(path, { fields })).status).toBe(422)
    fields.set('text', 'The door is on the other side')
    expect((await site.fetch(path, { fields })).headers.get('location')).toBe('/services/by-api')
    site.actor = staff
    const desk = await (await site.fetch('/directory')).text()
    expect(desk).toContain('The door is on the other side')
    const id = /\/directory\/remarks\/([0-9a-f-]+)\/settle/.exec(desk.slice(desk.indexOf('The door')))?.[1]
    expect((await site.fetch(`/directory/remarks/${id}/settle`, { fields: {} })).status).toBe(303)
    expect(await (await site.fetch('/directory')).text()).not.toContain('The door is on the other side')
    await site.fetch(`/directory/remarks/${id}/settle`, { fields: { settled: 'no' } })
    expect(await (await site.fetch('/directory')).text()).toContain('The door is on the other side')
  })
})

describe('organisations and places', () => {
  test('the forms change nothing when sent back, and the list of cards follows its cursor to the end', async () => {
    site.actor = editor
    for (const path of [
      '/directory/organisations/dovira/edit',
      '/directory/organisations/dovira/locations/dovira-misto',
    ]) {
      const before = (await db.ownerPool.query('select profile from directory.organisation order by id')).rows
      const places = (await db.ownerPool.query('select details from directory.location order by id')).rows
      const answer = await site.fetch(path, { fields: formFields(await (await site.fetch(path)).text(), path) })
      expect([path, answer.status]).toEqual([path, 303])
      expect((await db.ownerPool.query('select profile from directory.organisation order by id')).rows).toEqual(before)
      expect((await db.ownerPool.query('select details from directory.location order by id')).rows).toEqual(places)
    }
    for (let number = 0; number < 30; number++) await add(`many-${number}`)
    const seen: string[] = []
    for (let path: string | undefined = '/directory/services'; path; ) {
      const html: string = await (await site.fetch(path)).text()
      seen.push(
        ...[...html.matchAll(/<th scope="row"><a class="ln-link" href="\/directory\/services\/([^"]+)"/g)].map(
          (match) => match[1] ?? '',
        ),
      )
      path = /<a class="ds-button" data-variant="secondary" href="([^"]+)" rel="next"/
        .exec(html)?.[1]
        ?.replaceAll('&amp;', '&')
    }
    const { rows } = await db.ownerPool.query('select slug from directory.service')
    expect(seen).toHaveLength(rows.length)
    expect(new Set(seen).size).toBe(rows.length)
    expect((await site.fetch('/directory/services?after=nonsense')).status).toBe(400)
  })

  test('staff change telephone and hours, and not who is in charge of them', async () => {
    site.actor = staff
    const path = '/directory/organisations/provider/edit'
    const fields = formFields(await (await site.fetch(path)).text(), path)
    fields.set('profile.phones.0.number', '057 000 00 00')
    expect((await site.fetch(path, { fields })).status).toBe(303)
    const next = formFields(await (await site.fetch(path)).text(), path)
    expect(next.get('profile.phones.0.number')).toBe('057 000 00 00')
    next.set('profile.kind', 'public')
    expect((await site.fetch(path, { fields: next })).status).toBe(422)
    expect((await site.fetch('/directory/organisations/dovira/edit')).status).toBe(403)
  })
})
