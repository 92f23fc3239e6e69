import { type ChartProps, FoldedFigures, type Series } from './figures.tsx'
import { type Scale, scaleOf, writtenLabels } from './scale.ts'

/** Heights in pixels: widths are shares of the page, so that words keep their size on every screen. */
const top = 22
const height = 220
const foot = 30
/** where the first and the last point stand, in per cent of the width; the words of the scale have their place before them */
const first = 20
const last = 94
/** beyond so many points, marks would run into each other */
const mostMarks = 30

/**
 * Lines over labels that follow each other, such as years. Lines differ by dash and mark before they differ by colour; the same figures stand in a
 * table. Drawn by ourselves: see docs/decisions.
 */
export function LineChart(props: ChartProps) {
  const { id, title, description, labels, series, format, axis = format, reference } = props
  const scale = scaleOf([...everyValue(series), ...(reference ? [reference.value] : [])])
  const y = (value: number) => top + height * (1 - scale.at(value))
  const x = (at: number) =>
    labels.length === 1 ? (first + last) / 2 : first + ((last - first) * at) / (labels.length - 1)
  const written = writtenLabels(labels.length)
  return (
    <figure class="ln-plot">
      <figcaption>{title}</figcaption>
      <svg height={top + height + foot} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>{description}</desc>
        <Grid scale={scale} y={y} format={axis} />
        {reference ? (
          <g class="ln-plot-reference">
            <line x1="0" x2="100%" y1={y(reference.value)} y2={y(reference.value)} />
            <text x="100%" y={y(reference.value) - 6} text-anchor="end">
              {reference.label}
            </text>
          </g>
        ) : null}
        {labels.map((label, at) =>
          written.has(at) ? (
            <text x={`${x(at)}%`} y={top + height + 22} text-anchor="middle">
              {label}
            </text>
          ) : null,
        )}
        {series.map((one, number) => (
          <g data-series={number + 1}>
            <Segments of={one} x={x} y={y} />
            {labels.length <= mostMarks
              ? one.values.map((value, at) =>
                  value === null ? null : (
                    <>
                      <Whisker of={one.range?.[at] ?? null} x={x(at)} y={y} />
                      <Mark series={number} x={`${x(at)}%`} y={y(value)} words={`${labels[at]}: ${format(value)}`} />
                    </>
                  ),
                )
              : null}
          </g>
        ))}
      </svg>
      <Legend series={series} />
      <FoldedFigures {...props} />
    </figure>
  )
}

const everyValue = (series: readonly Series[]) =>
  series.flatMap(({ values, range = [] }) => [...values, ...range.flatMap((pair) => pair ?? [])]).filter(known)
const known = (value: number | null): value is number => value !== null

function Grid({ scale, y, format }: { scale: Scale; y: (value: number) => number; format: (value: number) => string }) {
  return (
    <g class="ln-plot-grid">
      {scale.ticks.map((tick) => (
        <>
          <line x1="0" x2="100%" y1={y(tick)} y2={y(tick)} data-nothing={tick === 0 ? '' : undefined} />
          <text x="0" y={y(tick) - 5}>
            {format(tick)}
          </text>
        </>
      ))}
    </g>
  )
}

/** Piece by piece: a width that is not known yet can be given in per cent to a line, not to a path. Where a value is missing, so is the line. */
function Segments({ of, x, y }: { of: Series; x: (at: number) => number; y: (value: number) => number }) {
  return (
    <>
      {of.values.map((value, at) => {
        const next = of.values[at + 1] ?? null
        return value === null || next === null ? null : (
          <line x1={`${x(at)}%`} y1={y(value)} x2={`${x(at + 1)}%`} y2={y(next)} />
        )
      })}
    </>
  )
}

function Whisker({ of, x, y }: { of: readonly [number, number] | null; x: number; y: (value: number) => number }) {
  return of ? <line class="ln-plot-range" x1={`${x}%`} x2={`${x}%`} y1={y(of[0])} y2={y(of[1])} /> : null
}

const marks = [
  'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z',
  'M-4.5 -4.5h9v9h-9Z',
  'M0 -5.5L5.5 4.5H-5.5Z',
  'M0 -6L6 0L0 6L-6 0Z',
  'M0 5.5L5.5 -4.5H-5.5Z',
  'M-5 0h10M0 -5v10',
]

function Mark({ series, x, y, words }: { series: number; x: string; y: number; words: string }) {
  return (
    <svg x={x} y={y} aria-hidden="true">
      <path d={marks[series % marks.length]}>
        <title>{words}</title>
      </path>
    </svg>
  )
}

/** What each line is, with a piece of it. */
function Legend({ series }: { series: readonly Series[] }) {
  if (series.length < 2) return null
  return (
    <ul class="ln-plot-legend">
      {series.map(({ name }, number) => (
        <li>
          <svg width="40" height="14" aria-hidden="true">
            <g data-series={number + 1}>
              <line x1="2" x2="38" y1="7" y2="7" />
              <Mark series={number} x="20" y={7} words={name} />
            </g>
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}
