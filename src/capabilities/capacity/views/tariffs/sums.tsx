import { formatNumber } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { DataTable } from '../../../../platform/ui/table.tsx'
import type { SummedLine } from '../../rules/tariffs/sum-up.ts'
import { money, perCent } from './tariff-words.tsx'

/** Columns of the report, for the page, the paper and the workbook. */
export const sumColumns = (currency: string) => [
  { id: 'offers', label: m.capacity_tariff_offers(), cell: (line: SummedLine) => formatNumber(line.offers) },
  {
    id: 'places',
    label: m.capacity_tariff_part_places(),
    cell: (line: SummedLine) => formatNumber(Number(line.places), 2),
  },
  {
    id: 'tariff',
    label: m.capacity_tariff_middle(),
    cell: (line: SummedLine) => (line.tariff === undefined ? m.ui_no_information() : money(line.tariff, currency)),
  },
  {
    id: 'occupancy',
    label: m.capacity_tariff_occupancy_both(),
    cell: (line: SummedLine) =>
      [line.occupancy, line.actual].map((share) => (share === undefined ? '–' : perCent(share))).join(' / '),
  },
  {
    id: 'supplements',
    label: m.capacity_tariff_supplements(),
    cell: (line: SummedLine) => formatNumber(line.supplements),
  },
  { id: 'spent', label: m.capacity_tariff_book_spent(), cell: (line: SummedLine) => money(line.spent, currency) },
  { id: 'planned', label: m.capacity_tariff_book_planned(), cell: (line: SummedLine) => money(line.planned, currency) },
]

/** One table of the report: what all workbooks say together, by paragraph, operator or group (CAP-10). */
export function Sums({
  caption,
  lines,
  name,
  currency,
}: {
  caption: string
  lines: readonly SummedLine[]
  name: (key: string) => string
  currency: string
}) {
  return (
    <DataTable
      caption={caption}
      compare
      rows={lines}
      columns={[
        { id: 'key', label: m.capacity_tariff_of_what(), head: true, cell: ({ key }) => name(key) },
        ...sumColumns(currency).map((column) => ({ ...column, figures: true })),
      ]}
    />
  )
}
