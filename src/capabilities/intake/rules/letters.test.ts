import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locales } from '../../../platform/i18n/text.ts'
import { ContactWay, IntakeProcedure, LetterKind, letterPlaceholders, SafeContact } from '../types.ts'
import { wayOf } from './contact.ts'
import { fillLetter, plainWords, readable, templateOf, toldByAnother, wayOfLetter } from './letters.ts'

const packs = ['ua-kharkiv', 'dk-midtjylland', 'de-stuttgart'] as const
const procedureOf = (pack: string) =>
  IntakeProcedure.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, '../../../../packs', pack, 'intake.json'), 'utf8')),
  )

/** Something for every placeholder. */
const everything = (kind: LetterKind) => ({
  ...Object.fromEntries(letterPlaceholders[kind].filter((name) => name !== 'link').map((name) => [name, `<${name}>`])),
  documents: ['паспорт', 'довідка'],
})

describe('INT-10: templates of packs', () => {
  test.each(packs)('INT-10: %s fills every kind in four languages, and leaves no placeholder open', (pack) => {
    const procedure = procedureOf(pack)
    for (const kind of LetterKind.options)
      for (const locale of locales) {
        const template = templateOf(procedure, kind)
        if (!template) throw new Error(`${pack} has no letter of ${kind}`)
        const { subject, paragraphs } = fillLetter(template, everything(kind), locale)
        const words = readable(paragraphs, 'https://linden.example/r/x').map((one) =>
          plainWords(one, 'https://linden.example/r/x'),
        )
        expect(`${subject} ${words.join(' ')}`).not.toMatch(/[{}]|undefined/)
        expect(subject).toContain('<reference>')
        expect(words.join(' ')).toContain('https://linden.example/r/x')
        expect(paragraphs).toHaveLength(template.body.length)
        expect(paragraphs.every((paragraph) => paragraph.locale === locale)).toBe(true)
      }
  })

  test('INT-10: a paragraph in which a placeholder has nothing to say is left out, and no other', () => {
    const body = [{ en: 'By {day}.' }, { en: 'Papers: {documents}' }, { en: 'From {office}.' }, { en: 'No hole.' }]
    const filled = fillLetter({ subject: { en: 'S {reference}' }, body }, { day: '', documents: [], office: 'A' }, 'en')
    expect(readable(filled.paragraphs, undefined).map((one) => plainWords(one, undefined))).toEqual([
      'From A.',
      'No hole.',
    ])
    expect(filled.subject).toBe('S')
  })

  test('INT-10: a day that ends with a full stop ends its sentence', () => {
    const body = [{ uk: 'Рішення буде до {day}. Дякуємо.' }]
    const { paragraphs } = fillLetter({ subject: { uk: 'Л' }, body }, { day: '14 грудня 2026 р.' }, 'uk')
    expect(paragraphs).toEqual([{ locale: 'uk', words: ['Рішення буде до 14 грудня 2026 р. Дякуємо.'] }])
  })

  test('INT-10: papers stand as a list; a reader without a link reads nothing of one', () => {
    const body = [{ en: '{documents}' }, { en: 'Send them here: {link}' }]
    const { paragraphs } = fillLetter({ subject: { en: 'S' }, body }, { documents: ['a', 'b'] }, 'en')
    expect(readable(paragraphs, undefined)).toEqual([{ locale: 'en', words: [], list: ['a', 'b'] }])
    expect(readable(paragraphs, 'L').map((one) => plainWords(one, 'L'))).toEqual(['a\nb', 'Send them here: L'])
  })

  test('INT-10: a language that a template lacks is replaced by another, which is told', () => {
    const template = { subject: { uk: 'Лист', draft: ['uk' as const] }, body: [{ uk: 'Вітаємо.' }] }
    const filled = fillLetter(template, {}, 'da', ['uk'])
    expect(filled.paragraphs).toEqual([{ locale: 'uk', words: ['Вітаємо.'] }])
    expect(filled.draft).toBe(true)
  })

  test('INT-10: what people typed is words: no placeholder, no link, no pattern', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z{}$&' ]{1,40}$/), (typed) => {
        const body = [{ en: 'Because: {reasons} End.' }]
        const { paragraphs } = fillLetter(
          { subject: { en: 'S' }, body },
          { reasons: typed, link: 'no', name: 'no' },
          'en',
        )
        expect(paragraphs).toEqual([{ locale: 'en', words: [`Because: ${typed} End.`] }])
      }),
      { examples: [['{link}'], ['{name}'], ['$&']] },
    )
  })
})

const contacts = fc
  .record({
    ways: fc.uniqueArray(fc.constantFrom(...ContactWay.options)),
    phone: fc.constantFrom(undefined, '+380 50 000 00 00'),
    email: fc.constantFrom(undefined, 'a@example.org'),
    emailReadByOthers: fc.boolean(),
    postSeenByOthers: fc.boolean(),
    discreet: fc.boolean(),
  })
  .map((told) => SafeContact.parse(told))
const addresses = fc.constantFrom(undefined, 'Харків, вул. Сумська, 1')

describe('INT-11: the way of a letter', () => {
  test('INT-11: never to a mailbox that others read, never by post that others see, whatever else was told', () => {
    fc.assert(
      fc.property(contacts, addresses, (contact, address) => {
        const { way, held } = wayOf(contact, address)
        if (contact.emailReadByOthers) expect(way).not.toBe('mail')
        if (contact.postSeenByOthers) expect(way).not.toBe('post')
        if (way === 'mail') expect(contact.ways.includes('email') && contact.email).toBeTruthy()
        if (way === 'post') expect(contact.ways.includes('post') && address).toBeTruthy()
        expect(held === undefined).toBe(way === 'mail')
      }),
    )
  })

  test('INT-11: what another told of somebody without their consent goes by hand alone', () => {
    fc.assert(
      fc.property(
        contacts,
        addresses,
        fc.constantFrom('application', 'referral', 'notice'),
        fc.constantFrom(undefined, 'given', 'missing'),
        (contact, address, kind, consent) => {
          const request = { kind, enteredBy: consent && { consent } }
          const expected = toldByAnother(request) ? { way: 'hand', held: 'told by another' } : wayOf(contact, address)
          expect(wayOfLetter(request, contact, address)).toEqual(expected)
          expect(toldByAnother(request)).toBe(kind === 'notice' || consent === 'missing')
        },
      ),
    )
  })
})
