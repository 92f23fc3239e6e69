import { type ChartProps, FoldedFigures } from './figures.tsx'
import { scaleOf } from './scale.ts'

const bar = 18
const words = 24
const gap = 14
/** the longest bar, in per cent of the width: its figure stands behind it */
const longest = 72

/**
 * Bars that lie, one below the other: their names have room on a phone. Several series make several bars for each name, told apart by their patterns
 * and figures. Values below nothing are drawn as nothing and written as they are.
 */
export function BarChart(props: ChartProps) {
  const { id, title, description, labels, series, format, reference } = props
  const scale = scaleOf([
    ...series.flatMap(({ values }) => values.filter((value) => value !== null)),
    ...(reference ? [reference.value] : []),
  ])
  const width = (value: number) => longest * Math.max(0, scale.at(value) - scale.at(0))
  const block = words + series.length * (bar + 3) + gap
  const whole = labels.length * block
  return (
    <figure class="ln-plot">
      <figcaption>{title}</figcaption>
      <svg height={whole + (reference ? words : 0)} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>{description}</desc>
        <Patterns id={id} count={series.length} />
        {labels.map((label, at) => (
          <>
            <text x="0" y={at * block + words - 7}>
              {label}
            </text>
            {series.map(({ name, values }, number) => {
              const value = values[at] ?? null
              const y = at * block + words + number * (bar + 3)
              return value === null ? null : (
                <g data-series={number + 1}>
                  <rect x="0" y={y} width={`${width(value)}%`} height={bar} fill={`url(#${id}-${number})`}>
                    <title>{`${label}, ${name}: ${format(value)}`}</title>
                  </rect>
                  <text x={`${width(value)}%`} dx="8" y={y + bar - 4}>
                    {format(value)}
                  </text>
                </g>
              )
            })}
          </>
        ))}
        {reference ? (
          <g class="ln-plot-reference">
            <line x1={`${width(reference.value)}%`} x2={`${width(reference.value)}%`} y1="0" y2={whole} />
            <text x={`${width(reference.value)}%`} y={whole + words - 7} text-anchor="middle">
              {reference.label}
            </text>
          </g>
        ) : null}
      </svg>
      {series.length > 1 ? (
        <ul class="ln-plot-legend">
          {series.map(({ name }, number) => (
            <li>
              <svg width="40" height="14" aria-hidden="true">
                <g data-series={number + 1}>
                  <rect width="40" height="14" fill={`url(#${id}-${number})`} />
                </g>
              </svg>
              {name}
            </li>
          ))}
        </ul>
      ) : null}
      <FoldedFigures {...props} />
    </figure>
  )
}

const strokes = ['', 'M0 8L8 0M-2 2L2 -2M6 10L10 6', 'M0 4h8', 'M4 0v8', 'M0 0L8 8M8 0L0 8', 'M0 4h8M4 0v8']

/** Full, then hatched in ways that are told from each other without colour. */
function Patterns({ id, count }: { id: string; count: number }) {
  return (
    <defs>
      {Array.from({ length: count }, (_, number) => (
        <pattern id={`${id}-${number}`} width="8" height="8" patternUnits="userSpaceOnUse" data-series={number + 1}>
          {number === 0 ? (
            <rect class="ln-plot-full" width="8" height="8" />
          ) : (
            <path d={strokes[number % strokes.length]} />
          )}
        </pattern>
      ))}
    </defs>
  )
}
