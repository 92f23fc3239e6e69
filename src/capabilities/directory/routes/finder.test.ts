import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { directoryHouse, loadPacks } from '../../../../test/directory-house.ts'
import { inLocale, m } from '../../../platform/i18n/speech.ts'
import { finderRoutes } from './finder.tsx'

const db = await testDatabase({ now: new Date('2026-11-22T23:30:00Z') })
const city = 'UA63120270010096107'
const shelter = 'nadannia-prytulku'
let house: Hono

beforeAll(async () => {
  await loadPacks(db, db.clock.now, ['ua-kharkiv'])
  house = await directoryHouse(db, finderRoutes)
})

const get = (what: string, who = '-', where = '-') =>
  house.request(`http://own.example/find?what=${what}&who=${who}&where=${where}`, {
    headers: { 'accept-language': 'en' },
  })
const html = async (what: string, who = '-', where = '-') => (await get(what, who, where)).text()
const hits = (page: string) =>
  [...page.matchAll(/<a class="ln-link" href="\/services\/([a-z0-9-]+)\?back=/g)].map((match) => match[1])
/** The part of a page that is about one hit. */
const about = (page: string, slug: string) =>
  page
    .slice(page.indexOf('<ol class="ln-results"'))
    .split('<li class="ln-stack" data-gap="3">')
    .find((hit) => hit.includes(`/services/${slug}?`)) ?? ''
const say = (message: () => string) => inLocale('en', message)
const set = (assignment: string, where: string) =>
  db.ownerPool.query(`update directory.service set ${assignment} where ${where}`)
const counted = async () =>
  (await db.ownerPool.query('select day::text, area, kind, count from directory.unmet_search order by kind, area')).rows

describe('DIR-4: answers to three questions', () => {
  test('DIR-4: every hit says why it fits, by the answer that was given, and what nobody knows', async () => {
    const hit = about(await html('nowhere-to-live', 'me', city), shelter)
    expect(hit).toContain('you said: I have nowhere to live')
    expect(hit).toContain(say(m.directory_fit_free))
    expect(hit).toContain(say(m.directory_unknown_place))
    expect(hit).toContain(say(m.directory_unknown_hours))
    expect(hit).toContain(say(m.directory_no_grounds_tag))
  })

  test('DIR-4: hours that a place says are not called unknown', async () => {
    await set(`open_minutes = '{[480,960)}'`, `slug = '${shelter}'`)
    expect(about(await html('nowhere-to-live'), shelter)).not.toContain(say(m.directory_unknown_hours))
    await set('open_minutes = null', `slug = '${shelter}'`)
  })

  test('DIR-4: an emergency stands first, with the number for this very danger before the general one', async () => {
    const page = await html('somebody-hurts-me')
    const numbers = [...page.slice(page.indexOf('<main')).matchAll(/href="tel:([^"]+)"/g)].map((match) => match[1])
    expect(numbers[0]).toBe('116123')
    expect(numbers.slice(0, 4)).toContain('112')
    expect(page.indexOf('tel:116123', page.indexOf('<main'))).toBeLessThan(page.indexOf('<ol class="ln-results"'))
    const calm = await html('papers')
    expect(calm.slice(calm.indexOf('<main'), calm.indexOf('<ol class="ln-results"'))).not.toContain('tel:')
  })

  test('DIR-6: what is not confirmed in time says so and stands behind its equals; a crisis service stays', async () => {
    const before = hits(await html('cannot-cope'))
    const [first = ''] = before
    expect(before.length).toBeGreaterThan(3)
    await set(`assurance_due = '2026-11-01'`, `slug in ('${first}', 'kryzove-ta-ekstrene-vtruchannia')`)
    const page = await html('cannot-cope')
    if (first !== 'kryzove-ta-ekstrene-vtruchannia') expect(hits(page).indexOf(first)).toBeGreaterThan(0)
    const crisis = about(page, 'kryzove-ta-ekstrene-vtruchannia')
    expect(crisis).not.toBe('')
    expect(crisis).not.toContain(say(m.directory_stale_tag))
    await set(`assurance_due = '2026-11-01'`, `slug = '${shelter}'`)
    expect(about(await html('nowhere-to-live'), shelter)).toContain(say(m.directory_stale_tag))
    await set(`assurance_due = '2027-11-01'`, 'true')
  })

  test('DIR-4: nothing is offered that is closed, has ended, or waits for an editor', async () => {
    for (const status of ['temporarily closed', 'defunct', 'inactive']) {
      await set(`status = '${status}'`, `slug = '${shelter}'`)
      expect(hits(await html('nowhere-to-live'))).not.toContain(shelter)
    }
    await set(`status = 'active'`, `slug = '${shelter}'`)
    expect(hits(await html('nowhere-to-live'))).toContain(shelter)
  })

  test('DIR-4: nothing found leads to a person and counts one unmet search: kind, area, the day of the region, no more', async () => {
    expect(await counted()).toEqual([])
    await set(`status = 'defunct'`, 'true')
    const page = await html('nowhere-to-live', 'me', city)
    expect(page).toContain(say(m.directory_find_nothing_title))
    expect(/<main[\s\S]*<\/main>/.exec(page)?.[0]).toContain('057 000 00 00')
    await html('nowhere-to-live', 'me', city)
    await html('-')
    await set(`status = 'active'`, 'true')
    // half an hour before midnight in UTC it is tomorrow in Kharkiv
    expect(await counted()).toEqual([
      { day: '2026-11-23', area: city, kind: 'any', count: 1 },
      { day: '2026-11-23', area: city, kind: 'nowhere-to-live', count: 2 },
    ])
    const { rows } = await db.ownerPool.query(
      "select column_name from information_schema.columns where table_schema = 'directory' and table_name = 'unmet_search'",
    )
    expect(rows.map((row) => row.column_name).sort()).toEqual(['area', 'count', 'day', 'kind'])
  })

  test('DIR-4: an answer that is none names its question', async () => {
    for (const [what, who, where, field] of [
      ['no-such', '-', '-', 'what'],
      ['-', 'no-such', '-', 'who'],
      ['-', '-', 'DK-0791', 'where'],
    ] as const) {
      const answer = await get(what, who, where)
      expect([field, answer.status]).toEqual([field, 400])
      expect(await answer.text()).toContain(field)
    }
  })
})
