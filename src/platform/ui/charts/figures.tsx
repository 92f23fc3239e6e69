import { m } from '../../i18n/speech.ts'
import { DataTable } from '../table.tsx'

/** Values that belong together: a line, or the bars of one pattern. A value that nobody knows is null. */
export interface Series {
  name: string
  values: readonly (number | null)[]
  /** how uncertain each value is: from, to */
  range?: readonly (readonly [number, number] | null)[]
}

export interface ChartProps {
  /** unique on the page */
  id: string
  /** says what is drawn */
  title: string
  /** says what it shows, in a sentence, for those who do not see it */
  description: string
  /** what stands below the points, or before the bars */
  labels: readonly string[]
  /** what the labels are, as the head of the table: "Year" */
  labelsHead: string
  /** at most six: more cannot be told from each other */
  series: readonly Series[]
  /** a value in words, with its unit */
  format: (value: number) => string
  /** of the numbers beside the lines, where they need fewer digits than the figures */
  axis?: (value: number) => string
  /** a level to compare with */
  reference?: { value: number; label: string }
  /** `below`: the same figures as a table, folded under the drawing; otherwise the page shows them itself */
  table?: 'below' | 'elsewhere'
}

/** The same figures as a table: every chart has one. */
export function FiguresTable({ title, labels, labelsHead, series, format }: ChartProps) {
  return (
    <DataTable
      caption={title}
      compare
      rows={labels.map((_, at) => at)}
      columns={[
        { id: 'label', label: labelsHead, head: true, cell: (at) => labels[at] },
        ...series.map(({ name, values, range }, number) => ({
          id: `series-${number}`,
          label: name,
          figures: true,
          cell: (at: number) => inWords(values[at] ?? null, range?.[at] ?? null, format),
        })),
      ]}
    />
  )
}

function inWords(value: number | null, range: readonly [number, number] | null, format: (value: number) => string) {
  if (value === null) return m.ui_no_information()
  return range ? `${format(value)} (${format(range[0])}–${format(range[1])})` : format(value)
}

/** The figures folded below a drawing. */
export function FoldedFigures(props: ChartProps) {
  if (props.table === 'elsewhere') return null
  return (
    <details class="ds-details">
      <summary>{m.ui_chart_figures()}</summary>
      <div>
        <FiguresTable {...props} />
      </div>
    </details>
  )
}
