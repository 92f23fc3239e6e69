import { formatDay, formatMoment, formatTime } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { SummaryList, TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { Conference } from '../../store/forums/conferences.ts'
import type { Proposal } from '../../store/forums/proposals.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { shortName } from '../seat-words.tsx'
import { invitesWords } from './conference-words.ts'

const told = (text: Text) => <Words of={speak(text, currentLocale())} plain />
const when = ({ startsAt, body }: Conference) => formatMoment(startsAt, body.timeZone)

function conferenceStatus({ state }: Conference) {
  if (state === 'draft') return <Status mark="draft">{m.governance_conference_draft()}</Status>
  if (state === 'cancelled') return <Status mark="stop">{m.governance_meeting_cancelled()}</Status>
  return undefined
}

/** Conferences and dialogue forums of a region (GOV-10). */
export function ConferencesPage({
  conferences,
  region,
  desk,
}: {
  conferences: readonly Conference[]
  region: string | undefined
  /** the same at the desk of a secretariat */
  desk: boolean
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={desk ? { href: '/governance', label: m.governance_back_start() } : undefined}
        title={m.governance_conferences_title()}
        lead={desk ? undefined : m.governance_conferences_lead()}
        facts={region}
        action={
          desk ? (
            <ButtonLink href="/governance/conferences/new" icon="plus">
              {m.governance_conference_prepare()}
            </ButtonLink>
          ) : undefined
        }
      />
      {conferences.length > 0 ? (
        <TaskList
          items={conferences.map((one) => ({
            href: `${desk ? '/governance' : ''}/conferences/${one.id}`,
            label: told(one.title),
            note: `${when(one)}, ${shortName(one.body.profile.names)}`,
            status: conferenceStatus(one),
          }))}
        />
      ) : (
        <Empty>{m.governance_conferences_none()}</Empty>
      )}
    </div>
  )
}

/** That a conference does not take place, and why. */
export function CalledOff({ of: { cancelledWhy } }: { of: Conference }) {
  return (
    <Note color="warning" mark="stop" heading={m.governance_conference_called_off()}>
      <p>{cancelledWhy}</p>
    </Note>
  )
}

/** What everybody reads of a conference: who invites whom, programme, notes, and what was proposed. Never who comes. */
export function ConferencePage({
  conference,
  proposals,
  all,
}: {
  conference: Conference
  proposals: readonly Proposal[]
  all: readonly StoredBody[]
}) {
  const { title, about, body, place, answerBy, notes } = conference
  const calledOff = conference.state === 'cancelled'
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead
        back={{ href: '/conferences', label: m.governance_conferences_title() }}
        title={told(title)}
        lead={told(about)}
      />
      {calledOff ? <CalledOff of={conference} /> : null}
      <SummaryList
        items={[
          { label: m.governance_conference_when(), value: when(conference) },
          { label: m.governance_conference_place(), value: place },
          {
            label: m.governance_conference_host(),
            value: <a href={`/bodies/${body.profile.slug}`}>{shortName(body.profile.names)}</a>,
          },
          { label: m.governance_conference_guests(), value: invitesWords(conference.invites, all) },
          ...(calledOff ? [] : [{ label: m.governance_conference_answer_by(), value: formatDay(answerBy) }]),
        ]}
      />
      <Programme conference={conference} />
      {notes ? (
        <Section id="notes" heading={m.governance_conference_notes()}>
          <Words of={speak(notes, currentLocale())} />
        </Section>
      ) : null}
      {proposals.length > 0 ? (
        <Section id="proposals" heading={m.governance_conference_proposals()}>
          <ul class="ln-stack" data-gap="3">
            {proposals.map((proposal) => (
              <li>
                <ProposalWords of={proposal} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  )
}

function Programme({ conference: { id, programme } }: { conference: Conference }) {
  if (programme.length === 0) return null
  return (
    <Section id="programme" heading={m.governance_conference_programme()}>
      <ol class="ln-plain ln-stack" data-gap="2">
        {programme.map(({ time, words }) => (
          <li>
            <strong>{formatTime(time)}</strong> {words}
          </li>
        ))}
      </ol>
      <p>
        <a class="ln-link" href={`/conferences/${id}/pdf`}>
          {m.governance_consult_pdf()}
        </a>
      </p>
    </Section>
  )
}

export function ProposalWords({ of: { title, words, by, matter } }: { of: Proposal }) {
  return (
    <span class="ln-stack" data-gap="1">
      <strong class="ln-block">{told(title)}</strong>
      {words ? <span class="ln-block">{told(words)}</span> : null}
      {by ? <span class="ln-block ln-small ln-quiet">{by}</span> : null}
      {matter ? (
        <a class="ln-link ln-block" href={`/matters/${matter}`}>
          {m.governance_recommendation_matter()}
        </a>
      ) : null}
    </span>
  )
}
