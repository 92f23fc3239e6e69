import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { directoryHouse, loadPacks } from '../../../../test/directory-house.ts'
import { pdfText } from '../../../../test/pdf-text.ts'
import { query } from '../../../platform/db/database.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { inLocale, m } from '../../../platform/i18n/speech.ts'
import type { Locale, Text } from '../../../platform/i18n/text.ts'
import { type ServiceDetails, serviceBySlug } from '../store/read-service.ts'
import { ServiceCard } from '../types.ts'
import {
  accessWords,
  channelWords,
  costWords,
  formWords,
  neededWords,
  providerWords,
  spokenLanguage,
  termWords,
} from '../views/card-words.ts'
import { hsdsRoutes } from './hsds.tsx'
import { publicRoutes } from './public.tsx'
import { searchApi } from './search-api.ts'

const db = await testDatabase({ now: new Date('2026-11-23T09:00:00Z') })
let house: Hono
let kharkiv: ServiceDetails[] = []

beforeAll(async () => {
  await loadPacks(db, db.clock.now, ['ua-kharkiv', 'de-stuttgart'])
  house = await directoryHouse(db, (door) => {
    publicRoutes(door)
    hsdsRoutes(door)
    searchApi(door)
  })
  const slugs = await db.transact({ actor: null }, (tx) =>
    tx.all(query.selectFrom('directory.service').select('slug').where('pack', '=', 'ua-kharkiv').orderBy('slug')),
  )
  kharkiv = await Promise.all(slugs.map(({ slug }) => service(slug)))
})

async function service(slug: string): Promise<ServiceDetails> {
  const found = await db.transact({ actor: null }, (tx) => serviceBySlug(tx, slug))
  if (!found) throw new Error(`${slug} is gone`)
  return found
}
const get = (path: string, locale: Locale = 'uk') =>
  house.request(`http://own.example${path}`, { headers: { 'accept-language': locale } })
let looks = 0
/** A page as it is now: one that was shown before is kept for a few seconds, under its address. */
const html = async (path: string, locale: Locale = 'uk') => (await get(`${path}?back=${++looks}`, locale)).text()
/** What a reader sees. */
const words = (page: string) =>
  page
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
const paper = async (slug: string, locale: Locale = 'uk') =>
  pdfText(new Uint8Array(await (await get(`/services/${slug}/pdf`, locale)).arrayBuffer()))
/** Where a line breaks is nobody's business here. */
const squeezed = (text: string) => text.replaceAll(/\s+/g, '')
const expectWords = (page: string, text: string, of?: string) => expect(squeezed(page), of).toContain(squeezed(text))
const expectNoWords = (page: string, text: string) => expect(squeezed(page)).not.toContain(squeezed(text))
const told = (text: Text) => text.uk ?? ''
const day = (date: string | undefined) => (date ? [formatDay(date)] : [])

/** Every field of a card as a Ukrainian reader gets it (DIR-1). */
function everyField({ card, acts, names, organisation, locations }: ServiceDetails): string[] {
  const named = (code: string) => told(names.get(code) ?? {})
  return inLocale('uk', () => [
    ...[card.names, ...card.alternateNames, card.summary, ...card.activities].map(told),
    ...[card.kind, ...card.targetGroups, ...card.situations, ...card.areas].map(named),
    ...card.forms.map(formWords),
    termWords(card.term),
    costWords(card.cost.kind),
    ...(card.cost.description ? [told(card.cost.description)] : []),
    ...(card.eligibility.description ? [told(card.eligibility.description)] : []),
    ...card.documents.flatMap((document) => [
      told(document.name),
      neededWords(document.needed),
      ...(document.howToObtain ? [told(document.howToObtain)] : []),
    ]),
    ...card.legalBases.flatMap((basis) => {
      const act = acts.get(basis.act)
      return [
        told(act?.title ?? {}),
        act?.number ?? '',
        ...day(act?.edition),
        ...(basis.note ? [told(basis.note)] : []),
      ]
    }),
    ...card.refusalGrounds.map((ground) => told(ground.text)),
    ...card.channels.map(channelWords),
    ...card.languages.map(spokenLanguage),
    ...card.accessibility.map(accessWords),
    ...[...card.phones, ...locations.flatMap(({ location }) => location.phones)]
      .slice(0, 1)
      .map((phone) => phone.number),
    told(organisation.names),
    providerWords(organisation.kind),
    ...locations.flatMap(({ location }) => [told(location.names), location.address?.street ?? '']),
    card.source?.title ?? '',
    ...(card.editorNote ? [told(card.editorNote)] : []),
  ])
}

describe('DIR-1: nothing of a card is lost on the way to whoever reads it', () => {
  test('DIR-1: the pages of the twelve services of Kharkiv show every field of their cards', async () => {
    expect(kharkiv).toHaveLength(12)
    for (const one of kharkiv) {
      const page = words(await html(`/services/${one.slug}`))
      for (const field of everyField(one)) expectWords(page, field, one.slug)
    }
  })

  test('DIR-1: HSDS tells every field of the same cards, grounds, acts and lengths of time by our profile', async () => {
    for (const { id, card, acts, organisation, locations } of kharkiv) {
      const record = await (await get(`/hsds/services/${id}?lang=uk`)).json()
      expect(record).toMatchObject({
        name: card.names.uk,
        summary: card.summary.uk,
        activities: card.activities.map((text) => text.uk),
        forms: card.forms,
        channels: card.channels,
        areas: card.areas,
        crisis: card.crisis,
        provider_kind: organisation.kind,
        language: card.writtenIn,
        source: card.source,
        status: 'active',
        cost_options: [{ option: card.cost.kind }],
      })
      for (const alternate of card.alternateNames) expect(record.alternate_name).toContain(alternate.uk)
      const { asNeeded, minimumMonths, maximumMonths, extendedToMonths } = card.term
      expect(record.duration.as_needed).toBe(asNeeded)
      const months = [minimumMonths, maximumMonths, extendedToMonths].map((count) => count && `P${count}M`)
      expect([record.duration.minimum, record.duration.maximum, record.duration.limit]).toEqual(months)
      expect(record.eligibility_description).toBe(card.eligibility.description?.uk)
      const rows = (list: Record<string, string>[] | undefined, ...fields: string[]) =>
        (list ?? []).map((one) => fields.map((field) => one[field]))
      expect(rows(record.required_documents, 'document', 'needed', 'from')).toEqual(
        card.documents.map((document) => [document.name.uk, document.needed, document.from]),
      )
      expect(rows(record.refusal_grounds, 'code', 'text', 'holds')).toEqual(
        card.refusalGrounds.map((ground) => [ground.code, ground.text.uk, ground.holds]),
      )
      expect(rows(record.legal_basis, 'title', 'number', 'edition', 'in_force_until')).toEqual(
        card.legalBases.map(({ act }) => {
          const { title, number, edition, inForceUntil } = acts.get(act) ?? {}
          return [title?.uk, number, edition, inForceUntil]
        }),
      )
      const codes = [card.kind, ...card.targetGroups, ...card.situations]
      expect(rows(record.attributes, 'value')).toEqual(codes.map((code) => [code]))
      expect(rows(record.languages, 'code')).toEqual(card.languages.map((code) => [code]))
      expect(rows(record.phones, 'number')).toEqual(card.phones.map((phone) => [phone.number]))
      expect(rows(record.service_at_locations, 'location_id').sort()).toEqual(locations.map((one) => [one.id]).sort())
    }
  })

  test('DIR-1: our own interface gives the card as it is stored', async () => {
    for (const { slug, card } of kharkiv)
      expect(ServiceCard.parse((await (await get(`/api/v1/services/${slug}`)).json()).card)).toEqual(card)
  })
})

const shelter = 'nadannia-prytulku'
const say = (message: (inputs?: Record<string, never>) => string, locale: Locale = 'en') =>
  inLocale(locale, () => message())
/** Changes the stored row of a service as `set` says while `look` looks. */
async function during(slug: string, set: string, look: () => Promise<void>): Promise<void> {
  const kept = await db.ownerPool.query(
    'select card, status, assured_at, assurance_due from directory.service where slug = $1',
    [slug],
  )
  await db.ownerPool.query(`update directory.service set ${set} where slug = $1`, [slug])
  try {
    await look()
  } finally {
    const { card, status, assured_at, assurance_due } = kept.rows[0]
    await db.ownerPool.query(
      'update directory.service set card = $2, status = $3, assured_at = $4, assurance_due = $5 where slug = $1',
      [slug, JSON.stringify(card), status, assured_at, assurance_due],
    )
  }
}

describe('DIR-2: grounds for refusal on page and paper', () => {
  test('DIR-2: an empty list says so, with the date of the card and whether its law is in force, and promises no place', async () => {
    for (const read of [async () => words(await html(`/services/${shelter}`, 'en')), () => paper(shelter, 'en')]) {
      const page = await read()
      for (const said of [
        m.directory_no_grounds_title,
        m.directory_card_undated,
        m.directory_card_law_old,
        m.directory_no_grounds_text,
      ])
        expectWords(page, say(said))
    }
    const old = db.clock.now
    db.clock.now = new Date('2019-12-31T12:00:00Z')
    try {
      await during(shelter, `card = jsonb_set(card, '{source,date}', '"2019-05-04"')`, async () => {
        const page = words(await html(`/services/${shelter}`, 'en'))
        expectWords(page, '4 May 2019')
        expectWords(page, say(m.directory_card_law_current))
        expectNoWords(await paper(shelter, 'en'), 'Not in force')
      })
    } finally {
      db.clock.now = old
    }
    expectWords(await paper(shelter, 'en'), 'Not in force since 1 January 2020')
  })

  test('DIR-2: a ground that only ends a running service is not told as one of entry', async () => {
    const { card } = await service('sotsialnyi-suprovid')
    const [ground] = card.refusalGrounds
    for (const page of [
      words(await html('/services/sotsialnyi-suprovid', 'en')),
      await paper('sotsialnyi-suprovid', 'en'),
    ]) {
      expectWords(page, ground?.text.en ?? '')
      expectWords(page, say(m.directory_refusal_ending))
      expectNoWords(page, say(m.directory_refusal_entry))
      expectNoWords(page, say(m.directory_no_grounds_title))
    }
  })
})

describe('DIR-3: a language that is missing', () => {
  test('DIR-3: falls back to the language of the card, with lang and its name; a draft is called one', async () => {
    await during(
      shelter,
      `card = jsonb_set(card, '{names}', '{"uk": "Надання притулку", "en": "Shelter"}')`,
      async () => {
        const page = await html(`/services/${shelter}`, 'de')
        expect(page).toMatch(/<h1[^>]*><span lang="uk">Надання притулку<\/span><\/h1>/)
        expectWords(
          words(page),
          inLocale('de', () => m.ui_in_language({ language: 'Ukrainisch' })),
        )
      },
    )
    expectWords(words(await html(`/services/${shelter}`, 'de')), say(m.ui_translation_unchecked, 'de'))
    expectNoWords(words(await html(`/services/${shelter}`, 'uk')), say(m.ui_translation_unchecked, 'uk'))
  })
})

describe('DIR-6: how far a card can be trusted, on page and paper', () => {
  const both = async () => [words(await html(`/services/${shelter}`, 'en')), await paper(shelter, 'en')]

  test('DIR-6: confirmed, overdue and never confirmed are told apart', async () => {
    for (const page of await both()) {
      expectWords(page, 'Confirmed by')
      expectNoWords(page, 'Call before you go')
    }
    await during(shelter, `assured_at = '2026-01-05', assurance_due = '2026-11-23T09:00:00Z'`, async () => {
      for (const page of await both()) {
        expectWords(page, 'Not confirmed since 5 January 2026')
        expectNoWords(page, 'Confirmed by')
      }
    })
    await during(shelter, 'assured_at = null', async () => {
      for (const page of await both()) {
        expectWords(page, say(m.directory_never_confirmed))
        expectNoWords(page, 'Confirmed by')
      }
    })
  })

  test('DIR-6: what is closed for now says so, and is not called open; what has ended is gone, with a way on', async () => {
    const always = `card = card || '{"schedule": [{"days": ["MO","TU","WE","TH","FR","SA","SU"], "opens": "00:00", "closes": "24:00"}]}'`
    await during(shelter, always, async () =>
      expectWords(words(await html(`/services/${shelter}`, 'en')), 'Open until'),
    )
    await during(shelter, `${always}, status = 'temporarily closed'`, async () => {
      const [page = '', printed = ''] = await both()
      expectWords(page, say(m.directory_closed_title))
      expectNoWords(page, 'Open until')
      expectWords(printed, say(m.directory_closed_text))
    })
    await during(shelter, `${always}, status = 'defunct'`, async () => {
      const answer = await get(`/services/${shelter}`, 'en')
      expect(answer.status).toBe(410)
      const page = await answer.text()
      expectWords(page, say(m.directory_gone_title))
      expectWords(page, '<a href="/find">')
      expectNoWords(words(page), 'Open until')
      expectWords(await paper(shelter, 'en'), say(m.directory_gone_title))
    })
  })
})

describe('DIR-1: hours', () => {
  test('DIR-1: those of the place stand where the card has none; of several places each has its own', async () => {
    const slugs = await db.transact({ actor: null }, (tx) =>
      tx.all(query.selectFrom('directory.service').select('slug').where('pack', '=', 'de-stuttgart')),
    )
    const all = await Promise.all(slugs.map(({ slug }) => service(slug)))
    const without = all.filter(({ card }) => card.schedule.length === 0)
    for (const several of [false, true]) {
      const found = without.find(
        ({ locations }) =>
          locations.length > 1 === several && locations.some(({ location }) => location.schedule.length > 0),
      )
      const hours = found?.locations.flatMap(({ location }) => location.schedule)[0]
      const told = `${hours?.opens}–${hours?.closes}`
      expectWords(words(await html(`/services/${found?.slug}`, 'de')), told)
      expectWords(await paper(found?.slug ?? '', 'de'), told)
      expectNoWords(words(await html(`/services/${found?.slug}`, 'de')), say(m.directory_hours_unknown, 'de'))
    }
  })
})

describe('DIR-8: to take along', () => {
  test('DIR-8: page, paper and code name the same short address, and it leads to the service', async () => {
    const { id } = await service(shelter)
    const short = `/s/${id.slice(-10)}`
    const page = await html(`/services/${shelter}`)
    expectWords(words(page), short)
    expectWords(page, `src="/services/${shelter}/qr.svg"`)
    expectWords(await paper(shelter), short)
    const code = await get(`/services/${shelter}/qr.svg`)
    expect(code.headers.get('content-type')).toContain('image/svg+xml')
    expect(await code.text()).not.toBe(await (await get('/services/konsultuvannia/qr.svg')).text())
    expect((await get(short)).headers.get('location')).toBe(`/services/${shelter}`)
    expect((await get('/s/0000000000')).status).toBe(404)
  })

  test('DIR-8: the page holds its linked data, and nothing in it ends the script', async () => {
    await during(shelter, `card = jsonb_set(card, '{summary,uk}', '"Тепло </script><b>"')`, async () => {
      const page = await html(`/services/${shelter}`)
      const data = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
      expect(JSON.parse(data)).toMatchObject({ name: 'Надання притулку', description: 'Тепло </script><b>' })
    })
  })

  test('DIR-8: every paper of the twelve services holds who, what, where, how long, papers and grounds, on one sheet', async () => {
    for (const { slug, card, names } of kharkiv) {
      const bytes = Buffer.from(await (await get(`/services/${slug}/pdf`)).arrayBuffer())
      const page = pdfText(new Uint8Array(bytes))
      expect([slug, bytes.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length]).toEqual([slug, 1])
      const fields = inLocale('uk', () => [
        ...[card.names, card.summary, ...card.activities].map(told),
        ...[...card.targetGroups, ...card.areas].map((code) => told(names.get(code) ?? {})),
        termWords(card.term),
        costWords(card.cost.kind),
        ...card.documents.map((document) => told(document.name)),
        ...card.refusalGrounds.map((ground) => told(ground.text)),
        ...(card.eligibility.description ? [told(card.eligibility.description)] : []),
      ])
      for (const field of fields) expectWords(page, field, slug)
    }
  })
})

describe('DIR-7: what the public may not see', () => {
  test('DIR-7: the page and the data of an organisation name no card that waits, and none that has ended', async () => {
    const { organisation, id } = await service(shelter)
    const seen = async () => {
      const record = await (await get(`/hsds/organizations/${organisation.id}?full_service=true`)).json()
      return [
        (await html(`/organisations/${organisation.slug}`)).includes(`href="/services/${shelter}"`),
        JSON.stringify(record).includes(id),
        (await (await get('/hsds/services?minimal=true')).text()).includes(id),
        (await (await get('/hsds/services?format=ndjson')).text()).includes(id),
        (await get(`/hsds/services/${id}`)).status,
      ]
    }
    expect(await seen()).toEqual([true, true, true, true, 200])
    await during(shelter, `status = 'inactive'`, async () => {
      expect(await seen()).toEqual([false, false, false, false, 404])
      expectNoWords(await (await get('/hsds/services?modified_after=2000-01-01&minimal=true')).text(), id)
    })
    await during(shelter, `status = 'defunct'`, async () =>
      expect(await seen()).toEqual([false, false, false, false, 200]),
    )
  })
})

describe('an unknown service', () => {
  test('is answered in the visitor’s language, with a way on', async () => {
    for (const locale of ['uk', 'da', 'de', 'en'] as const)
      for (const path of ['/services/no-such', '/organisations/no-such', '/services/no-such/pdf']) {
        const answer = await get(path, locale)
        expect([path, answer.status]).toEqual([path, 404])
        const page = await answer.text()
        expectWords(page, `<html lang="${locale}"`)
        expectWords(page, 'href="/find"')
      }
  })
})
