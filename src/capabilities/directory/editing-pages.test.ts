import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { addService } from './commands/add-service.ts'
import { proposeChange } from './commands/propose-change.ts'
import { addOrganisation, does, formFields, loadPacks, smallCard, type TestSite, testSite } from './editing.fixture.ts'
import { serviceBySlug } from './store/read-service.ts'

const db = await testDatabase()
const slug = 'soup-kitchen'
let editor: Actor
let staff: Actor
let other: Actor
let site: TestSite
let proposal = ''

beforeAll(async () => {
  await loadPacks(db, ['ua-kharkiv'])
  const area = (await db.ownerPool.query("select code from access.area where pack = 'ua-kharkiv' and parent is null"))
    .rows[0].code
  for (const organisation of ['office', 'provider', 'neighbour', 'neighbour-too'])
    await addOrganisation(db, organisation, area)
  editor = await addActor(db, 'Editor', [{ organisation: 'office', role: 'editor' }])
  staff = await addActor(db, 'Staff', [{ organisation: 'provider', role: 'provider' }])
  other = await addActor(db, 'Neighbour', [
    { organisation: 'neighbour', role: 'provider' },
    { organisation: 'neighbour-too', role: 'provider' },
  ])
  const card = smallCard(slug, 'provider', area)
  await does(db, editor, addService, { card })
  const proposed = await does(db, staff, proposeChange, {
    slug,
    version: 1,
    card: { ...card, summary: { en: 'Nobody may read this yet' } },
  })
  proposal = proposed.is === 'ok' ? (proposed.value.proposal ?? '') : ''
  site = await testSite(db)
})

const service = () => db.transact({ actor: null }, (tx) => serviceBySlug(tx, slug))

describe('DIR-7: each provider tends its own cards', () => {
  test('DIR-7: pages of the desk about the card of another provider are not shown, and its words stand on none', async () => {
    const pages = [
      `/directory/services/${slug}`,
      `/directory/services/${slug}/edit`,
      `/directory/services/${slug}/status`,
      `/directory/services/${slug}/versions`,
      `/directory/services/${slug}/versions/1..1`,
      '/directory/services/new?organisation=provider',
      `/directory/proposals/${proposal}`,
    ]
    site.actor = staff
    for (const page of pages) expect([page, (await site.fetch(page)).status]).toEqual([page, 200])
    site.actor = other
    for (const page of pages) expect([403, 404], page).toContain((await site.fetch(page)).status)
    for (const page of ['/directory', '/directory/services', '/directory/services/new']) {
      const html = await (await site.fetch(page)).text()
      expect(html, page).not.toContain('Nobody may read this yet')
      expect(html, page).not.toContain(slug)
      expect(html, page).not.toContain('organisation=provider')
    }
  })

  test('DIR-7: what was saved a moment ago is undone by one button', async () => {
    site.actor = editor
    const edit = `/directory/services/${slug}/edit`
    const fields = formFields(await (await site.fetch(edit)).text(), edit)
    fields.set('card.summary.en', 'Saved by mistake')
    const saved = await site.fetch(edit, { fields })
    const cookie = saved.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const html = await (await site.fetch(saved.headers.get('location') ?? '', { headers: { cookie } })).text()
    const restore = `/directory/services/${slug}/restore`
    expect((await site.fetch(restore, { fields: formFields(html, restore) })).status).toBe(303)
    const now = await service()
    expect([now?.version, now?.card.summary]).toEqual([3, { en: 'It helps people.' }])
  })
})
