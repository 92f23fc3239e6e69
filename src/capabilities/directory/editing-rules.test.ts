import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nestFields } from '../../platform/http/form-fields.ts'
import { slugFrom } from '../../platform/i18n/slug.ts'
import { smallCard } from './editing.fixture.ts'
import { compareCards, compareWords } from './rules/compare.ts'
import { mayRemind } from './rules/reminders.ts'
import { flagWordings } from './rules/wording.ts'
import { ServiceCard, Slug } from './types.ts'
import { cardFields, cardFromFields } from './views/edit-fields.ts'

const text = fc.string({ unit: fc.constantFrom(...'ab їяßø ,.\n'), maxLength: 40 })
const word = fc.stringMatching(/^[a-zа-яøß]{1,12}$/)
const card = fc
  .record({
    summary: fc.record({ en: word, uk: word }, { requiredKeys: ['en'] }),
    activities: fc.array(fc.record({ en: word, de: word }, { requiredKeys: ['en'] }), { minLength: 1, maxLength: 5 }),
    crisis: fc.boolean(),
    eligibility: fc.record({ minimumAge: fc.integer({ min: 0, max: 120 }) }, { requiredKeys: [] }),
    phones: fc.array(
      fc.record(
        { number: fc.stringMatching(/^[0-9]{3,9}$/), source: fc.record({ title: word }) },
        { requiredKeys: ['number'] },
      ),
      { maxLength: 3 },
    ),
    documents: fc.array(
      fc.record({
        name: fc.record({ en: word }),
        needed: fc.constantFrom('at-application' as const, 'if-available' as const),
        from: fc.constantFrom('person' as const, 'office' as const),
      }),
      { maxLength: 3 },
    ),
  })
  .map((more) => smallCard('a-card', 'an-organisation', 'AREA', more))

describe('DIR-7: comparing', () => {
  test('a card and itself do not differ; the two directions find the same places', () => {
    fc.assert(
      fc.property(card, card, (a, b) => {
        expect(compareCards(a, a)).toEqual([])
        const there = compareCards(a, b)
        const back = compareCards(b, a)
        expect(back.map((one) => one.path).sort()).toEqual(there.map((one) => one.path).sort())
        for (const one of there)
          expect(back.find((other) => other.path === one.path)).toMatchObject({ before: one.after, after: one.before })
      }),
    )
  })

  test('the words that are not added make the text before, those not removed the text after', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = compareWords(before, after)
        const join = (kind: string) =>
          runs
            .filter((run) => run.kind !== kind)
            .map((run) => run.words)
            .join('')
        // white space alone is no word
        if (before.trim() !== '' && after.trim() !== '') {
          expect(join('added')).toBe(before)
          expect(join('removed')).toBe(after)
        }
      }),
    )
  })

  test('only the word that changed is marked', () => {
    expect(compareWords('Mo to Fr, by day', 'Mo to Sa, by day')).toEqual([
      { kind: 'same', words: 'Mo to ' },
      { kind: 'removed', words: 'Fr, ' },
      { kind: 'added', words: 'Sa, ' },
      { kind: 'same', words: 'by day' },
    ])
  })

  test('the order of codes is no change', () => {
    const a = smallCard('a', 'o', 'A', { forms: ['day', 'home'] })
    expect(compareCards(a, { ...a, forms: ['home', 'day'] })).toEqual([])
  })
})

describe('DIR-1: a card and its form', () => {
  test('what goes into the form comes out of it', () => {
    fc.assert(
      fc.property(card, (given) => {
        expect(ServiceCard.parse(cardFromFields(nestFields(cardFields(given)).card))).toEqual(given)
      }),
    )
  })

  test('a number that is changed loses the source of the old one', () => {
    const fields = cardFields(smallCard('a', 'o', 'A', { phones: [{ number: '112', source: { title: 'Act' } }] }))
    fields.set('card.phones.0.number', ['113'])
    expect(cardFromFields(nestFields(fields).card)).toMatchObject({ phones: [{ number: '113' }] })
    expect(JSON.stringify(cardFromFields(nestFields(fields).card))).not.toContain('Act')
  })
})

describe('DIR-10: wordings', () => {
  const wordings = [
    { locale: 'de' as const, pattern: 'Asylant', suggest: 'Geflüchtete', why: { de: 'Der Mensch zuerst.' } },
    { locale: 'uk' as const, pattern: 'інваліди', suggest: 'люди з інвалідністю' },
  ]
  test('flags the word as it stands, in its language, with what is said today', () => {
    const flags = flagWordings(
      { summary: { de: 'Für ASYLANTEN und Gäste', en: 'asylant' }, activities: [{ uk: 'Підтримуємо, інваліди теж' }] },
      wordings,
    )
    expect(flags).toEqual([
      {
        path: 'summary.de',
        locale: 'de',
        found: 'ASYLANTEN',
        suggest: 'Geflüchtete',
        why: { de: 'Der Mensch zuerst.' },
      },
      { path: 'activities.0.uk', locale: 'uk', found: 'інваліди', suggest: 'люди з інвалідністю', why: undefined },
    ])
  })
  test('does not flag inside other words, nor in what is no text', () => {
    expect(flagWordings({ summary: { de: 'Nichtasylant' }, slug: 'asylant' }, wordings)).toEqual([])
  })
})

describe('DIR-6: reminders', () => {
  const now = new Date('2026-11-23T09:00:00Z')
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
  test('the first letter goes at once, later ones ever more seldom', () => {
    expect(mayRemind([], now)).toBe(true)
    expect(mayRemind([ago(13)], now)).toBe(false)
    expect(mayRemind([ago(14)], now)).toBe(true)
    expect(mayRemind([ago(44), ago(29)], now)).toBe(false)
    expect(mayRemind([ago(44), ago(30)], now)).toBe(true)
  })
  test('nobody is written to twice within two weeks, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1 }),
        (days) => !mayRemind(days.map(ago), now) || Math.min(...days) >= 14,
      ),
    )
  })
})

describe('names in addresses', () => {
  test.each([
    ['Надання притулку', 'nadannia-prytulku'],
    ['Єдине вікно', 'yedyne-vikno'],
    ['Згода й підтримка', 'zghoda-y-pidtrymka'],
    ['Fælles spisning på Åen', 'faelles-spisning-paa-aaen'],
    ['Straßensozialarbeit für Ältere', 'strassensozialarbeit-fuer-aeltere'],
    ['!!!', ''],
  ])('%s becomes %s', (name, slug) => expect(slugFrom(name)).toBe(slug))

  test('is always a slug or empty', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (name) => slugFrom(name) === '' || Slug.safeParse(slugFrom(name)).success,
      ),
    )
  })
})
