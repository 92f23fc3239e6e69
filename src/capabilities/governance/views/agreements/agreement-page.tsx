import type { Child } from 'hono/jsx'
import { formatMoment } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { SummaryList, Timeline } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { languageName, Marks } from '../../../../platform/ui/words.tsx'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { Move, Progress } from '../../store/agreements/read-progress.ts'
import type { AttachedLink, FixedText } from '../../store/agreements/read-texts.ts'
import { AgreementPath } from './agreement-path.tsx'
import { inWords, periodWords, StateTag, stateWords, told } from './agreement-words.tsx'
import { Ratifications } from './ratifications.tsx'

export interface AgreementPageProps {
  agreement: Agreement
  progress: Progress
  /** texts that went out, the newest first */
  texts: readonly FixedText[]
  links: readonly AttachedLink[]
  amendments: readonly Agreement[]
  successor: Agreement | undefined
  moves: readonly Move[]
  /** the day it is for it */
  today: string
  /** may this reader work on it */
  desk: boolean
}

/** One framework agreement as everybody may read it: where it stands, who has ratified, its text, what it rests on (GOV-6). */
export function AgreementPage(props: AgreementPageProps) {
  const { agreement, progress, texts, amendments, today } = props
  const title = speak(agreement.title, currentLocale())
  const shown = agreement.state === 'ratification' || agreement.state === 'in-force' || agreement.state === 'ended'
  const back = agreement.amends
    ? { href: `/framework-agreements/${agreement.amends.slug}`, label: inWords(agreement.amends.title) }
    : { href: `/framework-agreements?region=${agreement.pack}`, label: m.governance_framework_nav() }
  return (
    <>
      <PageHead
        back={back}
        title={told(agreement.title)}
        lead={
          agreement.amends
            ? m.governance_framework_amends({ title: inWords(agreement.amends.title) })
            : told(agreement.rule.purpose)
        }
        facts={periodWords(agreement)}
        action={
          props.desk ? (
            <ButtonLink href={`/governance/agreements/${agreement.slug}`} variant="secondary" icon="edit">
              {m.governance_framework_work()}
            </ButtonLink>
          ) : undefined
        }
      >
        <div class="ln-row" data-tight>
          <StateTag state={agreement.state} amended={amendments.some(({ state }) => state === 'in-force')} />
          <Marks of={[title]} />
        </div>
      </PageHead>
      <div class="ln-stack" data-gap="10">
        {agreement.state === 'draft' && agreement.round > 1 && agreement.reason ? (
          <Note color="warning" heading={m.governance_framework_returned()} mark="late">
            <p lang={agreement.rule.language}>{agreement.reason}</p>
          </Note>
        ) : null}
        <Section id="path" heading={m.governance_framework_where()} line>
          <AgreementPath agreement={agreement} progress={progress} />
        </Section>
        {progress.way.ratifiedBy.length > 0 && shown ? (
          <Section id="ratifications" heading={m.governance_framework_ratifications()} line>
            {agreement.state === 'ratification' ? <p>{m.governance_framework_not_yet_in_force()}</p> : null}
            <Ratifications agreement={agreement} progress={progress} today={today} />
          </Section>
        ) : null}
        <Section id="text" heading={m.governance_framework_text()} line>
          <AgreementText agreement={agreement} texts={texts} />
        </Section>
        <Attached {...props} />
        <Neighbours {...props} />
        <Section id="story" heading={m.governance_framework_story()} line>
          <Timeline
            items={props.moves.toReversed().map(({ state, at, reason }) => ({
              facts: formatMoment(at, agreement.timeZone),
              content: (
                <>
                  {stateWords(state as Agreement['state'])}
                  {reason ? <p lang={agreement.rule.language}>{reason}</p> : null}
                </>
              ),
            }))}
          />
        </Section>
      </div>
    </>
  )
}

/** The parts to read, the paper, and the number by which the text can be checked. */
function AgreementText({ agreement, texts }: { agreement: Agreement; texts: readonly FixedText[] }) {
  const [newest, ...before] = texts
  const root = `/framework-agreements/${agreement.slug}`
  if (!newest) return <Empty>{m.governance_framework_not_public()}</Empty>
  return (
    <div class="ln-stack" data-gap="4">
      <p>
        {newest.purpose === 'agreement' ? m.governance_framework_text_settled() : m.governance_framework_text_sent()}{' '}
        {m.governance_framework_written_in({ language: languageName(agreement.rule.language) })}
      </p>
      <ul class="ln-tasks">
        {agreement.rule.parts
          .filter(({ slug }) => newest.parts.some(({ part }) => part === slug))
          .map((part) => (
            <li>
              <a class="ln-link" href={`${root}/parts/${part.slug}`}>
                {told(part.names)}
              </a>
            </li>
          ))}
      </ul>
      <div class="ln-row">
        <ButtonLink href={`${root}/pdf`} variant="secondary" icon="document">
          {m.governance_framework_pdf()}
        </ButtonLink>
        {before.length > 0 ? (
          <a class="ln-link" href={`${root}/changes`}>
            {m.governance_framework_changes_consultation()}
          </a>
        ) : null}
        {agreement.predecessor || agreement.amends ? (
          <a class="ln-link" href={`${root}/changes?since=last`}>
            {agreement.amends ? m.governance_framework_changes_amended() : m.governance_framework_changes_last()}
          </a>
        ) : null}
      </div>
      <details class="ln-small">
        <summary>{m.governance_framework_check_number()}</summary>
        <p class="ln-hash">{newest.hash}</p>
        <p>
          {m.governance_framework_check_how()}{' '}
          <a class="ln-link" href={`${root}/text`}>
            {m.governance_framework_plain()}
          </a>
        </p>
      </details>
    </div>
  )
}

/** What it rests on, what user organisations have said, and how it works: links to where each stands. */
function Attached({ agreement, links }: AgreementPageProps) {
  const groups: { id: string; heading: string; empty: string; purposes: readonly AttachedLink['purpose'][] }[] = [
    {
      id: 'evidence',
      heading: m.governance_framework_evidence(),
      empty: m.governance_framework_evidence_none(),
      purposes: ['supply', 'waiting', 'tariffs'],
    },
    {
      id: 'contributions',
      heading: m.governance_framework_contributions(),
      empty: m.governance_framework_contributions_none(),
      purposes: ['contribution'],
    },
    {
      id: 'reports',
      heading: m.governance_framework_reports(),
      empty: m.governance_framework_reports_none(),
      purposes: ['report'],
    },
  ]
  return (
    <>
      {groups
        .map((group) => ({ ...group, own: links.filter(({ purpose }) => group.purposes.includes(purpose)) }))
        .filter(({ id, own }) => own.length > 0 || (id !== 'reports' && !agreement.amends))
        .map(({ id, heading, empty, own }) => (
          <Section id={id} heading={heading} line>
            {own.length === 0 ? (
              <p class="ln-quiet">{empty}</p>
            ) : (
              <ul class="ds-list">
                {own.map(({ title, target, source, purpose }) => (
                  <li>
                    <a href={target} lang={agreement.rule.language}>
                      {title}
                    </a>
                    <span class="ln-small ln-quiet">
                      {` (${[purposeWords(purpose), ...(source ? [source] : [])].join(', ')})`}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        ))}
    </>
  )
}

export function purposeWords(purpose: AttachedLink['purpose']): string {
  const words = {
    supply: m.governance_framework_purpose_supply,
    waiting: m.governance_framework_purpose_waiting,
    tariffs: m.governance_framework_purpose_tariffs,
    contribution: m.governance_framework_purpose_contribution,
    report: m.governance_framework_purpose_report,
  }
  return words[purpose]()
}

/** Amendments, the agreement before and the one after. */
function Neighbours({ agreement, amendments, successor }: AgreementPageProps) {
  const link = (other: Pick<Agreement, 'slug' | 'title'>, more?: Child) => (
    <>
      <a href={`/framework-agreements/${other.slug}`}>{told(other.title)}</a>
      {more}
    </>
  )
  const items = [
    ...(agreement.predecessor
      ? [{ label: m.governance_framework_predecessor(), value: link(agreement.predecessor) }]
      : []),
    ...(successor
      ? [
          {
            label: m.governance_framework_successor(),
            value: link(successor, <span class="ln-quiet">{`, ${stateWords(successor.state)}`}</span>),
          },
        ]
      : []),
    ...amendments.map((one) => ({
      label: m.governance_framework_amendment(),
      value: link(one, <span class="ln-quiet">{`, ${stateWords(one.state)}`}</span>),
    })),
  ]
  if (items.length === 0) return null
  return (
    <Section id="neighbours" heading={m.governance_framework_neighbours()} line>
      <SummaryList items={items} />
    </Section>
  )
}
