import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { formatDay, formatNumber } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { costsOf, paidDaysOf } from '../../rules/tariffs/tariff.ts'
import type { StoredOffer } from '../../store/places/read-offer.ts'
import type { GivenConsent } from '../../store/tariffs/consents.ts'
import type { Sheet } from '../../store/tariffs/read-sheets.ts'
import { linesInOrder } from '../../views/tariffs/calculation.tsx'
import { consentWords } from '../../views/tariffs/consents.tsx'
import {
  figureWords,
  money,
  nameOf,
  partWords,
  perCent,
  perWords,
  sourceWords,
  tariffWords,
} from '../../views/tariffs/tariff-words.tsx'

const heading = (text: string): Content => ({ text, bold: true, fontSize: 12, margin: [0, 14, 0, 4], headlineLevel: 2 })
const right = (text: string): Content => ({ text, alignment: 'right', noWrap: true })

/** CAP-5: the tariff sheet on paper: every figure, its source, the sum, and what a body consented to where the sheet needs it. */
export function tariffPdf(
  offer: StoredOffer,
  sheet: Sheet,
  consent: GivenConsent | undefined,
  address: string,
): TDocumentDefinitions & { language: string } {
  const title = m.capacity_tariff_of({ offer: nameOf(offer.names), year: String(sheet.year) })
  const { currency } = sheet
  return {
    language: currentLocale(),
    info: { title },
    content: [
      { text: title, fontSize: 18, bold: true, headlineLevel: 1 },
      { text: tariffWords(sheet), fontSize: 13, margin: [0, 6, 0, 0] },
      {
        text: [offer.paragraph.short, nameOf(offer.operator.names)].join(' · '),
        margin: [0, 4, 0, 0],
        color: '#585e57',
      },
      ...(offer.example ? [{ text: m.capacity_tariff_example(), italics: true } as Content] : []),
      ...(sheet.superseded ? [{ text: m.capacity_tariff_superseded(), bold: true } as Content] : []),
      heading(m.capacity_tariff_how()),
      table(
        ['*', 'auto', 190],
        [m.capacity_tariff_figure(), m.capacity_tariff_amount(), m.capacity_tariff_source()],
        linesInOrder(sheet.lines).map((line) => [
          { text: [`${line.label}\n`, { text: partWords(line.part), fontSize: 8, color: '#585e57' }] },
          right(figureWords(line, currency)),
          sourceWords(line),
        ]),
      ),
      ...sum(sheet),
      ...(consent ? [{ text: consentWords(consent), margin: [0, 8, 0, 0] } as Content] : []),
      ...(sheet.items.length > 0
        ? [
            heading(m.capacity_tariff_items()),
            table(
              ['*', 'auto', 'auto'],
              [m.capacity_tariff_item(), m.capacity_tariff_points(), m.capacity_tariff_price()],
              sheet.items.map(({ name, points, price }) => [
                name,
                right(formatNumber(Number(points), 2)),
                right(money(price, currency)),
              ]),
            ),
          ]
        : []),
      ...(sheet.supplements.length > 0
        ? [
            heading(m.capacity_tariff_supplements()),
            table(
              ['*', 'auto', 190],
              [m.capacity_tariff_supplement(), m.capacity_tariff_amount(), m.capacity_tariff_why()],
              sheet.supplements.map(({ name, amount, per, reason }) => [
                name,
                right(`${money(amount, currency)} ${perWords(per)}`),
                reason,
              ]),
            ),
          ]
        : []),
    ],
    footer: {
      text: [
        m.capacity_tariff_edition({
          number: String(sheet.edition ?? ''),
          day: sheet.publishedAt ? formatDay(sheet.publishedAt.toISOString()) : '',
        }),
        address,
      ].join(' · '),
      margin: [48, 8],
      fontSize: 7.5,
      color: '#585e57',
    },
  }
}

const table = (widths: (string | number)[], heads: string[], body: Content[][]): Content => ({
  layout: 'lightHorizontalLines',
  table: { headerRows: 1, widths, body: [heads.map((text) => ({ text, bold: true })), ...body] },
})

function sum({ figures, tariff, currency }: Sheet): Content[] {
  if (!figures || tariff === undefined) return []
  const costs = money(costsOf(figures).toFixed(2), currency)
  const paid = formatNumber(paidDaysOf(figures).toNumber(), 4)
  return [
    {
      margin: [0, 10, 0, 0],
      ol: [
        m.capacity_tariff_step_costs({
          direct: money(figures.direct, currency),
          indirect: money(figures.indirect, currency),
          capital: money(figures.capital, currency),
          carried: money(figures.carried, currency),
          costs,
        }),
        m.capacity_tariff_step_days({
          places: formatNumber(Number(figures.places), 2),
          days: formatNumber(figures.days),
          occupancy: perCent(figures.occupancy),
          paid,
        }),
        { text: m.capacity_tariff_step_tariff({ costs, paid, tariff: money(tariff, currency) }), bold: true },
      ],
    },
  ]
}
