import type { CanvasElement, Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { formatDay } from '../../../platform/i18n/format.ts'
import { inLocale, m } from '../../../platform/i18n/speech.ts'
import type { Locale } from '../../../platform/i18n/text.ts'
import type { Side, StoredContract, StoredSignature } from '../store/contracts.ts'
import { formWords } from './contract.tsx'
import { type ContractPart, contractPartsOf, type Line, shortHash } from './contract-parts.ts'

const quiet = '#585e57'

/**
 * INT-7: a contract on A4, in its own language: the text that was signed, its check number, and the signatures; lines to sign on where one is
 * missing. @param dayOf local day of a signature
 */
export function contractPdf(
  contract: StoredContract,
  dayOf: (moment: Date) => string,
): TDocumentDefinitions & { language: string } {
  const { text, locale } = contract
  return inLocale(locale, () => ({
    language: locale,
    info: { title: `${text.title}, ${text.person.name}` },
    content: [
      { text: text.title, fontSize: 18, bold: true, headlineLevel: 1 },
      { text: m.intake_contract_facts({ reference: text.reference }), color: quiet, margin: [0, 2, 0, 0] },
      ...(contract.state === 'draft' ? [{ text: m.intake_contract_state_draft(), bold: true }] : []),
      ...contractPartsOf(text, locale).map((part) => partContent(part, locale)),
      ...(text.unverified
        ? [{ text: m.intake_contract_unverified(), italics: true, margin: [0, 10, 0, 0] as Margin }]
        : []),
      {
        unbreakable: true,
        stack: [
          { text: m.intake_contract_signatures(), ...heading },
          {
            columns: (['person', 'provider'] as const).map((side) => signatureContent(contract, side, dayOf)),
            columnGap: 24,
          },
        ],
      },
      ...(contract.ended ? [endedContent(contract, contract.ended)] : []),
    ],
    // made when the pages are, long after this function has returned
    footer: (page, pages) =>
      inLocale(locale, () => ({
        columns: [
          contract.hash ? `${m.intake_contract_hash()}: ${shortHash(contract.hash)}` : '',
          { text: m.intake_contract_page_of({ page: String(page), pages: String(pages) }), alignment: 'right' },
        ],
        margin: [48, 8],
        fontSize: 7.5,
        color: quiet,
      })),
  }))
}

type Margin = [number, number, number, number]
const heading = { bold: true, fontSize: 12, margin: [0, 12, 0, 4] as Margin, headlineLevel: 2 }

function partContent(part: ContractPart, locale: Locale): Content {
  switch (part.is) {
    case 'facts':
      return {
        layout: 'lightHorizontalLines',
        margin: [0, 12, 0, 0],
        table: {
          widths: [130, '*'],
          headerRows: 0,
          body: part.facts.map(({ label, lines }) => [
            { text: label, bold: true },
            { stack: [lines.map(({ words }) => words).join(' · '), ...marks(lines, locale)] },
          ]),
        },
      }
    case 'list':
      return [
        { text: part.heading, ...heading },
        { ul: part.lines.map(({ words }) => words) },
        ...marks(part.lines, locale),
      ]
    case 'words':
      return [{ text: part.heading, ...heading }, ...part.lines.map(({ words }) => ({ text: words }))]
  }
}

/** Said below words in another language than the contract's, or in a translation that nobody has checked. */
function marks(lines: readonly Line[], locale: Locale): Content[] {
  const foreign = [...new Set(lines.map((line) => line.locale))].filter((other) => other !== locale)
  const words = [
    ...foreign.map((other) => m.intake_contract_in_language({ language: nameOf(other, locale) })),
    ...(lines.some(({ draft }) => draft) ? [m.intake_contract_not_checked()] : []),
  ]
  return words.length > 0 ? [{ text: words.join(', '), italics: true, fontSize: 8, color: quiet }] : []
}

const nameOf = (language: Locale, locale: Locale): string =>
  new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? language

function signatureContent(contract: StoredContract, side: Side, dayOf: (moment: Date) => string): Content {
  const label = { person: m.intake_contract_side_person, provider: m.intake_contract_side_provider }[side]()
  const signature = contract.signatures.find((one) => one.side === side)
  return {
    stack: [
      { text: label, color: quiet },
      { canvas: [room, ...(signature?.strokes ? lines(signature.strokes) : [])], margin: [0, 4, 0, 2] as Margin },
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 220, y2: 0, lineWidth: 0.5 }] },
      signature
        ? { text: `${signature.name}, ${formatDay(dayOf(signature.at))}`, margin: [0, 3, 0, 0] as Margin }
        : { text: m.intake_contract_paper_line(), color: quiet, fontSize: 8, margin: [0, 3, 0, 0] as Margin },
      ...(signature ? [{ text: formWords(signature.form), color: quiet, fontSize: 8 }] : []),
    ],
  }
}

/** As much room as a drawn line takes, whether or not there is one. */
const room: CanvasElement = { type: 'rect', x: 0, y: 0, w: 200, h: 60, lineColor: 'white' }

/** A drawn line as lines of the document, a fifth of its size. */
function lines(strokes: NonNullable<StoredSignature['strokes']>): CanvasElement[] {
  return strokes.map((stroke) => {
    const points = stroke.map(([x, y]) => ({ x: x / 5, y: y / 5 }))
    const [only] = points
    return {
      type: 'polyline',
      lineWidth: 1.2,
      lineColor: '#16214a',
      points: points.length === 1 && only ? [only, { x: only.x + 0.5, y: only.y }] : points,
    }
  })
}

function endedContent(contract: StoredContract, ended: NonNullable<StoredContract['ended']>): Content {
  const by = {
    person: m.intake_contract_ended_by_person,
    provider: m.intake_contract_ended_by_provider,
    term: m.intake_contract_ended_by_term,
  }[ended.by]()
  const ground = [...contract.text.personMayEnd, ...contract.text.providerMayEnd].find(
    ({ code }) => code === ended.ground,
  )
  const words = `${m.intake_contract_state_ended({ day: formatDay(ended.on) })}, ${by}.`
  return { text: ground ? `${words} ${ground.words}` : words, margin: [0, 14, 0, 0] }
}
