import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { directoryHouse, loadPacks } from '../../../../test/directory-house.ts'
import { hsdsRoutes } from './hsds.tsx'

const database = await testDatabase({ now: new Date('2026-11-23T09:00:00Z') })
const slug = 'nadannia-prytulku'
let house: Hono
let id = ''
beforeAll(async () => {
  await loadPacks(database, database.clock.now, ['ua-kharkiv'])
  house = await directoryHouse(database, hsdsRoutes)
  id = (await database.ownerPool.query('select id from directory.service where slug = $1', [slug])).rows[0].id
})
const set = (assignment: string) =>
  database.ownerPool.query(`update directory.service set ${assignment} where slug = $1`, [slug])
const record = async (query = 'lang=en') =>
  (await house.request(`http://own.example/hsds/services/${id}?${query}`)).json()
const listed = async (query: string) =>
  (await (await house.request(`http://own.example/hsds/services?per_page=100&${query}`)).json()).contents.find(
    (one: { id: string }) => one.id === id,
  )

describe('open data say how far a record can be trusted', () => {
  test('DIR-6: on which day it was assured, or nothing where nobody did', async () => {
    await set(`assured_at = '2026-05-04T10:00:00Z'`)
    expect((await record()).assured_date).toBe('2026-05-04')
    expect((await listed('lang=en')).assured_date).toBe('2026-05-04')
    await set('assured_at = null')
    expect(await record()).not.toHaveProperty('assured_date')
  })

  test('DIR-6: that it is closed for now, and that it is an example', async () => {
    expect(await record()).not.toHaveProperty('alert')
    await set(`status = 'temporarily closed'`)
    expect(await record()).toMatchObject({ status: 'temporarily closed', alert: expect.stringMatching(/closed/i) })
    await set(`status = 'active', card = jsonb_set(card, '{example}', 'true')`)
    expect(await record()).toMatchObject({ example: true, alert: expect.stringMatching(/example/i) })
    await set(`card = jsonb_set(card, '{example}', 'false')`)
  })

  test('DIR-3: a language that is missing falls back to the one that the card was written in; drafts are named', async () => {
    await set(`card = jsonb_set(card, '{names}', '{"uk": "Надання притулку", "en": "Shelter", "draft": ["en"]}')`)
    for (const told of [await record('lang=de'), await listed('lang=de'), await listed('lang=de&minimal=true')])
      expect(told.name).toBe('Надання притулку')
    expect((await record('lang=en')).name).toBe('Shelter')
    const { translations, language } = await record('lang=de')
    expect([language, translations.uk.name, translations.en.name]).toEqual(['uk', 'Надання притулку', 'Shelter'])
    expect(translations.en.draft).toContain('name')
  })
})
