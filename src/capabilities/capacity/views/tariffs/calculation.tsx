import { formatNumber } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { costsOf, paidDaysOf } from '../../rules/tariffs/tariff.ts'
import type { Sheet } from '../../store/tariffs/read-sheets.ts'
import { costParts, type Line, type Part } from '../../types/tariffs.ts'
import { figureWords, money, partWords, perCent, perWords, SourceOf } from './tariff-words.tsx'

/** The parts of a sheet in the order in which they are reckoned. */
export const partsInOrder: readonly Part[] = [...costParts, 'places', 'days', 'occupancy', 'point-value']

/** Lines in that order. */
export const linesInOrder = (lines: readonly Line[]): Line[] =>
  partsInOrder.flatMap((part) => lines.filter((line) => line.part === part))

/** The whole sum, so that anyone can follow it: every figure with its source, then what is divided by what (CAP-5). */
export function Calculation({ sheet }: { sheet: Sheet }) {
  return (
    <div class="ln-stack" data-gap="3">
      <DataTable
        caption={m.capacity_tariff_figures()}
        rows={linesInOrder(sheet.lines)}
        columns={[
          {
            id: 'figure',
            label: m.capacity_tariff_figure(),
            head: true,
            cell: (line) => (
              <>
                {line.label}
                <span class="ln-block ln-small ln-quiet">{partWords(line.part)}</span>
              </>
            ),
          },
          {
            id: 'amount',
            label: m.capacity_tariff_amount(),
            figures: true,
            cell: (line) => figureWords(line, sheet.currency),
          },
          { id: 'source', label: m.capacity_tariff_source(), span: true, cell: (line) => <SourceOf line={line} /> },
        ]}
      />
      {sheet.figures && sheet.tariff !== undefined ? <Sum sheet={sheet} /> : null}
    </div>
  )
}

function Sum({ sheet: { figures, tariff, currency } }: { sheet: Sheet }) {
  if (!figures || tariff === undefined) return null
  const costs = costsOf(figures).toFixed(2)
  const paidDays = formatNumber(paidDaysOf(figures).toNumber(), 4)
  return (
    <ol class="ln-stack" data-gap="2">
      <li>
        {m.capacity_tariff_step_costs({
          direct: money(figures.direct, currency),
          indirect: money(figures.indirect, currency),
          capital: money(figures.capital, currency),
          carried: money(figures.carried, currency),
          costs: money(costs, currency),
        })}
      </li>
      <li>
        {m.capacity_tariff_step_days({
          places: formatNumber(Number(figures.places), 2),
          days: formatNumber(figures.days),
          occupancy: perCent(figures.occupancy),
          paid: paidDays,
        })}
      </li>
      <li>
        <strong>
          {m.capacity_tariff_step_tariff({
            costs: money(costs, currency),
            paid: paidDays,
            tariff: money(tariff, currency),
          })}
        </strong>
      </li>
    </ol>
  )
}

/** What is paid beside the tariff, and why. */
export function Supplements({ sheet }: { sheet: Sheet }) {
  if (sheet.supplements.length === 0) return <p>{m.capacity_tariff_no_supplements()}</p>
  return (
    <DataTable
      caption={m.capacity_tariff_supplements()}
      rows={sheet.supplements}
      columns={[
        { id: 'name', label: m.capacity_tariff_supplement(), head: true, cell: ({ name }) => name },
        {
          id: 'amount',
          label: m.capacity_tariff_amount(),
          figures: true,
          cell: ({ amount, per }) => `${money(amount, sheet.currency)} ${perWords(per)}`,
        },
        { id: 'reason', label: m.capacity_tariff_why(), span: true, cell: ({ reason }) => reason },
      ]}
    />
  )
}

/** Services that are priced by points. */
export function Items({ sheet }: { sheet: Sheet }) {
  if (sheet.items.length === 0) return null
  return (
    <DataTable
      caption={m.capacity_tariff_items()}
      rows={sheet.items}
      columns={[
        { id: 'name', label: m.capacity_tariff_item(), head: true, cell: ({ name }) => name },
        {
          id: 'points',
          label: m.capacity_tariff_points(),
          figures: true,
          cell: ({ points }) => formatNumber(Number(points), 2),
        },
        {
          id: 'price',
          label: m.capacity_tariff_price(),
          figures: true,
          cell: ({ price }) => money(price, sheet.currency),
        },
      ]}
    />
  )
}
