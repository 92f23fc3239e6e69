import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, offeredFrom } from './compare.ts'
import { matchKeys } from './keys.ts'
import { letterBox, type Marks, phoneDigits } from './marks.ts'
import { marks, otherNames, sameNames, spellings } from './matching.fixture.ts'

const born = '1985-03-17'
const whats = (one: Marks, two: Marks) => compare(one, two).reasons.map(({ what }) => what)
const meet = (one: Marks, two: Marks) => {
  const keys = new Set(matchKeys(one))
  return matchKeys(two).some((key) => keys.has(key))
}
const offered = (one: Marks, two: Marks) => meet(one, two) && compare(one, two).score >= offeredFrom

const letters = [...'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяabcdefghijklmnopqrstuvwxyzäöüßæøåéščł']
const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 12 }).map((all) => all.join(''))
const name = fc.oneof(
  fc.array(fc.oneof(word, fc.constantFrom('Іванівна', 'Олександр', 'Maria', 'von', '-', ',')), { maxLength: 6 }),
  fc.constantFrom(...[...spellings, ...sameNames, ...otherNames].flat()).map((one) => [one]),
)
const anybody: fc.Arbitrary<Marks> = fc.record({
  name: name.map((words) => words.join(' ')),
  birthDate: fc.option(fc.constantFrom(born, '1985-03-18', '1985-01-01', '1958-03-17', '2007-11-30'), {
    nil: undefined,
  }),
  phones: fc.array(fc.constantFrom('+380 50 123 45 67', '0501234567', '+45 20 12 34 56', '112'), { maxLength: 2 }),
  emails: fc.array(fc.constantFrom('a.b@ukr.net', 'AB+c@ukr.net', 'nobody', 'x@web.de'), { maxLength: 2 }),
  address: fc.option(fc.constantFrom('вул. Сумська 25, кв. 3', 'Sumska 25/3', 'Hauptstr. 5', '', '7'), {
    nil: undefined,
  }),
  documents: fc.array(fc.constantFrom('ab12', 'cd34', 'ef56'), { maxLength: 2 }),
})

describe('INT-8: possible duplicates, the names', () => {
  it.each(spellings)('INT-8: %s and %s are one name', (one, two) => {
    const [reason] = whats(marks(one), marks(two))
    expect(['name', 'name-other-script', 'name-part']).toContain(reason)
  })

  it.each([...spellings, ...sameNames])('INT-8: %s and %s of one birth date are offered', (one, two) => {
    expect(offered(marks(one, { birthDate: born }), marks(two, { birthDate: born }))).toBe(true)
  })

  it.each(otherNames)('INT-8: %s and %s under one roof, born on one day, are not', (one, two) => {
    const shared = { birthDate: born, phones: ['+380501234567'], address: 'Sumska 25/3' }
    expect(compare(marks(one, shared), marks(two, shared)).score).toBeLessThan(offeredFrom)
  })

  it('INT-8: the reasons say whether the name is the same, in another script, similar or a part', () => {
    const natalia = marks('Гриценко Наталя')
    expect(whats(natalia, marks('НАТАЛЯ ГРИЦЕНКО'))).toEqual(['name'])
    expect(whats(natalia, marks('Natalia Hrytsenko'))).toEqual(['name-other-script'])
    expect(whats(natalia, marks('Гирценко Наталя'))).toEqual(['name-similar'])
    expect(whats(natalia, marks('Гриценко Наталя Іванівна'))).toEqual(['name-part'])
    expect(whats(natalia, marks('Гриценко Оксана'))).toEqual(['name-part', 'given-name-differs'])
    expect(whats(natalia, marks('Бондар Наталя'))).toEqual(['name-part', 'name-differs'])
  })
})

describe('INT-8: possible duplicates, one field wrong or missing', () => {
  const whole = marks('Гриценко Наталя Іванівна', {
    birthDate: '1985-03-07',
    phones: ['+380 50 123 45 67'],
    emails: ['Natalia.H@gmail.com'],
    address: 'м. Харків, вул. Сумська, буд. 25, кв. 14',
    documents: ['0f3a'],
  })

  it.each([
    ['day and month were swapped', { ...whole, birthDate: '1985-07-03' }],
    ['a digit of the year is wrong', { ...whole, birthDate: '1958-03-07' }],
    ['the birth date is another', { ...whole, birthDate: '1986-11-20' }],
    ['the birth date is missing', { ...whole, birthDate: undefined }],
    ['the family name is another since the wedding', { ...whole, name: 'Бондаренко Наталя Іванівна' }],
    ['the name of the father is missing', { ...whole, name: 'Natalia Hrytsenko' }],
    ['a short form stands', { ...whole, name: 'Гриценко Наташа' }],
  ])('INT-8: offered though %s', (_, other) => {
    expect(offered({ ...whole, documents: [] }, { ...other, documents: [] })).toBe(true)
    // by the telephone alone, and by the letter box alone
    const bare = { address: undefined, documents: [] }
    expect(offered({ ...whole, ...bare, emails: [] }, { ...other, ...bare, emails: [] })).toBe(true)
    expect(offered({ ...whole, ...bare, phones: [] }, { ...other, ...bare, phones: [] })).toBe(true)
  })

  it('INT-8: a record meets another though its day and month were swapped and only one name is left', () => {
    expect(meet(marks('Наталя', { birthDate: '1985-03-07' }), marks('Natalia', { birthDate: '1985-07-03' }))).toBe(true)
  })

  it('INT-8: the name and the address are offered where nobody knows the birth date', () => {
    const address = 'вул. Сумська 25, кв. 3'
    expect(offered(marks('Коваль Іван', { address, birthDate: born }), marks('Ivan Koval', { address }))).toBe(true)
  })

  it('INT-8: one document is nearly enough, but not against another given name', () => {
    const paper = { documents: ['0f3a'] }
    expect(offered(marks('Гриценко Наталя', paper), marks('Bondarenko Natalia', paper))).toBe(true)
    expect(offered(marks('Гриценко Наталя', paper), marks('Гриценко Оксана', paper))).toBe(false)
  })

  it('INT-8: a name alone, however rare, is no duplicate', () => {
    expect(offered(marks('Гриценко Наталя Іванівна'), marks('Гриценко Наталя Іванівна'))).toBe(false)
  })

  it('INT-8: telephones are one number however they are written', () => {
    for (const typed of ['+380 50 123-45-67', '00380501234567', '050 123 45 67', '8 (050) 123 45 67', '380501234567'])
      expect(phoneDigits(typed), typed).toBe('501234567')
    for (const typed of ['+49 (0)151 234567-89', '0049 151 23456789', '0151 23456789', '4915123456789'])
      expect(phoneDigits(typed), typed).toBe('15123456789')
    for (const typed of ['+45 20 12 34 56', '20123456', '0045 20123456', '4520123456'])
      expect(phoneDigits(typed), typed).toBe('20123456')
    expect(phoneDigits('112')).toBeUndefined()
  })

  it('INT-8: a letter box is one however its address is written', () => {
    for (const typed of ['natalia.h@gmail.com', ' Natalia.H+amt@GMAIL.com ', 'nataliah@googlemail.com'])
      expect(letterBox(typed), typed).toBe('nataliah@gmail.com')
    expect(letterBox('nobody')).toBeUndefined()
  })

  it.each([
    ['м. Харків, вул. Сумська, буд. 25, кв. 14', 'Sumska St 25, apt 14', true],
    ['м. Харків, вул. Сумська, буд. 25, кв. 14', 'Сумская ул. 25/14, Харьков', true],
    ['Hauptstraße 5, 99084 Erfurt', 'Hauptstr. 5', true],
    ['Nørregade 12, 3. tv, 8000 Aarhus', 'Noerregade 12, 3', true],
    ['м. Харків, вул. Сумська, буд. 25', 'м. Харків, вул. Шевченка, буд. 25', false],
    ['Сумська 25, кв. 14', 'Сумська 25, кв. 15', false],
    ['Харків', 'Харків', false],
  ])('INT-8: %s and %s are one address: %s', (one, two, same) => {
    expect(whats(marks('A', { address: one }), marks('B', { address: two })).includes('address')).toBe(same)
  })
})

describe('INT-8: possible duplicates, people who are not', () => {
  const home = { phones: ['+380501234567'], address: 'вул. Сумська 25, кв. 3', emails: ['home@ukr.net'] }
  it.each([
    [
      'twins',
      marks('Коваль Олена Іванівна', { ...home, birthDate: born }),
      marks('Коваль Ольга Іванівна', { ...home, birthDate: born }),
    ],
    [
      'brothers',
      marks('Коваль Петро Іванович', { ...home, birthDate: born }),
      marks('Коваль Павло Іванович', { ...home, birthDate: '1987-06-01' }),
    ],
    [
      'father and son of one name',
      marks('Peter Holm', { ...home, birthDate: '1960-02-03' }),
      marks('Peter Holm', { ...home, birthDate: '1990-11-24' }),
    ],
    ['father and son, no birth date', marks('Коваль Іван Петрович', home), marks('Коваль Іван Іванович', home)],
    [
      'a common name in one year',
      marks('Коваленко Олена Іванівна', { birthDate: '1985-03-17' }),
      marks('Коваленко Олена Іванівна', { birthDate: '1985-10-02' }),
    ],
    [
      'a shelter’s telephone',
      marks('Коваль Петро', { phones: home.phones }),
      marks('Бондар Петро', { phones: home.phones }),
    ],
  ])('INT-8: %s are not offered', (_, one, two) => {
    expect(compare(one, two).score).toBeLessThan(offeredFrom)
  })

  it('INT-8: 1 January is a birth date that many were given, and says less', () => {
    const [day, first] = ['1985-03-17', '1985-01-01'].map((birthDate) =>
      compare(marks('Ali Hassan', { birthDate }), marks('Ali Hassan', { birthDate })),
    )
    expect(first?.score).toBeLessThan(day?.score ?? 0)
  })
})

describe('INT-8: possible duplicates, whatever was typed', () => {
  it('INT-8: two records compare the same in either order', () => {
    fc.assert(
      fc.property(anybody, anybody, (one, two) => {
        expect(compare(one, two)).toEqual(compare(two, one))
      }),
      { numRuns: 2000 },
    )
  })

  it('INT-8: a score lies between 0 and 1, and the reasons stand by weight', () => {
    fc.assert(
      fc.property(anybody, anybody, (one, two) => {
        const { score, reasons } = compare(one, two)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        const weights = reasons.map(({ weight }) => weight)
        expect(weights).toEqual(weights.toSorted((first, second) => second - first))
        expect(weights).not.toContain(0)
      }),
    )
  })

  it('INT-8: a record with enough marks is itself for certain, and finds itself', () => {
    fc.assert(
      fc.property(anybody, (one) => {
        const sure = { ...one, birthDate: born, phones: ['0501234567'], emails: ['a@ukr.net'], documents: ['ab12'] }
        expect(compare(sure, sure).score).toBe(1)
        expect(meet(sure, sure)).toBe(true)
      }),
    )
  })

  it('INT-8: case, spaces and the way letters are composed change neither keys nor score', () => {
    fc.assert(
      fc.property(anybody, (one) => {
        for (const write of [
          (text: string) => text.toUpperCase(),
          (text: string) => `  ${text.replaceAll(' ', '  ')} `,
          (text: string) => text.normalize('NFD'),
        ]) {
          const again = { ...one, name: write(one.name), address: one.address && write(one.address) }
          expect(matchKeys(again)).toEqual(matchKeys(one))
          expect(compare(again, one)).toEqual(compare(one, one))
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('INT-8: any text at all gives few, short keys and never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'binary' }), (text, more) => {
        const odd = { name: text, birthDate: more, phones: [more], emails: [more], address: text, documents: [more] }
        const keys = matchKeys(odd)
        expect(keys.length).toBeLessThanOrEqual(96)
        for (const key of keys) expect(key.length).toBeLessThanOrEqual(200)
        compare(odd, marks(more))
      }),
    )
  })

  it('INT-8: a hostile name makes no more keys than another', () => {
    const hostile = [
      'а'.repeat(100_000),
      'Слава '.repeat(10_000),
      'ch-'.repeat(50_000),
      'Саша-Женя-Слава-Валя-Тіма-Галя',
    ]
    for (const text of hostile) {
      const one = marks(text, { birthDate: born, phones: ['0501234567'], address: `${text} 7` })
      expect(matchKeys(one).length).toBeLessThanOrEqual(96)
      compare(one, one)
    }
  })
})
