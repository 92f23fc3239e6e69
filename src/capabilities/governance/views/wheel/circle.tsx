import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { drawWheel, sizes } from '../../rules/wheel/drawing.ts'
import { type Round, yearsOf } from '../../rules/wheel/round.ts'

/** A round as a circle. It holds nothing that the numbered list beside it does not say (GOV-7). @param days in the order of the list */
export function WheelCircle({
  id,
  title,
  round,
  days,
  today,
}: {
  id: string
  title: string
  round: Round
  days: readonly string[]
  today: string
}) {
  const { months, dots, today: now } = drawWheel(round, days, today)
  const edge = sizes.rim + 4
  return (
    <figure class="ln-wheel">
      <svg viewBox={`${-edge} ${-edge} ${2 * edge} ${2 * edge}`} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{`${title}, ${yearsOf(round)}`}</title>
        <desc id={`${id}-text`}>{m.governance_wheel_circle_text({ count: days.length })}</desc>
        {[sizes.rim, sizes.inner, sizes.hub].map((radius) => (
          <circle r={radius} />
        ))}
        {months.map(({ month, line: [from, to], label }) => (
          <>
            <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} data-year={month.endsWith('-01-01') ? '' : undefined} />
            <text x={label.x} y={label.y}>
              {formatDay(month, 'monthName').replace('.', '')}
            </text>
          </>
        ))}
        {now ? <line x1={now[0].x} y1={now[0].y} x2={now[1].x} y2={now[1].y} data-today="" /> : null}
        {dots.map(({ x, y, number }) => (
          <g>
            <circle cx={x} cy={y} r={sizes.dot} />
            <text x={x} y={y}>
              {number}
            </text>
          </g>
        ))}
        <text data-middle="">{yearsOf(round)}</text>
      </svg>
      <figcaption class="ln-small ln-quiet">
        {[
          m.governance_wheel_circle_text({ count: days.length }),
          now ? m.governance_wheel_today({ day: formatDay(today) }) : undefined,
        ]
          .filter(Boolean)
          .join(' ')}
      </figcaption>
    </figure>
  )
}
