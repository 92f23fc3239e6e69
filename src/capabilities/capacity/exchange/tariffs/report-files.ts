import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { writeXlsx, type XlsxValue } from '../../../../platform/tabular/write-xlsx.ts'
import type { SummedLine } from '../../rules/tariffs/sum-up.ts'
import type { CollectionReport } from '../../store/tariffs/collection-report.ts'
import { sumColumns } from '../../views/tariffs/sums.tsx'
import { nameOf } from '../../views/tariffs/tariff-words.tsx'

export interface ReportFile {
  year: number
  currency: string
  report: CollectionReport
  byParagraph: readonly SummedLine[]
  byOrganisation: readonly SummedLine[]
  paragraph: (code: string) => string
  organisation: (slug: string) => string
  /** what target groups are called, by code */
  groups: ReadonlyMap<string, string>
}

const figure = (value: string | null | undefined, form: 'money' | 'share' | 'whole'): XlsxValue =>
  value === null || value === undefined ? null : { figure: value, form }

/**
 * CAP-10: the one report of all workbooks, with every offer and formula; its last sheet has the fields that Tilbudsportalen asks for: places, target
 * group, tariff, and the occupancy that was assumed.
 */
export function reportXlsx(of: ReportFile): AsyncGenerator<Uint8Array> {
  const { report, currency } = of
  const titled = (titles: readonly string[]) => titles.map((title, at) => ({ title, width: at < 2 ? 34 : 18 }))
  const sums = (lines: readonly SummedLine[], name: (key: string) => string) =>
    lines.map((line): XlsxValue[] => [
      name(line.key),
      { figure: String(line.offers), form: 'whole' },
      figure(line.places, 'share'),
      figure(line.tariff, 'money'),
      figure(line.occupancy, 'share'),
      figure(line.actual, 'share'),
      { figure: String(line.supplements), form: 'whole' },
      figure(line.spent, 'money'),
      figure(line.planned, 'money'),
    ])
  const sumTitles = [
    m.capacity_tariff_of_what(),
    m.capacity_tariff_offers(),
    m.capacity_tariff_part_places(),
    m.capacity_tariff_middle(),
    `${m.capacity_tariff_occupancy_head()} (%)`,
    `${m.capacity_tariff_actual()} (%)`,
    m.capacity_tariff_supplements(),
    m.capacity_tariff_book_spent(),
    m.capacity_tariff_book_planned(),
  ]
  return writeXlsx([
    {
      name: m.capacity_tariff_paragraph(),
      columns: titled(sumTitles),
      rows: sums(of.byParagraph, of.paragraph),
    },
    {
      name: m.capacity_tariff_organisation(),
      columns: titled(sumTitles),
      rows: sums(of.byOrganisation, of.organisation),
    },
    {
      name: m.capacity_tariff_offers(),
      columns: titled([
        m.capacity_tariff_offer(),
        m.capacity_tariff_operator(),
        m.capacity_tariff_paragraph(),
        m.capacity_tariff_part_places(),
        m.capacity_tariff_part_days(),
        `${m.capacity_tariff_occupancy_head()} (%)`,
        `${m.capacity_tariff_actual()} (%)`,
        m.capacity_tariff_part_direct(),
        m.capacity_tariff_part_indirect(),
        m.capacity_tariff_part_capital(),
        m.capacity_tariff_part_carried(),
        m.capacity_tariff_per_day_head(),
      ]),
      rows: report.offers.map((one, at): XlsxValue[] => [
        nameOf(one.names),
        nameOf(one.operator),
        of.paragraph(one.paragraph),
        figure(one.places, 'share'),
        { figure: String(one.days), form: 'whole' },
        figure(one.occupancy, 'share'),
        figure(one.actual, 'share'),
        figure(one.direct, 'money'),
        figure(one.indirect, 'money'),
        figure(one.capital, 'money'),
        figure(one.carried, 'money'),
        {
          formula: `ROUND((H${at + 2}+I${at + 2}+J${at + 2}+K${at + 2})/(D${at + 2}*E${at + 2}*F${at + 2}/100),2)`,
          form: 'money',
          value: one.tariff,
        },
      ]),
    },
    {
      name: m.capacity_tariff_supplements(),
      columns: titled([
        m.capacity_tariff_offer(),
        m.capacity_tariff_supplement(),
        m.capacity_tariff_book_a_day(),
        m.capacity_tariff_why(),
      ]),
      rows: report.supplements.map((one): XlsxValue[] => [
        nameOf(one.names),
        one.name,
        figure(one.amount, 'money'),
        one.reason,
      ]),
    },
    {
      name: m.capacity_tariff_book_spending(),
      columns: titled([
        m.capacity_tariff_organisation(),
        m.capacity_tariff_paragraph(),
        m.capacity_tariff_book_spent(),
        m.capacity_tariff_book_planned(),
      ]),
      rows: report.spending.map((one): XlsxValue[] => [
        nameOf(one.names),
        of.paragraph(one.paragraph),
        figure(one.spent, 'money'),
        figure(one.planned, 'money'),
      ]),
    },
    {
      name: 'Tilbudsportalen',
      columns: titled([
        m.capacity_tariff_offer(),
        m.capacity_tariff_operator(),
        m.capacity_tariff_paragraph(),
        m.capacity_tariff_group(),
        m.capacity_tariff_part_places(),
        m.capacity_tariff_per_day_head(),
        m.capacity_tariff_currency(),
        `${m.capacity_tariff_occupancy_head()} (%)`,
      ]),
      rows: report.offers.map((one): XlsxValue[] => [
        nameOf(one.names),
        nameOf(one.operator),
        of.paragraph(one.paragraph),
        one.targetGroups.flatMap((code) => of.groups.get(code) ?? []).join(', '),
        figure(one.places, 'share'),
        figure(one.tariff, 'money'),
        currency,
        figure(one.occupancy, 'share'),
      ]),
    },
  ])
}

/** The same sums on paper. */
export function reportPdf(of: ReportFile): TDocumentDefinitions & { language: string } {
  const columns = sumColumns(of.currency)
  const title = m.capacity_tariff_collection_of({ year: String(of.year) })
  const table = (caption: string, lines: readonly SummedLine[], name: (key: string) => string) => [
    { text: caption, bold: true, fontSize: 12, margin: [0, 14, 0, 4] as [number, number, number, number] },
    {
      layout: 'lightHorizontalLines',
      fontSize: 8,
      table: {
        headerRows: 1,
        widths: ['*', ...columns.map(() => 'auto')],
        body: [
          [m.capacity_tariff_of_what(), ...columns.map(({ label }) => label)].map((text) => ({ text, bold: true })),
          ...lines.map((line) => [
            { text: name(line.key) },
            ...columns.map(({ cell }) => ({ text: cell(line), alignment: 'right' as const })),
          ]),
        ],
      },
    },
  ]
  return {
    language: currentLocale(),
    info: { title },
    pageOrientation: 'landscape',
    content: [
      { text: title, fontSize: 18, bold: true, headlineLevel: 1 },
      ...table(m.capacity_tariff_report_by_paragraph(), of.byParagraph, of.paragraph),
      ...table(m.capacity_tariff_report_by_organisation(), of.byOrganisation, of.organisation),
    ],
  }
}
