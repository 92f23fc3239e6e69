import type { Child } from 'hono/jsx'
import { m } from '../i18n/speech.ts'
import { Icon } from './icons.tsx'

export interface Column<Row> {
  /** name of the column in addresses (sorting) */
  id: string
  label: string
  /** what stands there; undefined where this row has nothing to say: a dash, and on a phone no line at all */
  cell: (row: Row) => Child | undefined
  /** names its row; the title of its card on a phone. One column has it */
  head?: boolean
  /** to the right, with figures of one width */
  figures?: boolean
  /** long text: on a phone over the whole width of the card; `labelled`: below the head of its column */
  span?: boolean | 'labelled'
  /** the head is a link that sorts */
  sortable?: boolean
}

export interface Sorting {
  column: string
  direction: 'rising' | 'falling'
  /** address of this list in another order */
  href: (column: string, direction: 'rising' | 'falling') => string
}

export interface DataTableProps<Row> {
  /** what the table shows; also the name of the scrolling region */
  caption: string
  /** where the heading above says the same: heard, not seen */
  captionHeard?: boolean
  /** at most five; what is beyond stands behind a link on the row */
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  sorting?: Sorting
  /** figures that must be compared stay a table on a phone and scroll, first column fixed */
  compare?: boolean
}

/** Rows of one kind. Below 48 rem each becomes a card; heads are links for sorting, and a line of links on a phone. */
export function DataTable<Row>({
  caption,
  captionHeard = false,
  columns,
  rows,
  sorting,
  compare = false,
}: DataTableProps<Row>) {
  const table = (
    <table class={compare ? 'ln-table ln-compare' : 'ln-table ln-cards'}>
      <caption class={captionHeard ? 'ds-sr-only' : undefined}>{compare ? <span>{caption}</span> : caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={column.figures ? 'ln-right' : undefined} aria-sort={ariaSort(column, sorting)}>
              {column.sortable && sorting ? <SortLink column={column} sorting={sorting} /> : column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {columns.map((column) => {
              const content = column.cell(row)
              if (column.head) return <th scope="row">{content}</th>
              return (
                <td
                  class={column.figures ? 'ln-right' : undefined}
                  data-label={column.label}
                  data-span={column.span === 'labelled' ? column.span : column.span ? '' : undefined}
                  data-nothing={content === undefined ? '' : undefined}
                >
                  {content === undefined ? '–' : content}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
  if (compare)
    return (
      <section class="ln-scroll" aria-label={caption} tabindex={0}>
        {table}
      </section>
    )
  const sortable = sorting ? columns.filter((column) => column.sortable) : []
  return (
    <div>
      {sorting && sortable.length ? (
        <nav class="ln-sort" aria-label={m.ui_sort_by()}>
          <span aria-hidden="true">{m.ui_sort_by()}:</span>
          <ul>
            {sortable.map((column) => (
              <li>
                <SortLink column={column} sorting={sorting} />
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      {table}
    </div>
  )
}

function SortLink<Row>({ column, sorting }: { column: Column<Row>; sorting: Sorting }) {
  const active = sorting.column === column.id
  const rising = sorting.direction === 'rising'
  return (
    <a class="ln-link" href={sorting.href(column.id, active && rising ? 'falling' : 'rising')}>
      {column.label}
      {active ? (
        <>
          {' '}
          <Icon name={rising ? 'rising' : 'falling'} />
          <span class="ds-sr-only">, {rising ? m.ui_sort_rising() : m.ui_sort_falling()}</span>
        </>
      ) : null}
    </a>
  )
}

function ariaSort<Row>(column: Column<Row>, sorting: Sorting | undefined): 'ascending' | 'descending' | undefined {
  if (sorting?.column !== column.id) return undefined
  return sorting.direction === 'rising' ? 'ascending' : 'descending'
}
