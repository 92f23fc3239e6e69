import { Locale, locales, type Text } from '../../../platform/i18n/text.ts'
import { Accessibility, Channel, type OpeningHours, ServiceForm, SpokenLanguage } from '../types.ts'
import type { CardDraft, Reason } from './import-types.ts'
import {
  asList,
  asObject,
  type Loose,
  mailAddress,
  objectsIn,
  textIn,
  timeOf,
  webAddress,
  weekdaysIn,
  wholeIn,
} from './loose-values.ts'

/** Words of anything: a text, or the first telling field of an object. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim()
  const object = asObject(value)
  return (
    textIn(object, 'name', 'description', 'eligibility', 'fee', 'document', 'label', 'value', 'city', 'postal_code') ??
    ''
  )
}

/** A text in the data set's language, with the other languages that our profile carries. */
export function translated(words: string, field: string, translations: Loose, locale: Locale): Text {
  const text: Text = { [locale]: words }
  const draft: Locale[] = []
  let other = false
  for (const each of locales) {
    const told = asObject(translations[each])
    const translation = textIn(told, field)
    if (!translation) continue
    if (!other) delete text[locale]
    other = true
    text[each] = translation
    if (asList(told.draft).includes(field)) draft.push(each)
  }
  return draft.length > 0 ? { ...text, draft } : text
}

/** The fields of a card that a service in HSDS, or near to it, tells. */
export function cardOf(service: Loose, name: string, locale: Locale, notes: Reason[]): CardDraft {
  const translations = asObject(service.translations)
  const tell = (words: string, field: string) => translated(words, field, translations, locale)
  const description = textIn(service, 'summary') ?? textIn(service, 'description')
  const profiled = asList(service.activities).map(wordsOf).filter(Boolean)
  const eligibility =
    textIn(service, 'eligibility_description') ?? asList(service.eligibility).map(wordsOf).filter(Boolean).join('; ')
  const parts = profiled.length > 0 || !description ? { summary: description, rest: profiled } : split(description)
  if (!description) notes.push({ code: 'description-made', field: 'description' })
  const alternate = textIn(service, 'alternate_name')
  const age = (field: string, value: number | undefined) => {
    if (value === undefined || (value >= 0 && value <= 120)) return value
    notes.push({ code: 'dropped-value', field, value: String(value) })
    return undefined
  }
  const minimum = age('minimum_age', wholeIn(service, 'minimum_age'))
  const maximum = age('maximum_age', wholeIn(service, 'maximum_age'))
  const costs = objectsIn(service.cost_options)
  const amount = textIn(costs[0] ?? {}, 'amount')
  const slug = textIn(service, 'slug')
  const site =
    textIn(service, 'url', 'website') ??
    asList(service.urls)
      .map((each) => wordsOf(each) || textIn(asObject(each), 'url'))
      .find(Boolean)
  const card: CardDraft = {
    names: tell(name, 'name'),
    alternateNames: alternate && alternate !== name ? [{ [locale]: alternate.slice(0, 300) }] : [],
    activities: parts.rest.map((words, at) => tell(words, `activity_${at + 1}`)),
    documents: objectsIn(service.required_documents).flatMap((document) => documentOf(document, locale)),
    languages: asList(service.languages).flatMap(languageOf),
    phones: phonesOf(service.phones ?? service.phone, locale),
    schedule: schedulesOf(service, locale),
    eligibility: {
      ...(eligibility ? { description: tell(eligibility, 'eligibility_description') } : {}),
      ...(minimum === undefined ? {} : { minimumAge: minimum }),
      ...(maximum === undefined ? {} : { maximumAge: maximum }),
    },
    forms: asList(service.forms).flatMap((each) => ServiceForm.safeParse(each).data ?? []),
    channels: asList(service.channels).flatMap((each) => Channel.safeParse(each).data ?? []),
    accessibility: asList(service.accessibility).flatMap((each) => Accessibility.safeParse(each).data ?? []),
    areas: asList(service.areas).map(wordsOf).filter(Boolean),
    crisis: service.crisis === true,
    example: service.example === true,
    refusalGrounds: objectsIn(service.refusal_grounds).flatMap((ground) => {
      const words = textIn(ground, 'text')
      const code = textIn(ground, 'code')
      if (!words || !code) return []
      return [
        {
          code,
          text: translated(words, 'text', asObject(ground.translations), locale),
          holds: ground.holds === 'ending' ? ('ending' as const) : ('entry' as const),
        },
      ]
    }),
  }
  if (parts.summary) card.summary = tell(parts.summary, 'summary')
  const email = mailAddress(
    textIn(service, 'email') ?? asList(service.emails).map(wordsOf).find(Boolean),
    'email',
    notes,
  )
  if (email) card.email = email
  const website = slug && site?.endsWith(`/services/${slug}`) ? undefined : webAddress(site, 'url', notes)
  if (website) card.website = website
  const duration = asObject(service.duration)
  if (Object.keys(duration).length > 0) card.term = termOf(duration)
  if (amount !== undefined && /^\d+(\.\d{1,4})?$/.test(amount)) {
    const currency = textIn(costs[0] ?? {}, 'currency')
    card.cost = {
      kind: Number(amount) === 0 ? 'free' : 'full',
      amount,
      ...(currency?.length === 3 ? { currency: currency.toUpperCase() } : {}),
    }
  }
  const option = textIn(costs[0] ?? {}, 'option')
  if (option === 'free' || option === 'differentiated' || option === 'full') card.cost = { ...card.cost, kind: option }
  const writtenIn = Locale.safeParse(textIn(service, 'language')).data
  if (writtenIn) card.writtenIn = writtenIn
  return card
}

/** The first two sentences say what it is; the rest is what it consists of. */
function split(description: string): { summary: string; rest: string[] } {
  if (description.length <= 300 && !description.includes('\n')) return { summary: description, rest: [] }
  const [first = '', ...others] = description.split('\n').filter(Boolean)
  const sentences = first.match(/[^.!?]+(?:[.!?]+(?=\s|$)|$)\s*|[^.!?]*[.!?]\S[^.!?]*/g) ?? [first]
  let summary = ''
  let used = 0
  while (
    used < sentences.length &&
    (used === 0 || (used < 2 && summary.length + (sentences[used]?.length ?? 0) <= 300))
  )
    summary += sentences[used++] ?? ''
  const rest = sentences.slice(used).join('').trim()
  return {
    summary: summary.trim() || first,
    rest: [...(rest ? [rest] : []), ...others].map((line) => line.replace(/^[•*\-–]\s*/, '')).filter(Boolean),
  }
}

function termOf(duration: Loose): NonNullable<CardDraft['term']> {
  const months = (field: string) => Number(/^P(\d+)M$/.exec(textIn(duration, field) ?? '')?.[1] ?? 0)
  return {
    asNeeded: duration.as_needed === true,
    ...(months('minimum') ? { minimumMonths: months('minimum') } : {}),
    ...(months('maximum') ? { maximumMonths: months('maximum') } : {}),
    ...(months('limit') ? { extendedToMonths: months('limit') } : {}),
  }
}

function documentOf(document: Loose, locale: Locale): NonNullable<CardDraft['documents']> {
  const words = textIn(document, 'document', 'name')
  if (!words) return []
  const needed = (['at-application', 'before-decision', 'before-start', 'if-available'] as const).find(
    (each) => each === document.needed,
  )
  const how = textIn(document, 'how_to_obtain')
  const translations = asObject(document.translations)
  return [
    {
      name: translated(words, 'document', translations, locale),
      needed: needed ?? 'at-application',
      from: document.from === 'office' ? 'office' : 'person',
      ...(how ? { howToObtain: translated(how, 'how_to_obtain', translations, locale) } : {}),
    },
  ]
}

const languageNames = new Map<string, string>()
for (const tag of 'en es fr de da uk ru pl ar fa tr sv no nb it pt ro zh vi ko ja hi ur so ti am bg cs sk hu sr hr sq el he ht tl ps ku'.split(
  ' ',
))
  for (const locale of locales)
    languageNames.set(new Intl.DisplayNames(locale, { type: 'language' }).of(tag)?.toLowerCase() ?? tag, tag)

function languageOf(given: unknown): string[] {
  const code = typeof given === 'object' ? textIn(asObject(given), 'code', 'language') : undefined
  if (code && SpokenLanguage.safeParse(code).success) return [code]
  const words = wordsOf(given)
  const tag = languageNames.get(words.toLowerCase()) ?? words
  return SpokenLanguage.safeParse(tag).success ? [tag] : []
}

/** Phone numbers, each once; fax machines are left out. */
export function phonesOf(given: unknown, locale: Locale): NonNullable<CardDraft['phones']> {
  const seen = new Set<string>()
  return asList(given).flatMap((each) => {
    const phone = asObject(each)
    const line = typeof each === 'object' ? textIn(phone, 'number', 'phone') : wordsOf(each)
    const area = textIn(phone, 'area_code')
    const extension = textIn(phone, 'extension')
    const number = [area ? `(${area})` : '', line ?? '', extension ? `ext. ${extension}` : '']
      .filter(Boolean)
      .join(' ')
      .slice(0, 40)
      .trim()
    if (!/\d{2}/.test(number) || seen.has(number) || /fax/i.test(textIn(phone, 'type') ?? '')) return []
    seen.add(number)
    const label = textIn(phone, 'description', 'department')
    return [{ number, ...(label ? { label: { [locale]: label.slice(0, 200) } } : {}) }]
  })
}

/** Weekly hours; schedules of single dates and months are told by nobody's weekday and left out. */
export function schedulesOf(owner: Loose, locale: Locale): OpeningHours[] {
  const found = new Map<string, OpeningHours>()
  for (const schedule of [
    ...objectsIn(owner.schedules),
    ...objectsIn(owner.schedule),
    ...objectsIn(owner.regular_schedules),
  ]) {
    if (/MONTHLY/i.test(textIn(schedule, 'freq') ?? '')) continue
    const days = weekdaysIn(schedule.byday ?? schedule.days ?? schedule.day ?? schedule.weekday)
    const opens = timeOf(
      schedule.opens_at ?? schedule.opens ?? schedule.start_time ?? schedule.time_open ?? schedule.open_time,
    )
    const closes = timeOf(
      schedule.closes_at ?? schedule.closes ?? schedule.end_time ?? schedule.time_close ?? schedule.close_time,
    )
    if (days.length === 0 || !opens || !closes) continue
    const note = textIn(schedule, 'description', 'notes')
    found.set([days, opens, closes].join(), {
      days,
      opens,
      closes,
      ...(note ? { note: { [locale]: note.slice(0, 300) } } : {}),
    })
  }
  return [...found.values()].slice(0, 50)
}
