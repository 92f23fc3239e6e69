import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { formatDay } from '../../../platform/i18n/format.ts'
import { inLocale, m } from '../../../platform/i18n/speech.ts'
import { languageName } from '../../../platform/ui/words.tsx'
import { plainWords, type ReadParagraph, readable } from '../rules/letters.ts'
import type { StoredLetter } from '../store/letters.ts'

type Margin = [number, number, number, number]
const quiet = '#585e57'

/**
 * INT-10: a letter on one A4, in its own language and from the same data as the page. Name and address stand in the field of a window envelope where post
 * is the way, and nowhere else. @param day on which it was written, local
 */
export function letterPdf(
  letter: StoredLetter,
  day: string,
  link: string | undefined,
): TDocumentDefinitions & { language: string } {
  const { data, locale } = letter
  return inLocale(locale, () => ({
    language: locale,
    info: { title: letter.subject },
    // a reader may need large letters: who does reads the page, the paper stays one sheet
    pageMargins: [71, 48, 57, 48],
    defaultStyle: { font: 'DejaVu', fontSize: 10, lineHeight: 1.3 },
    content: [
      ...(letter.way === 'post' && data.address
        ? [
            {
              // the window begins 45 mm below the edge and is 85 mm wide (DIN 5008, form B)
              absolutePosition: { x: 71, y: 142 },
              columns: [{ width: 241, text: [data.name, data.address].filter(Boolean).join('\n') }],
            },
            { text: ' ', margin: [0, 0, 0, 215] as Margin },
          ]
        : []),
      {
        columns: [
          { text: data.office ?? '', color: quiet },
          { text: formatDay(day), alignment: 'right' as const, color: quiet },
        ],
      },
      { text: letter.subject, fontSize: 15, bold: true, headlineLevel: 1, margin: [0, 14, 0, 10] as Margin },
      ...readable(letter.paragraphs, link).map((paragraph) => paragraphContent(paragraph, letter, link)),
      ...(data.draft
        ? [{ text: m.intake_letters_translation(), fontSize: 8, color: quiet, margin: [0, 10, 0, 0] as Margin }]
        : []),
    ],
    footer: {
      text: m.intake_letters_request({ reference: data.reference }),
      margin: [71, 8],
      fontSize: 7.5,
      color: quiet,
    },
  }))
}

/** On paper there is no other mark: a paragraph in another language says in which. */
function paragraphContent(paragraph: ReadParagraph, letter: StoredLetter, link: string | undefined): Content {
  const margin: Margin = [0, 0, 0, 7]
  if (paragraph.list.length > 0) return { ul: [...paragraph.list], margin }
  const words = plainWords(paragraph, link)
  const foreign = paragraph.locale !== letter.locale
  const mark = foreign ? ` (${m.ui_in_language({ language: languageName(paragraph.locale) })})` : ''
  return { text: `${words}${mark}`, margin }
}
