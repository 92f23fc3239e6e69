import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { query } from '../../../platform/db/database.ts'
import { loadPack, packFolders, packPart } from '../../../platform/packs/load.ts'
import { words } from '../../../platform/search/tokens.ts'
import { isFound, searchTerms } from '../../../platform/search/words.ts'
import { directoryPack } from '../pack-part.ts'
import { sinks } from '../rules/freshness.ts'
import { openingAt } from '../rules/opening.ts'
import { facetNames } from '../rules/search-request.ts'
import { ServiceCard } from '../types.ts'
import { findServices } from './find-services.ts'
import { project } from './projection.ts'
import { correctedWords } from './search-corrections.ts'
import { BadCursor } from './search-cursor.ts'
import type { ServiceSearch } from './search-plan.ts'
import { readRegister, sourcesFor } from './sources.ts'

const db = await testDatabase()

const nothing: ServiceSearch = {
  words: undefined,
  facets: { situation: [], group: [], kind: [], form: [], cost: [], language: [], access: [] },
  areaPath: undefined,
  openAt: undefined,
  sort: 'relevance',
  near: undefined,
  locale: 'uk',
  limit: 200,
  after: undefined,
}
const find = (search: Partial<ServiceSearch>) =>
  db.transact({ actor: null }, (tx) => findServices(tx, { ...nothing, ...search }))
const correct = (typed: string) => db.transact({ actor: null }, (tx) => correctedWords(tx, typed))

interface Known {
  id: string
  pack: string | null
  card: ServiceCard
  lexemes: string[]
  terms: string[]
  areas: string[]
  schedule: ServiceCard['schedule']
}
let known: Known[] = []
let areas: { code: string; path: string[] }[] = []

beforeAll(async () => {
  for (const folder of packFolders(join(import.meta.dirname, '../../../../packs'), 'all'))
    await loadPack(db, folder, [packPart(directoryPack)], db.clock.now)
  await db.transact({ actor: null }, async (tx) => {
    const register = await readRegister(tx)
    areas = await tx.all(query.selectFrom('access.area').select(['code', 'path']).orderBy('code'))
    const rows = await tx.all(query.selectFrom('directory.service').select(['id', 'pack', 'card']))
    known = rows.map(({ id, pack, card: stored }) => {
      const card = ServiceCard.parse(stored)
      const sources = sourcesFor(card, register)
      const made = project(card, sources)
      const lexemes = [...made.lexemes.matchAll(/'((?:[^']|'')*)':\d[ABC]/g)].map((match) => match[1] ?? '')
      return {
        id,
        pack,
        card,
        lexemes,
        terms: made.terms,
        areas: made.areas,
        schedule: card.schedule.length > 0 ? card.schedule : sources.schedules.flat(),
      }
    })
  })
})

describe('DIR-5: words', () => {
  test('DIR-5: «притулку» finds «Надання притулку» first', async () => {
    expect((await find({ words: 'притулку' })).hits[0]?.names.uk).toBe('Надання притулку')
  })

  test('DIR-5: "Wohnungslose" finds Wohnungslosenhilfe and its like', async () => {
    const { hits } = await find({ words: 'Wohnungslose', locale: 'de', regionPath: ['DE', 'DE-BW', 'DE-08111'] })
    expect(hits.map((hit) => hit.slug)).toContain('tagesstaette-ohne-wohnung')
    expect(hits.map((hit) => hit.slug)).toContain('wohnungsnotfallhilfe-fachberatung')
  })

  test('DIR-5: "børnene" finds what is for barn and børn', async () => {
    const { hits } = await find({ words: 'børnene', locale: 'da' })
    expect(hits.map((hit) => hit.slug)).toContain('favrskov-boerneraadgiver-paa-skolen')
  })

  test('DIR-5: a name typed in full comes first, whatever else has its words', async () => {
    for (const { card } of known.slice(0, 60)) {
      const name = card.names[card.writtenIn] ?? ''
      if (searchTerms(name).alternatives.length === 0) continue
      const { hits } = await find({ words: name })
      expect(hits[0]?.names[card.writtenIn]?.toLowerCase(), name).toBe(name.toLowerCase())
    }
  })

  test('DIR-5: typing errors, the wrong keyboard and Latin letters lead to the word that was meant', async () => {
    expect(await correct('притулк надання')).toBeUndefined()
    expect(await correct('прихулок')).toBe('притулок')
    expect(await correct('ghbnekjr')).toBe('притулок')
    expect(await correct('prytulok')).toBe('притулок')
    expect(await correct('Schuldnerberatng')).toMatch(/schuldnerberatung/)
    expect(await correct('xqzzwv')).toBeUndefined()
  })

  test('DIR-5: a query of 10 000 characters costs no more than one of 200', async () => {
    const long = 'притулок для дітей '.repeat(600)
    const { total } = await find({ words: long.slice(0, 200) })
    expect(total).toBeGreaterThan(0)
    expect((await find({ words: `${long} ${'танцювати '.repeat(100)}` })).total).toBe(total)
  })

  test('DIR-5: nothing in a query is taken for SQL, a mark or an operator', async () => {
    for (const words of ["' or true --", 't=shelter', '#7', "a=DK' | 'b", '\\', ':*', '& | !', '%_%'])
      await expect(find({ words })).resolves.toBeDefined()
    expect((await find({ words: 'c=free' })).total).toBe((await find({ words: 'c free' })).total)
  })
})

const codes = (facet: 'situation' | 'target-group' | 'kind') =>
  db.transact({ actor: null }, async (tx) =>
    (await tx.all(query.selectFrom('directory.term').select('code').where('facet', '=', facet))).map((row) => row.code),
  )

describe('DIR-5: the same as a plain count', () => {
  test('DIR-5: hits, total and the numbers of facets equal a plain count, for any choices', async () => {
    const [situations, groups, kinds] = [await codes('situation'), await codes('target-group'), await codes('kind')]
    const typed = [...new Set(known.flatMap(({ card }) => words(Object.values(card.names).join(' '))))].filter(
      (word) => word.length > 3,
    )
    const few = <T>(items: readonly T[]) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([] as T[]) },
        { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...items), { maxLength: 3 }) },
      )
    const asked = fc.record({
      words: fc.option(
        fc.array(fc.constantFrom(...typed), { minLength: 1, maxLength: 2 }).map((list) => list.join(' ')),
        { nil: undefined },
      ),
      situation: few(situations),
      group: few(groups),
      kind: few(kinds),
      form: few(['day', 'home', 'online', 'residential', 'crisis'] as const),
      cost: few(['free', 'differentiated', 'full'] as const),
      language: few(['uk', 'en', 'da', 'de', 'ar']),
      access: few(['step-free', 'lift', 'sign-language'] as const),
      area: fc.option(fc.constantFrom(...areas), { nil: undefined }),
      open: fc.boolean(),
      minute: fc.integer({ min: 0, max: 10_079 }),
    })
    await fc.assert(
      fc.asyncProperty(asked, async ({ words: told, area, open, minute, ...facets }) => {
        const terms = searchTerms(told ?? '')
        const worded =
          terms.alternatives.length === 0 ? known : known.filter((service) => isFound(service.lexemes, terms))
        const fitting = (leaveOut?: string) =>
          worded.filter((service) => {
            const any = (name: string, chosen: readonly string[], has: readonly string[]) =>
              name === leaveOut || chosen.length === 0 || chosen.some((value) => has.includes(value))
            if (
              !any('situation', facets.situation, service.terms) ||
              !any('group', facets.group, service.terms) ||
              !any('kind', facets.kind, service.terms)
            )
              return false
            if (!any('form', facets.form, service.card.forms) || !any('cost', facets.cost, [service.card.cost.kind]))
              return false
            if (
              !any('language', facets.language, service.card.languages) ||
              !any('access', facets.access, service.card.accessibility)
            )
              return false
            if (
              area &&
              leaveOut !== 'area' &&
              !service.areas.includes(area.code) &&
              !area.path.some((above) => service.card.areas.includes(above))
            )
              return false
            return (
              !open ||
              openingAt(service.schedule, new Date(Date.UTC(2026, 5, 1) + minute * 60_000), 'UTC').is === 'open'
            )
          })
        const found = await find({
          words: told,
          facets,
          areaPath: area?.path,
          openAt: open
            ? [{ packs: ['ua-kharkiv', 'dk-midtjylland', 'de-stuttgart'], others: true, minute }]
            : undefined,
        })
        expect(found.hits.map((hit) => hit.id).sort()).toEqual(
          fitting()
            .map((service) => service.id)
            .sort(),
        )
        expect(found.total).toBe(found.hits.length)
        expect(found.more).toBe(false)
        for (const name of facetNames) {
          const counted = fitting(name)
          const prefix = facets[name].length > 0 ? `${name}:` : ''
          for (const form of ['day', 'online'])
            if (name === 'form')
              expect(found.marks.get(`${prefix}f=${form}`) ?? 0).toBe(
                counted.filter(({ card }) => card.forms.some((has) => has === form)).length,
              )
          if (name === 'situation')
            for (const code of situations.slice(0, 8))
              expect(found.marks.get(`${prefix}t=${code}`) ?? 0).toBe(
                counted.filter(({ terms }) => terms.includes(code)).length,
              )
        }
        expect(found.areas.reduce((sum, { count }) => sum + count, 0)).toBe(fitting('area').length)
      }),
      { numRuns: 100 },
    )
  })
})

describe('DIR-5: what a card stands under', () => {
  test('DIR-5: a service is found under every term above its own', async () => {
    const { rows } = await db.ownerPool.query(
      "select s.slug, t.parent, t.facet from directory.service s join directory.term t on t.code = s.card->>'kind' where t.parent is not null and s.status = 'active'",
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { slug, parent } of rows.slice(0, 5)) {
      const { hits } = await find({ facets: { ...nothing.facets, kind: [parent] } })
      expect(hits.map((hit) => hit.slug)).toContain(slug)
    }
  })

  test('DIR-3: without a name in the reader’s language it is sorted by the one that it was written under', async () => {
    const { rows } = await db.ownerPool.query(
      `insert into directory.service (slug, organisation_id, card, areas, areas_served, terms, forms, languages, accessibility, cost, crisis,
          example, lexemes, facets, name_keys, shelf, assurance_due, status)
        select 'sorted', organisation_id, '{"writtenIn": "uk", "names": {"uk": "Притулок", "en": "Shelter"}}', areas, areas_served, terms, forms,
          languages, accessibility, cost, crisis, example, lexemes, facets, name_keys, shelf, assurance_due, 'inactive'
        from directory.service limit 1 returning id, name_en, name_uk, name_da, name_de`,
    )
    await db.ownerPool.query('delete from directory.service where id = $1', [rows[0].id])
    expect(rows[0]).toMatchObject({ name_en: 'Shelter', name_uk: 'Притулок', name_da: 'Притулок', name_de: 'Притулок' })
  })
})

describe('DIR-5: order and pages', () => {
  test('DIR-5: turning pages shows every hit once, in the order of one long page', async () => {
    const typed = ['допомога', 'hjælp', 'Beratung', 'children', 'сім’я', undefined]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...typed),
        fc.constantFrom('relevance' as const, 'name' as const, 'distance' as const),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('en' as const, 'uk' as const, 'da' as const, 'de' as const),
        async (told, sort, limit, locale) => {
          const search = { words: told, sort, locale, near: sort === 'distance' ? ([9.4, 56.4] as const) : undefined }
          const whole = (await find(search)).hits.map((hit) => hit.id)
          const paged: string[] = []
          let after: string | undefined
          do {
            const found = await find({ ...search, limit, after })
            expect(found.hits.length).toBeLessThanOrEqual(limit)
            paged.push(...found.hits.map((hit) => hit.id))
            after = found.next
          } while (after !== undefined && paged.length <= whole.length)
          expect(paged).toEqual(whole)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('DIR-6: records not assured sink, crisis services never', async () => {
    await db.ownerPool.query(
      `update directory.service set assurance_due = now() - interval '1 day' where id in (select id from directory.service order by id limit 60)`,
    )
    const late = new Date()
    db.clock.now = late
    const { hits } = await find({ words: 'hjælp' })
    const sunk = hits.map((hit) => sinks(hit, late))
    expect(sunk).toContain(true)
    expect(sunk.indexOf(true)).toBeGreaterThan(sunk.lastIndexOf(false))
    for (const hit of hits.filter((one) => one.crisis)) expect(sinks(hit, late)).toBe(false)
  })

  test('DIR-5: by distance the nearest place of each service counts; services without one stand last', async () => {
    const { hits } = await find({ sort: 'distance', near: [9.4017, 56.4532], areaPath: ['DK', 'DK-1082'] })
    const metres = hits.map((hit) => hit.metres ?? Number.POSITIVE_INFINITY)
    expect(metres).toEqual([...metres].sort((one, two) => one - two))
    for (const hit of hits) {
      const least = Math.min(
        ...hit.places.map(({ point }) => (point ? haversine([9.4017, 56.4532], point) : Number.POSITIVE_INFINITY)),
      )
      if (hit.metres === undefined) expect(least).toBe(Number.POSITIVE_INFINITY)
      else expect(Math.abs(hit.metres - least)).toBeLessThan(1)
    }
  })

  test('DIR-5: a cursor that no search made is refused', async () => {
    for (const after of [
      'x',
      '!!',
      Buffer.from('[1,2]').toString('base64url'),
      Buffer.from(JSON.stringify([1, 0, null, 0, 0, 'a\0', '0'])).toString('base64url'),
    ]) {
      await expect(find({ after })).rejects.toBeInstanceOf(BadCursor)
    }
  })

  test('DIR-5: services that are not offered stand in no list', async () => {
    const before = (await find({ words: 'притулку' })).total
    await db.ownerPool.query(`update directory.service set status = 'defunct' where slug = 'nadannia-prytulku'`)
    expect((await find({ words: 'притулку' })).total).toBe(before - 1)
    expect(
      await db.transact({ actor: null }, (tx) =>
        tx.one(sql<{ n: number }>`select count(*)::int as n from directory.service where status = 'defunct'`),
      ),
    ).toEqual({ n: 1 })
  })
})

/** The other formula for the way over a ball, in metres. */
function haversine([longitude, latitude]: readonly [number, number], [east, north]: readonly [number, number]): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half =
    Math.sin(radians(north - latitude) / 2) ** 2 +
    Math.cos(radians(latitude)) * Math.cos(radians(north)) * Math.sin(radians(east - longitude) / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(half))
}
