import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { type Box, boxHeight, boxWidth, chartOf, upwards } from '../rules/chart.ts'
import { type LinkKind, linksFrom, means } from '../rules/relations.ts'
import type { StoredBody } from '../store/read-body.ts'
import { kindWords, linkWords, shortName } from './seat-words.tsx'

/** How many signs fit into a line of a box, and how many lines. */
const signs = 19
const most = 4

/** Bodies of a region as a drawing. It holds nothing that the list beside it does not say. */
export function BodiesChart({ bodies }: { bodies: readonly StoredBody[] }) {
  const chart = chartOf(bodies.map(({ profile }) => profile))
  return (
    <figure class="ln-chart">
      <svg viewBox={`-2 -2 ${chart.width + 4} ${chart.height + 4}`} role="img" aria-labelledby="chart-title chart-text">
        <title id="chart-title">{m.governance_chart_title()}</title>
        <desc id="chart-text">{m.governance_chart_text()}</desc>
        {chart.lines.map(({ reference, points }) => (
          <polyline
            points={points.map((point) => point.join(',')).join(' ')}
            data-dashed={reference ? undefined : ''}
          />
        ))}
        {chart.boxes.map((box) => (
          <g>
            <rect x={box.x} y={box.y} width={boxWidth} height={boxHeight} rx="8" />
            <BoxText box={box} words={nameOf(box.slug, bodies)} />
          </g>
        ))}
      </svg>
      <figcaption class="ln-small ln-quiet">{m.governance_chart_text()}</figcaption>
    </figure>
  )
}

function BoxText({ box, words }: { box: Box; words: string }) {
  const lines = broken(words)
  return (
    <text x={box.x + boxWidth / 2} y={box.y + boxHeight / 2 - (lines.length - 1) * 10 + 6}>
      {lines.map((line, at) => (
        <tspan x={box.x + boxWidth / 2} dy={at === 0 ? 0 : 20}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

/** What a body or a group of bodies is called in short. */
function nameOf(slug: string, bodies: readonly StoredBody[]): string {
  const first = bodies.find(({ profile }) => means(profile, slug))
  if (!first) return slug
  const { names, together } = first.profile
  return shortName(together?.slug === slug ? together.names : names)
}

/** Words in lines that fit into a box; what is left over is left out, with dots. */
function broken(words: string): string[] {
  const lines: string[] = []
  for (const word of words.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < signs) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]} …`]
}

/** Bodies in the order of the drawing: from the top, and from the left. */
export function inOrder(bodies: readonly StoredBody[]): StoredBody[] {
  const boxes = chartOf(bodies.map(({ profile }) => profile)).boxes
  return boxes.flatMap((box) => bodies.filter(({ profile }) => box.bodies.includes(profile.slug)))
}

/** The same as a list: each body below the one to which it answers. */
export function BodiesList({ bodies }: { bodies: readonly StoredBody[] }) {
  const tops = inOrder(bodies).filter(({ profile }) => profile.answersTo.length === 0)
  return <Branch of={tops} all={bodies} />
}

function Branch({ of, all }: { of: readonly StoredBody[]; all: readonly StoredBody[] }) {
  const groups = new Map(of.flatMap(({ profile: { together } }) => (together ? [[together.slug, together]] : [])))
  return (
    <ul class="ln-tree">
      {[...groups.values()].map(({ slug, names }) => (
        <li>
          <details class="ds-details">
            <summary>{speak(names, currentLocale()).words}</summary>
            <div>
              <ul class="ln-plain ln-stack" data-gap="2">
                {of
                  .filter(({ profile }) => profile.together?.slug === slug)
                  .map((body) => (
                    <li>
                      <Name of={body} />
                      <Below names={[body.profile.slug]} all={all} />
                    </li>
                  ))}
              </ul>
            </div>
          </details>
          <Below names={[slug]} all={all} />
        </li>
      ))}
      {of
        .filter(({ profile }) => !profile.together)
        .map((body) => (
          <li>
            <Name of={body} />
            <Ways of={body} all={all} />
            <Below names={[body.profile.slug]} all={all} />
          </li>
        ))}
    </ul>
  )
}

/** Bodies that answer to this one first of all; to whom else they answer, their own line says. */
function Below({ names, all }: { names: readonly string[]; all: readonly StoredBody[] }) {
  const own = all.filter(({ profile }) => names.includes(profile.answersTo[0] ?? ''))
  return own.length > 0 ? <Branch of={own} all={all} /> : null
}

function Name({ of: { profile } }: { of: StoredBody }) {
  return (
    <a class="ln-link" href={`/bodies/${profile.slug}`}>
      {speak(profile.names, currentLocale()).words}
    </a>
  )
}

/** What the drawing tells with further lines. */
function Ways({ of: { profile }, all }: { of: StoredBody; all: readonly StoredBody[] }) {
  const further = linksFrom(profile).filter(({ kind, to }) =>
    kind === 'answers-to' ? to !== profile.answersTo[0] : drawn.has(kind),
  )
  const words = [...Map.groupBy(further, ({ kind }) => kind)].map(([kind, links]) => {
    const named = links.map(({ to }) => nameOf(to, all)).join(', ')
    return kind === 'answers-to' ? m.governance_also_answers({ bodies: named }) : `${linkWords(kind, 'out')}: ${named}`
  })
  if (profile.kind) words.unshift(kindWords(profile.kind))
  return words.length > 0 ? <span class="ln-block ln-small ln-quiet">{words.join('; ')}</span> : null
}

const drawn: ReadonlySet<LinkKind> = new Set(upwards)
