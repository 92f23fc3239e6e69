import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { addOrganisation, formFields, loadPacks, type TestSite, testSite } from './editing.fixture.ts'
import { compareCards } from './rules/compare.ts'
import { oneVersion } from './store/edit-read.ts'
import { serviceBySlug } from './store/read-service.ts'

const db = await testDatabase()
let site: TestSite
let editor: Actor
const slug = 'nadannia-prytulku'
const edit = `/directory/services/${slug}/edit`

beforeAll(async () => {
  await loadPacks(db, ['ua-kharkiv'])
  const top = (await db.ownerPool.query("select code from access.area where pack = 'ua-kharkiv' and parent is null"))
    .rows[0].code
  await addOrganisation(db, 'editorial-office', top)
  editor = await addActor(db, 'Editor', [{ organisation: 'editorial-office', role: 'editor' }])
  site = await testSite(db)
  site.actor = editor
})

const stored = () => db.transact({ actor: editor.account }, (tx) => serviceBySlug(tx, slug))

describe('DIR-1: the form of a card', () => {
  test('holds every field: sent back as it is, it changes nothing', async () => {
    const before = await stored()
    const page = await site.fetch(edit)
    expect(page.status).toBe(200)
    const answer = await site.fetch(edit, { fields: formFields(await page.text(), edit) })
    if (answer.status !== 303)
      expect((await answer.text()).match(/<section class="ds-error-summary[\s\S]*?<\/section>/)?.[0]).toBeUndefined()
    expect(answer.status).toBe(303)
    const after = await stored()
    expect(after?.version).toBe((before?.version ?? 0) + 1)
    // checkboxes are in their own order, and order means nothing in a set
    expect(before && after && compareCards(before.card, after.card)).toEqual([])
    expect(after?.card.situations).toEqual(before?.card.situations)
  })

  test('more rows keep what was typed and store nothing', async () => {
    const before = await stored()
    const fields = formFields(await (await site.fetch(edit)).text(), edit)
    fields.set('card.names.uk', 'Зовсім інша назва')
    fields.append('more', 'activities')
    const answer = await site.fetch(edit, { fields })
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toContain('Зовсім інша назва')
    expect(html).not.toContain('ds-error-summary')
    expect(html).toContain('name="card.activities.11.uk"')
    expect((await stored())?.version).toBe(before?.version)
  })

  test('a refused edit keeps what was typed, and links each mistake to its field', async () => {
    const before = await stored()
    const fields = formFields(await (await site.fetch(edit)).text(), edit)
    fields.set('card.names.uk', '')
    for (const language of ['en', 'de', 'da']) fields.set(`card.names.${language}`, '')
    fields.set('card.summary.uk', 'Новий зміст')
    fields.set('card.eligibility.minimumAge', 'двадцять')
    const answer = await site.fetch(edit, { fields })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('Новий зміст')
    expect(html).toContain('двадцять')
    for (const [, id = ''] of html.matchAll(/<a href="#(f-[^"]*)"/g)) expect(html).toContain(`id="${id}"`)
    expect(html).toContain('href="#f-card-names-uk"')
    expect(html).toContain('href="#f-card-eligibility-minimumAge"')
    expect((await stored())?.version).toBe(before?.version)
  })

  test('an added row, an emptied row and a preview', async () => {
    const before = await stored()
    const fields = formFields(await (await site.fetch(edit)).text(), edit)
    const last = before?.card.activities.length ?? 0
    fields.set(`card.activities.${last}.uk`, 'Нова дія')
    for (const language of ['uk', 'en', 'de', 'da']) fields.set(`card.activities.0.${language}`, '')
    const preview = new URLSearchParams(fields)
    preview.append('preview', 'yes')
    const shown = await (await site.fetch(edit, { fields: preview })).text()
    expect(shown).toContain('id="preview"')
    expect((await stored())?.version).toBe(before?.version)
    expect((await site.fetch(edit, { fields })).status).toBe(303)
    const after = await stored()
    expect(after?.card.activities).toHaveLength(last)
    expect(after?.card.activities.at(-1)).toEqual({ uk: 'Нова дія' })
    expect(after?.card.activities[0]).toEqual(before?.card.activities[1])
  })

  test('DIR-10: a dated word is pointed at beside its text, and hinders nobody', async () => {
    const fields = formFields(await (await site.fetch(edit)).text(), edit)
    fields.set('card.summary.uk', 'Сюди приходять інваліди')
    fields.append('preview', 'yes')
    const html = await (await site.fetch(edit, { fields })).text()
    expect(html).toContain('люди з інвалідністю')
    fields.delete('preview')
    expect((await site.fetch(edit, { fields })).status).toBe(303)
  })

  test('DIR-7: of two editors the second sees both texts, and may then save', async () => {
    const first = formFields(await (await site.fetch(edit)).text(), edit)
    const second = formFields(await (await site.fetch(edit)).text(), edit)
    first.set('card.summary.uk', 'Перший редактор')
    second.set('card.summary.uk', 'Друга редакторка')
    expect((await site.fetch(edit, { fields: first })).status).toBe(303)
    const refused = await site.fetch(edit, { fields: second })
    expect(refused.status).toBe(409)
    const html = await refused.text()
    expect(html).toContain('Перший редактор')
    expect(html).toContain('Друга редакторка')
    expect((await site.fetch(edit, { fields: formFields(html, edit) })).status).toBe(303)
    expect((await stored())?.card.summary.uk).toBe('Друга редакторка')
  })

  test('a form sent twice is stored once', async () => {
    const before = await stored()
    const fields = formFields(await (await site.fetch(edit)).text(), edit)
    fields.set('card.summary.uk', 'Двічі надіслано')
    const answers = [await site.fetch(edit, { fields }), await site.fetch(edit, { fields })]
    expect(answers.map((answer) => answer.status)).toEqual([303, 303])
    expect((await stored())?.version).toBe((before?.version ?? 0) + 1)
  })

  test('DIR-7: restoring a version makes it the newest again', async () => {
    const now = await stored()
    const answer = await site.fetch(`/directory/services/${slug}/restore`, {
      fields: { version: String(now?.version), to: '1' },
    })
    expect(answer.status).toBe(303)
    const after = await stored()
    const first = await db.transact({ actor: editor.account }, (tx) => oneVersion(tx, after?.id ?? '', 1))
    expect(after?.card).toEqual(first?.card)
    expect(after?.version).toBe((now?.version ?? 0) + 1)
  })
})
