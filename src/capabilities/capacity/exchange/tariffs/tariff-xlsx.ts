import { m } from '../../../../platform/i18n/speech.ts'
import { writeXlsx, type XlsxSheet, type XlsxValue } from '../../../../platform/tabular/write-xlsx.ts'
import { costsOf, paidDaysOf } from '../../rules/tariffs/tariff.ts'
import type { StoredOffer } from '../../store/places/read-offer.ts'
import type { Sheet } from '../../store/tariffs/read-sheets.ts'
import { costParts, type Line, type Part } from '../../types/tariffs.ts'
import { linesInOrder } from '../../views/tariffs/calculation.tsx'
import { nameOf, partWords, perWords, sourceWords } from '../../views/tariffs/tariff-words.tsx'

const text = (value: string): XlsxValue => value

/**
 * CAP-5: the tariff sheet as a workbook that reckons: whoever changes a figure sees what the tariff becomes. Exact figures, formulas with the
 * results of the program beside them.
 */
export function tariffXlsx(offer: StoredOffer, sheet: Sheet, digits: number): AsyncGenerator<Uint8Array> {
  const sheets = sheet.scheme === 'points' ? [pointsSheet(offer, sheet, digits)] : [daysSheet(offer, sheet, digits)]
  if (sheet.supplements.length > 0) sheets.push(supplementsSheet(sheet))
  return writeXlsx(sheets)
}

const columns = () => [
  { title: m.capacity_tariff_figure(), width: 44 },
  { title: m.capacity_tariff_amount(), width: 18 },
  { title: m.capacity_tariff_unit(), width: 12 },
  { title: m.capacity_tariff_source(), width: 60 },
]

const headRows = (offer: StoredOffer, sheet: Sheet): XlsxValue[][] => [
  [text(nameOf(offer.names))],
  [text([offer.paragraph.short, nameOf(offer.operator.names)].join(', '))],
  [m.capacity_tariff_year(), { figure: String(sheet.year), form: 'whole' }],
  [],
]

function lineRow(line: Line, currency: string): XlsxValue[] {
  const form = line.part === 'days' ? 'whole' : line.part === 'point-value' ? 'points' : 'money'
  const unit = { places: '', days: m.capacity_tariff_days_unit(), occupancy: '%', 'point-value': currency }
  return [
    `${partWords(line.part)}: ${line.label}`,
    { figure: line.amount, form },
    unit[line.part as keyof typeof unit] ?? currency,
    sourceWords(line),
  ]
}

function daysSheet(offer: StoredOffer, sheet: Sheet, digits: number): XlsxSheet {
  const { figures, currency, tariff } = sheet
  const lines = linesInOrder(sheet.lines)
  const head = headRows(offer, sheet)
  // the first row holds the names of the columns
  const rowOf = (at: number) => head.length + 2 + at
  const cells = (part: Part) => {
    const rows = lines.flatMap((line, at) => (line.part === part ? [`B${rowOf(at)}`] : []))
    return rows.length > 1 ? `SUM(${rows[0]}:${rows.at(-1)})` : (rows[0] ?? '0')
  }
  const below = rowOf(lines.length) + 1
  const costs = costParts.map(cells).join('+')
  return {
    name: String(sheet.year),
    columns: columns(),
    rows: [
      ...head,
      ...lines.map((line) => lineRow(line, currency)),
      [],
      [
        { strong: m.capacity_tariff_costs() },
        { formula: costs, form: 'money', ...(figures ? { value: costsOf(figures).toFixed(2) } : {}) },
        currency,
      ],
      [
        { strong: m.capacity_tariff_paid_days() },
        {
          formula: `${cells('places')}*${cells('days')}*${cells('occupancy')}/100`,
          form: 'money',
          ...(figures ? { value: paidDaysOf(figures).toFixed() } : {}),
        },
        m.capacity_tariff_days_unit(),
      ],
      [
        { strong: m.capacity_tariff_per_day_head() },
        {
          formula: `ROUND(B${below}/B${below + 1},${digits})`,
          form: 'money',
          ...(tariff === undefined ? {} : { value: tariff }),
        },
        currency,
        m.capacity_tariff_rule_rounded(),
      ],
    ],
  }
}

function pointsSheet(offer: StoredOffer, sheet: Sheet, digits: number): XlsxSheet {
  const head = headRows(offer, sheet)
  const value = `B${head.length + 2}`
  const first = head.length + 5
  return {
    name: String(sheet.year),
    columns: columns(),
    rows: [
      ...head,
      ...sheet.lines.map((line) => lineRow(line, sheet.currency)),
      [],
      [
        { strong: m.capacity_tariff_item() },
        { strong: m.capacity_tariff_price() },
        { strong: m.capacity_tariff_points() },
      ],
      ...sheet.items.map(({ name, points, price }, at): XlsxValue[] => [
        name,
        { formula: `ROUND(C${first + at}*${value},${digits})`, form: 'money', value: price },
        { figure: points, form: 'share' },
      ]),
    ],
  }
}

const supplementsSheet = (sheet: Sheet): XlsxSheet => ({
  name: m.capacity_tariff_supplements(),
  columns: [
    { title: m.capacity_tariff_supplement(), width: 40 },
    { title: m.capacity_tariff_amount() },
    { title: m.capacity_tariff_unit() },
    { title: m.capacity_tariff_why(), width: 60 },
  ],
  rows: sheet.supplements.map(({ name, amount, per, reason }) => [
    name,
    { figure: amount, form: 'money' },
    `${sheet.currency} ${perWords(per)}`,
    reason,
  ]),
})
