import type { Child } from 'hono/jsx'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { type Spoken, speak } from '../../../platform/i18n/text.ts'
import type { EmergencyNumber } from '../../../platform/packs/types.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import type { Frame } from '../../../platform/ui/frame.ts'
import { dial } from '../../../platform/ui/header.tsx'
import { Tags, Why } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { Fit, Told, Unknown } from '../rules/match.ts'
import type { FinderCandidate } from '../store/read-finder.ts'
import { cardSpeech, spokenLanguage, termWords } from './card-words.ts'
import { Telephone } from './telephone.tsx'

/** One answer that can be chosen; `indent` is how deep a place lies below the top of its region. */
export interface Choice {
  value: string
  words: Spoken
  hint?: Spoken | undefined
  indent?: number
}

export interface QuestionProps {
  name: 'what' | 'who' | 'where'
  number: number
  question: Spoken
  hint: Spoken | undefined
  choices: readonly Choice[]
  /** answers given so far, carried along */
  given: Readonly<Record<string, string | undefined>>
  skip: string
  chosen?: string | undefined
  /** the button was pressed and nothing chosen */
  missing: boolean
}

/** One of the three questions; a plain form that a text browser can send (DIR-4). */
export function QuestionPage({ name, number, question, hint, choices, given, skip, chosen, missing }: QuestionProps) {
  return (
    <div class="ln-read">
      <PageHead
        back={number > 1 ? { href: backAddress(given, name), label: m.ui_back() } : undefined}
        title={<Words of={question} plain />}
        facts={m.directory_find_step({ number: String(number), total: '3' })}
      />
      <form action="/find" method="get" class="ln-stack" data-gap="6">
        {Object.entries(given).map(([key, value]) =>
          value === undefined || key === name ? null : <input type="hidden" name={key} value={value} />,
        )}
        <fieldset class="ds-fieldset">
          <legend class="ds-sr-only">
            <Words of={question} plain />
          </legend>
          {hint ? (
            <p class="ln-quiet">
              <Words of={hint} plain />
            </p>
          ) : null}
          {missing ? (
            <p class="ds-validation-message" role="alert">
              {m.directory_find_choose()}
            </p>
          ) : null}
          {choices.map((choice, at) => (
            <div class="ds-field" data-indent={choice.indent ? String(choice.indent) : undefined}>
              <input
                class="ds-input"
                type="radio"
                id={`${name}-${at}`}
                name={name}
                value={choice.value}
                checked={choice.value === chosen}
                aria-describedby={choice.hint ? `${name}-${at}-hint` : undefined}
              />
              <label class="ds-label" for={`${name}-${at}`} data-weight="regular">
                <Words of={choice.words} plain />
              </label>
              {choice.hint ? (
                <span data-field="description" id={`${name}-${at}-hint`}>
                  <Words of={choice.hint} plain />
                </span>
              ) : null}
            </div>
          ))}
        </fieldset>
        <div class="ln-row">
          <Button name="asked" value={name}>
            {m.directory_find_next()}
          </Button>
          <a class="ln-link" href={skip}>
            {m.directory_find_skip()}
          </a>
        </div>
      </form>
    </div>
  )
}

function backAddress(given: Readonly<Record<string, string | undefined>>, name: string): string {
  const before = name === 'where' ? 'who' : 'what'
  const kept = new URLSearchParams()
  for (const [key, value] of Object.entries(given)) if (value !== undefined && key !== before) kept.set(key, value)
  return `/find${kept.size > 0 ? `?${kept}` : ''}`
}

export interface Hit {
  candidate: FinderCandidate
  fits: readonly Fit[]
  unknown: readonly Unknown[]
  sinks: boolean
}

export interface ResultsProps {
  told: Told
  hits: readonly Hit[]
  answers: readonly { label: Child; href: string }[]
  emergencies: readonly EmergencyNumber[]
  helpline: Frame['helpline']
  /** address of the same search in the whole region; undefined when the place is the region already */
  wider: string | undefined
  back: string
}

/** What fits, with the reasons; emergencies first with a number; nothing found leads to a person (DIR-4). */
export function ResultsPage({ told, hits, answers, emergencies, helpline, wider, back }: ResultsProps) {
  return (
    <>
      <PageHead
        title={hits.length > 0 ? m.directory_find_count({ count: hits.length }) : m.directory_find_nothing_title()}
      >
        <div>
          <p class="ln-small ln-quiet">{m.directory_find_answers()}</p>
          <Tags items={answers} label={m.directory_find_answers()} />
        </div>
      </PageHead>
      <div class="ln-stack ln-read" data-gap="6">
        {emergencies.length > 0 ? <EmergencyNote numbers={emergencies} /> : null}
        {hits.length > 0 ? (
          <ol class="ln-results">
            {hits.map((hit) => (
              <li class="ln-stack" data-gap="3">
                <HitView hit={hit} told={told} back={back} />
              </li>
            ))}
          </ol>
        ) : (
          <p>{m.directory_find_nothing_text()}</p>
        )}
        <Section
          id="none"
          heading={hits.length > 0 ? m.directory_find_other_title() : m.directory_front_offline_call()}
          size="sm"
          line
        >
          {hits.length > 0 ? <p>{m.directory_find_other_text()}</p> : null}
          <p>{helpline ? <Telephone phone={helpline} /> : m.directory_find_no_helpline()}</p>
          <ul class="ln-plain ln-stack" data-gap="2">
            {wider ? (
              <li>
                <a class="ln-link" href={wider}>
                  {m.directory_find_change_place()}
                </a>
              </li>
            ) : null}
            <li>
              <a class="ln-link" href="/find">
                {m.directory_find_again()}
              </a>
            </li>
            <li>
              <a class="ln-link" href="/services">
                {m.directory_find_all()}
              </a>
            </li>
          </ul>
        </Section>
      </div>
    </>
  )
}

function EmergencyNote({ numbers }: { numbers: readonly EmergencyNumber[] }) {
  return (
    <Note color="danger" heading={m.directory_find_emergency()} mark="stop">
      <ul class="ln-plain ln-stack" data-gap="1">
        {numbers.map((number) => (
          <li>
            <a href={dial(number.number)}>
              <strong class="ln-num">{number.number}</strong>
            </a>{' '}
            <Words of={speak(number.label, currentLocale())} plain />
            {number.hours ? (
              <>
                , <Words of={speak(number.hours, currentLocale())} plain />
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Note>
  )
}

function HitView({ hit, told, back }: { hit: Hit; told: Told; back: string }) {
  const { card, slug, organisation } = hit.candidate
  const say = cardSpeech(card)
  const reasons = [
    ...hit.fits.map((fit) => ({ fits: true, text: fitWords(fit, told, hit.candidate) })),
    ...hit.unknown.map((unknown) => ({ fits: false, text: unknownWords[unknown]() })),
  ]
  return (
    <>
      <div class="ln-stack" data-gap="1">
        <h2 class="ds-heading" data-size="md">
          <a class="ln-link" href={`/services/${slug}?back=${encodeURIComponent(back)}`}>
            <Words of={say(card.names)} plain />
          </a>
        </h2>
        <p class="ln-small ln-quiet">
          <Words of={say(organisation)} plain />
        </p>
      </div>
      <CardTags card={card} stale={hit.sinks} />
      <p>
        <Words of={say(card.summary)} />
      </p>
      <div class="ln-stack" data-gap="1">
        <h3 class="ds-heading" data-size="2xs">
          {m.directory_why()}
        </h3>
        <Why reasons={reasons} />
      </div>
    </>
  )
}

/** At most two tags: no grounds for refusal (DIR-2), and not confirmed or example. */
export function CardTags({ card, stale }: { card: FinderCandidate['card']; stale: boolean }) {
  const noGrounds = !card.refusalGrounds.some((ground) => ground.holds === 'entry') && card.refusalGrounds.length === 0
  if (!noGrounds && !stale && !card.example) return null
  return (
    <div class="ln-row" data-tight>
      {noGrounds ? (
        <Status mark="shield" tag>
          {m.directory_no_grounds_tag()}
        </Status>
      ) : null}
      {stale ? (
        <Status mark="late" tag>
          {m.directory_stale_tag()}
        </Status>
      ) : card.example ? (
        <Status mark="eye" tag>
          {m.directory_example_tag()}
        </Status>
      ) : null}
    </div>
  )
}

function fitWords(fit: Fit, told: Told, candidate: FinderCandidate): Child {
  const named = (code: string) => {
    const name = candidate.names.get(code)
    return name ? speak(name, currentLocale(), [candidate.card.writtenIn]).words : code
  }
  switch (fit.because) {
    case 'kind':
      return <YouSaid words={m.directory_fit_kind()} answer={told.what} />
    case 'situation':
      return <YouSaid words={m.directory_fit_situation({ term: named(fit.term) })} answer={told.what} />
    case 'target-group':
      return (
        <YouSaid
          words={m.directory_fit_group({ term: named(fit.term) })}
          answer={fit.answer === 'what' ? told.what : told.who}
        />
      )
    case 'everyone':
      return m.directory_fit_everyone()
    case 'area':
      return m.directory_fit_area({ area: named(fit.area) })
    case 'free':
      return m.directory_fit_free()
    case 'as-needed':
      return m.directory_fit_as_needed()
    case 'months':
      return termWords(candidate.card.term)
    case 'language':
      return m.directory_fit_language({ language: spokenLanguage(currentLocale()) })
    case 'no-refusal':
      return m.directory_no_grounds_tag()
  }
}

function YouSaid({ words, answer }: { words: string; answer: Told['what'] }) {
  return (
    <>
      {words}
      {answer ? (
        <>
          {' — '}
          <strong>{m.directory_you_said({ answer: speak(answer.words, currentLocale()).words })}</strong>
        </>
      ) : null}
    </>
  )
}

const unknownWords: Readonly<Record<Unknown, () => string>> = {
  'place-today': m.directory_unknown_place,
  'with-child': m.directory_unknown_child,
  documents: m.directory_unknown_documents,
  hours: m.directory_unknown_hours,
  language: m.directory_unknown_language,
}
