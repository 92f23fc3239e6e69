import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { writeAtom } from './atom.ts'
import { writeCalendar } from './calendar.ts'

const changedAt = new Date('2026-11-23T09:00:00Z')
const feed = {
  title: 'Årshjul',
  page: 'https://linden.example/year-wheel',
  locale: 'da',
  timeZone: 'Europe/Copenhagen',
} as const
/** Lines as a calendar program reads them: folded ones are one. */
const lines = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

describe('GOV-7: a calendar feed', () => {
  test('has days without a time zone, whose end is the day after', () => {
    const written = lines(
      writeCalendar({ ...feed, entries: [{ id: 'one', title: 'Frist', day: '2028-02-29', changedAt }] }),
    )
    expect(written).toEqual(
      expect.arrayContaining([
        'BEGIN:VCALENDAR',
        'UID:one@linden.example',
        'DTSTART;VALUE=DATE:20280229',
        'DTEND;VALUE=DATE:20280301',
        'SUMMARY:Frist',
      ]),
    )
  })

  test('has times in UTC, so that no clock change moves them', () => {
    const written = lines(
      writeCalendar({
        ...feed,
        entries: [
          {
            id: 'two',
            title: 'Møde',
            start: new Date('2026-03-29T07:00:00Z'),
            end: new Date('2026-03-29T09:00:00Z'),
            changedAt,
            sequence: 3,
            cancelled: true,
          },
        ],
      }),
    )
    expect(written).toEqual(
      expect.arrayContaining(['DTSTART:20260329T070000Z', 'DTEND:20260329T090000Z', 'SEQUENCE:3', 'STATUS:CANCELLED']),
    )
  })

  test('nothing that people typed begins a line of its own, and no line is longer than 75 bytes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        (title, text) => {
          const written = writeCalendar({
            ...feed,
            entries: [
              {
                id: 'x',
                title: `${title}\r\nEND:VCALENDAR`,
                text: `${text}\r\nBEGIN:VALARM`,
                day: '2026-11-23',
                changedAt,
              },
            ],
          })
          expect(lines(written).filter((line) => line === 'END:VCALENDAR' || line === 'BEGIN:VALARM')).toEqual([
            'END:VCALENDAR',
          ])
          for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('GOV-3: an Atom feed', () => {
  const entry = {
    id: 'urn:uuid:0193ad5e-0000-7000-8000-000000000000',
    page: 'https://linden.example/decisions/1?a=1&b=2',
    updatedAt: changedAt,
  }
  const atom = (words: string) =>
    writeAtom({
      ...feed,
      self: 'https://linden.example/decisions.atom',
      author: 'Linden',
      entries: [{ ...entry, title: words, text: words, publishedAt: changedAt }],
    })

  test('whatever people typed stays words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (typed) => {
        const words = `<b>&"${typed}</title>`
        const { document } = parseHTML(atom(words).replace(/^<\?xml[^>]*>/, ''))
        expect(document.querySelectorAll('entry')).toHaveLength(1)
        expect(document.querySelector('entry title')?.children).toHaveLength(0)
      }),
      { numRuns: 100 },
    )
    expect(atom('a\u0000b\ud800c😀')).toContain('<title>ab\ufffdc😀</title>')
  })

  test('says when the newest of it changed, where it lies, and where its page is', () => {
    const text = atom('Møde')
    expect(text).toContain('<updated>2026-11-23T09:00:00.000Z</updated>')
    expect(text).toContain(
      '<link rel="self" type="application/atom+xml" href="https://linden.example/decisions.atom"/>',
    )
    expect(text).toContain('href="https://linden.example/decisions/1?a=1&amp;b=2"')
    expect(writeAtom({ ...feed, self: 'https://linden.example/a', author: 'Linden', entries: [] })).toContain(
      '<updated>1970-01-01',
    )
  })
})
