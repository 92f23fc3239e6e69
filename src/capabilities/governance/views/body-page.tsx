import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import { Pager } from '../../../platform/ui/browse.tsx'
import { Button } from '../../../platform/ui/buttons.tsx'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Empty } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Marks, Words } from '../../../platform/ui/words.tsx'
import type { StoredBody } from '../store/read-body.ts'
import type { Decision } from '../store/read-decisions.ts'
import type { StandingSeat } from '../store/read-seats.ts'
import type { Source } from '../types.ts'
import { BodyRelations, BodySeats, BodyTerms } from './body-seats.tsx'
import { DecisionList, levelWords, wayWords } from './decision-words.tsx'
import { kindWords } from './seat-words.tsx'

export interface BodyPageProps {
  body: StoredBody
  /** all bodies of its pack */
  all: readonly StoredBody[]
  seats: readonly StandingSeat[]
  /** the day it is for the body */
  day: string
  decisions: readonly Decision[]
  /** words that the decisions were searched for */
  words: string | undefined
  /** address of the first page, where this is not it */
  first: string | undefined
  next: string | undefined
}

const told = (text: Text | undefined) => (text ? <Words of={speak(text, currentLocale())} plain /> : undefined)

/** One body: what it is for, how and on what it decides, and its public decisions, newest first (GOV-1, GOV-4). */
export function BodyPage({ body, all, seats, day, decisions, words, first, next }: BodyPageProps) {
  const { profile } = body
  const name = speak(profile.names, currentLocale())
  const purpose = speak(profile.purpose, currentLocale())
  return (
    <>
      <PageHead
        back={{ href: '/bodies', label: m.governance_back_bodies() }}
        title={<Words of={name} plain />}
        lead={<Words of={purpose} plain />}
      >
        <div class="ln-row" data-tight>
          <Marks of={[name, purpose]} />
          {profile.example ? (
            <Status mark="eye" tag>
              {m.governance_example()}
            </Status>
          ) : null}
        </div>
      </PageHead>
      <div class="ln-stack" data-gap="10">
        <div class="ln-stack ln-read" data-gap="10">
          <SummaryList
            items={[
              { label: m.governance_level(), value: levelWords(profile.level) },
              { label: m.governance_area(), value: told(body.areaNames) },
              ...(profile.kind ? [{ label: m.governance_kind(), value: kindWords(profile.kind) }] : []),
              {
                label: profile.onlyEntered ? m.governance_entered_by() : m.governance_secretariat(),
                value: <a href={`/organisations/${body.organisation.slug}`}>{told(body.organisation.names)}</a>,
              },
              ...profile.terms.map(({ starts, until }) => ({
                label: m.governance_term(),
                value: `${formatDay(starts)} – ${formatDay(until)}`,
              })),
              { label: m.governance_decides_by(), value: profile.decidesBy && wayWords(profile.decidesBy) },
              { label: m.governance_quorum(), value: told(profile.quorum) },
              { label: m.governance_meets(), value: told(profile.meets) },
              ...(profile.timesAYear
                ? [{ label: m.governance_meetings_a_year(), value: [...new Set(profile.timesAYear)].join('–') }]
                : []),
              ...(profile.rotation
                ? [
                    {
                      label: m.governance_rotation(),
                      value: (
                        <>
                          {told(profile.rotation)}
                          <span class="ln-quiet">{`, ${m.governance_rotation_possible()}`}</span>
                        </>
                      ),
                    },
                  ]
                : []),
              {
                label: m.governance_minutes(),
                value:
                  profile.public === undefined
                    ? undefined
                    : profile.public
                      ? m.governance_minutes_public()
                      : m.governance_minutes_closed(),
              },
            ]}
          />
          {profile.adHoc ? <BodyTerms group={profile.adHoc} all={all} day={day} /> : null}
          {profile.tasks.length > 0 ? (
            <Section id="tasks" heading={m.governance_tasks()}>
              <ul class="ln-stack" data-gap="2">
                {profile.tasks.map((task) => (
                  <li>{told(task)}</li>
                ))}
              </ul>
            </Section>
          ) : null}
          <BodyRelations body={body} all={all} />
        </div>
        <BodySeats seats={seats} all={all} day={day} />
        <div class="ln-stack ln-read" data-gap="10">
          <Section id="matters" heading={m.governance_matters()}>
            {profile.decidesOn.length === 0 ? <p>{m.governance_matters_none()}</p> : null}
            <ul class="ln-stack" data-gap="2">
              {profile.decidesOn.map((matter) => (
                <li>
                  {told(matter.names)}
                  {matter.aboutPeople ? (
                    <span class="ln-quiet">{`, ${m.governance_matter_about_people()}`}</span>
                  ) : null}
                </li>
              ))}
            </ul>
          </Section>
          <Section id="decisions" heading={m.governance_decisions()}>
            {decisions.length > 0 || words ? <Search slug={profile.slug} words={words} /> : null}
            {decisions.length > 0 ? (
              <DecisionList decisions={decisions} href={({ id }) => `/decisions/${id}`} />
            ) : (
              <Empty>{words ? m.governance_decisions_none_found() : m.governance_decisions_none()}</Empty>
            )}
            <Pager previous={first} next={next} />
          </Section>
          {profile.sources.length > 0 ? (
            <Section id="sources" heading={m.governance_sources()} size="sm">
              <ul>
                {profile.sources.map((source) => (
                  <li translate="no">{sourceWords(source)}</li>
                ))}
              </ul>
            </Section>
          ) : null}
        </div>
      </div>
    </>
  )
}

const sourceWords = ({ title, date }: Source) => (date ? `${title}, ${formatDay(date)}` : title)

function Search({ slug, words }: { slug: string; words: string | undefined }) {
  return (
    <search>
      <form action={`/bodies/${slug}`} method="get" class="ln-stack" data-gap="2">
        <label class="ds-label" for="q">
          {m.governance_search_label()}
        </label>
        <div class="ln-row" data-tight>
          <input class="ds-input" type="search" id="q" name="q" value={words} maxlength={200} />
          <Button variant="secondary" icon="search">
            {m.governance_search()}
          </Button>
        </div>
      </form>
    </search>
  )
}
