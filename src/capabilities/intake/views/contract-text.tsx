import { inLocale, m } from '../../../platform/i18n/speech.ts'
import type { Locale } from '../../../platform/i18n/text.ts'
import { Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { languageName } from '../../../platform/ui/words.tsx'
import type { StoredContract } from '../store/contracts.ts'
import type { Strokes } from '../types.ts'
import { type ContractPart, contractPartsOf, type Line } from './contract-parts.ts'

/** The text of a contract, in its own language, whoever reads it. */
export function ContractArticle({ contract }: { contract: Pick<StoredContract, 'text' | 'locale'> }) {
  const { text, locale } = contract
  const parts = inLocale(locale, () => contractPartsOf(text, locale))
  return (
    <article class="ln-stack ln-read" data-gap="6" lang={locale}>
      {parts.map((part, at) =>
        part.is === 'facts' ? (
          <Facts facts={part.facts} locale={locale} />
        ) : (
          <Section id={`contract-${at}`} heading={part.heading} size="sm">
            <Lines part={part} locale={locale} />
          </Section>
        ),
      )}
    </article>
  )
}

function Facts({ facts, locale }: { facts: Extract<ContractPart, { is: 'facts' }>['facts']; locale: Locale }) {
  return (
    <dl class="ln-summary">
      {facts.map(({ label, lines }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            {lines.map((line, at) => (
              <>
                {at > 0 ? ' · ' : null}
                <Said line={line} locale={locale} />
              </>
            ))}
            <LineMarks lines={lines} locale={locale} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Lines({ part, locale }: { part: Exclude<ContractPart, { is: 'facts' }>; locale: Locale }) {
  if (part.is === 'words')
    return part.lines.map((line) => (
      <p>
        <Said line={line} locale={locale} />
      </p>
    ))
  return (
    <>
      <ul class="ds-list">
        {part.lines.map((line) => (
          <li>
            <Said line={line} locale={locale} />
          </li>
        ))}
      </ul>
      <p>
        <LineMarks lines={part.lines} locale={locale} />
      </p>
    </>
  )
}

const Said = ({ line, locale }: { line: Line; locale: Locale }) => (
  <span lang={line.locale === locale ? undefined : line.locale}>{line.words}</span>
)

/** Said once below lines: in which other language some are, and that nobody has checked a translation. In the language of the contract. */
function LineMarks({ lines, locale }: { lines: readonly Line[]; locale: Locale }) {
  const foreign = [...new Set(lines.map((line) => line.locale))].filter((other) => other !== locale)
  const marks = inLocale(locale, () => [
    ...foreign.map((other) => ({
      mark: 'globe' as const,
      words: m.intake_contract_in_language({ language: languageName(other) }),
    })),
    ...(lines.some(({ draft }) => draft) ? [{ mark: 'draft' as const, words: m.intake_contract_not_checked() }] : []),
  ])
  return (
    <>
      {marks.map(({ mark, words }) => (
        <>
          {' '}
          <Status mark={mark} color="neutral">
            {words}
          </Status>
        </>
      ))}
    </>
  )
}

/** A drawn signature as a picture. */
export function DrawnLine({ strokes, name }: { strokes: Strokes; name: string }) {
  return (
    <svg
      viewBox="0 0 1000 300"
      width="240"
      height="72"
      role="img"
      aria-label={m.intake_contract_drawn_picture({ name })}
      fill="none"
      stroke="currentColor"
      stroke-width="8"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {strokes.map((stroke) => (
        <polyline points={pointsOf(stroke)} />
      ))}
    </svg>
  )
}

/** A dot is a line too short to be seen as one. */
const pointsOf = (stroke: Strokes[number]): string => {
  const [only] = stroke
  const drawn = stroke.length === 1 && only ? [only, [only[0] + 1, only[1]]] : stroke
  return drawn.map((point) => point.join(',')).join(' ')
}
