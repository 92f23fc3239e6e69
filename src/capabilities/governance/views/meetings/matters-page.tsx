import type { Child } from 'hono/jsx'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { SummaryList, Timeline } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Marks, Words } from '../../../../platform/ui/words.tsx'
import type { MatterStep, StoredMatter } from '../../store/matters/read-matters.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { MatterState } from '../../types/matters.ts'
import { deedWords, KindWords, MatterStatus, matterStateWords, sourceWords } from './matter-words.tsx'
import { BodyLink, bodyName, Paragraphs } from './meeting-words.tsx'

export interface MattersPageProps {
  matters: readonly StoredMatter[]
  bodies: readonly StoredBody[]
  asked: { body?: string | undefined; state?: MatterState | undefined }
  region: string | undefined
  timeZone: string
  first: string | undefined
  next: string | undefined
}

/** Matters on their way, the one that moved last first (GOV-2). */
export function MattersPage({ matters, bodies, asked, region, timeZone, first, next }: MattersPageProps) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead title={m.governance_matters_title()} lead={m.governance_matters_lead()} facts={region} />
      <search aria-label={m.governance_matters_filter()}>
        <form action="/matters" method="get" class="ln-row">
          <div class="ds-field">
            <label class="ds-label" for="body">
              {m.governance_body()}
            </label>
            <select class="ds-input" id="body" name="body">
              <option value="">{m.governance_meetings_every_body()}</option>
              {bodies.map(({ profile }) => (
                <option value={profile.slug} selected={profile.slug === asked.body}>
                  {bodyName(profile.names)}
                </option>
              ))}
            </select>
          </div>
          <div class="ds-field">
            <label class="ds-label" for="state">
              {m.governance_meeting_state()}
            </label>
            <select class="ds-input" id="state" name="state">
              <option value="">{m.governance_matters_every_state()}</option>
              {MatterState.options
                .filter((state) => state !== 'idea')
                .map((state) => (
                  <option value={state} selected={state === asked.state}>
                    {matterStateWords(state)}
                  </option>
                ))}
            </select>
          </div>
          <Button variant="secondary">{m.ui_filters_apply()}</Button>
        </form>
      </search>
      {matters.length === 0 ? (
        <Empty>{m.governance_matters_empty()}</Empty>
      ) : (
        <MattersTable matters={matters} timeZone={timeZone} href={({ id }) => `/matters/${id}`} />
      )}
      <Pager previous={first} next={next} />
    </div>
  )
}

/** Matters as a table: what it is, with whom it is, how it stands. */
export function MattersTable({
  matters,
  timeZone,
  href,
}: {
  matters: readonly StoredMatter[]
  timeZone: string
  href: (matter: StoredMatter) => string
}) {
  return (
    <DataTable
      caption={m.governance_matters_title()}
      captionHeard
      rows={matters}
      columns={[
        {
          id: 'title',
          label: m.governance_matter(),
          head: true,
          cell: (matter) => (
            <a class="ln-link" href={href(matter)}>
              <Words of={speak(matter.title, currentLocale())} plain />
            </a>
          ),
        },
        { id: 'body', label: m.governance_matter_with(), cell: ({ body }) => bodyName(body.names) },
        { id: 'source', label: m.governance_matter_from(), cell: ({ source }) => sourceWords(source) },
        { id: 'state', label: m.governance_meeting_state(), cell: ({ state }) => <MatterStatus state={state} /> },
        {
          id: 'changed',
          label: m.governance_matter_moved_on(),
          cell: ({ changedAt }) => formatDay(dayIn(changedAt, timeZone)),
        },
      ]}
    />
  )
}

/** One matter, and its way over bodies as one line that anyone can read (GOV-2). */
export function MatterPage({
  matter,
  path,
  source,
  timeZone,
  back,
  children,
}: {
  matter: StoredMatter
  path: readonly MatterStep[]
  /** where it came from, as far as the reader may see it */
  source: { href: string; label: string } | undefined
  timeZone: string
  back: { href: string; label: string }
  children?: Child
}) {
  const title = speak(matter.title, currentLocale())
  const words = matter.words && speak(matter.words, currentLocale())
  return (
    <>
      <PageHead back={back} title={<Words of={title} plain />}>
        <div class="ln-row" data-tight>
          <MatterStatus state={matter.state} />
          <Marks of={[title, words]} />
        </div>
      </PageHead>
      <div class="ln-stack ln-read" data-gap="10">
        {words ? <Paragraphs words={words.words} locale={words.locale} /> : null}
        <SummaryList
          items={[
            { label: m.governance_matter_with(), value: <BodyLink {...matter.body} /> },
            { label: m.governance_matter_kind(), value: <KindWords matter={matter} /> },
            {
              label: m.governance_matter_from(),
              value: (
                <>
                  {sourceWords(matter.source)}
                  {matter.sourceName ? `: ${matter.sourceName}` : null}
                  {source ? (
                    <>
                      {': '}
                      <a href={source.href}>{source.label}</a>
                    </>
                  ) : null}
                </>
              ),
            },
          ]}
        />
        <Section id="path" heading={m.governance_path()}>
          <Timeline
            label={m.governance_path()}
            items={path.map((step, at) => ({
              kind: step.deed === 'decided' ? ('decision' as const) : at === path.length - 1 ? 'now' : 'record',
              facts: `${formatDay(dayIn(step.madeAt, timeZone))} · ${bodyName(step.body.names)}`,
              content: <StepWords step={step} />,
            }))}
          />
        </Section>
        {children}
      </div>
    </>
  )
}

function StepWords({ step }: { step: MatterStep }) {
  return (
    <>
      <strong>{deedWords(step.deed)}</strong>
      {step.to ? (
        <>
          {': '}
          <BodyLink {...step.to} />
        </>
      ) : null}
      {step.meeting ? (
        <>
          {' · '}
          <a href={`/meetings/${step.meeting.id}`}>
            {m.governance_meeting_of_day({ day: formatDay(dayIn(step.meeting.startsAt, step.meeting.timeZone)) })}
          </a>
        </>
      ) : null}
      {step.decision ? (
        <>
          {' · '}
          <a href={`/decisions/${step.decision}`}>{m.governance_read_decision()}</a>
        </>
      ) : null}
      {step.words ? <p>{step.words}</p> : null}
    </>
  )
}
