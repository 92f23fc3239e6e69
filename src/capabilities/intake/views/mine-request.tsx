import type { Place } from '../../../platform/calendar/deadline.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Path, SummaryList, Timeline } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import { missing } from '../rules/documents.ts'
import { isWithOffice, mayFollow } from '../rules/states.ts'
import type { StoredClock } from '../store/clocks.ts'
import type { FollowUpStep, StoredDecision } from '../store/decisions.ts'
import type { Reminder, StoredDocument } from '../store/documents.ts'
import type { StoredLetter } from '../store/letters.ts'
import type { Office } from '../store/procedure.ts'
import type { StoredRequest } from '../store/requests.ts'
import type { Step } from '../store/steps.ts'
import type { StoredWaiting } from '../store/waiting.ts'
import type { SafeContact } from '../types.ts'
import { ContactWords } from './ask-check.tsx'
import { EnteredByLine, Helpline, Reference, told } from './ask-parts.tsx'
import { ClockWords, lastDayOf } from './clock-words.tsx'
import { DutyNote, type DutyNow } from './duty-note.tsx'
import { LettersSection } from './letter.tsx'
import { DecisionSection, type LinkedService } from './mine-decision.tsx'
import { Papers } from './mine-papers.tsx'
import { momentsOf, pathOf, stateWords } from './mine-words.ts'
import { Standing } from './waiting.tsx'

/** Everything that a request says of itself to whoever asked. */
export interface RequestPageProps {
  base: string
  up: { href: string; label: string } | undefined
  request: StoredRequest
  service: LinkedService | undefined
  office: Office | undefined
  region: Region | undefined
  place: Place
  now: Date
  dutyNow: DutyNow
  papers: readonly StoredDocument[]
  reminder: Reminder | undefined
  clocks: readonly StoredClock[]
  decision: StoredDecision | undefined
  alternatives: readonly LinkedService[]
  redirectedTo: LinkedService | undefined
  followUps: readonly FollowUpStep[]
  steps: readonly Step[]
  /** the request that followed where this one was redirected */
  onward: { href: string; reference: string } | undefined
  /** address of the contract, once one can follow */
  contract: string | undefined
  /** as last told */
  contact: SafeContact
  /** their place on a waiting list (INT-9) */
  waiting: { waiting: StoredWaiting; ahead: number } | undefined
  letters: readonly StoredLetter[]
}

/** Where a request stands (INT-2): what happens, what is missing, until when, and what was decided. */
export function RequestPage(props: RequestPageProps) {
  const { base, up, request, service, office, region, papers, clocks, place, now } = props
  const { particulars, situation } = request.draft
  const running = clocks.filter(({ stoppedAt }) => !stoppedAt)
  const withOffice = isWithOffice(request.state)
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={up}
        title={service ? <Words of={service.name} plain /> : m.intake_ask_request_general()}
        lead={stateWords(request.state)}
        facts={
          <>
            {m.ui_your_number()}: <Reference of={request.reference} />
          </>
        }
      >
        <EnteredByLine by={request.enteredBy} name={particulars.name} />
      </PageHead>
      {request.urgency === 'emergency' && withOffice ? (
        <DutyNote duty={props.dutyNow} dangers={situation.dangers} region={region} />
      ) : null}
      {props.onward ? (
        <Note color="info" heading={m.intake_ask_onward_heading()}>
          <p>
            <a class="ln-link" href={props.onward.href}>
              {m.intake_ask_onward_go()} <Reference of={props.onward.reference} />
            </a>
          </p>
        </Note>
      ) : null}
      <Missing {...props} />
      <Section id="where" heading={m.intake_ask_where_heading()}>
        <Path steps={pathOf(request, props.followUps)} label={m.intake_ask_where_heading()} />
        {props.contract ? (
          <p>
            <a class="ln-link" href={props.contract}>
              {m.intake_ask_to_contract()}
            </a>
          </p>
        ) : null}
      </Section>
      {props.decision ? (
        <DecisionSection
          decision={props.decision}
          alternatives={props.alternatives}
          redirectedTo={props.redirectedTo}
          region={region}
          timeZone={place.timeZone}
        />
      ) : null}
      {props.waiting ? (
        <Section id="waiting" heading={m.intake_ask_waiting_heading()} line>
          <Standing {...props.waiting} />
          {up === undefined || base.startsWith('/my/') ? (
            <p>
              <a class="ln-link" href={`${base}/waiting`}>
                {m.intake_ask_waiting_go()}
              </a>
            </p>
          ) : null}
        </Section>
      ) : null}
      <Section id="who" heading={m.intake_ask_who_answers()} line>
        <SummaryList
          items={[
            {
              label: m.intake_ask_office(),
              value: office ? (
                <a class="ln-link" href={`/organisations/${office.slug}`}>
                  <Words of={told(office.names, region)} plain />
                </a>
              ) : undefined,
            },
            ...running.map((clock) => ({
              label: <Words of={told(clock.deadline.names, region)} plain />,
              value: <ClockWords clock={clock} place={place} now={now} region={region} />,
            })),
          ]}
        />
      </Section>
      {papers.length > 0 ? (
        <Section id="papers" heading={m.intake_ask_papers_heading()} line>
          <Papers base={base} papers={papers} giveable={withOffice} region={region} />
        </Section>
      ) : null}
      <LettersSection base={base} dayOf={(moment) => dayIn(moment, place.timeZone)} letters={props.letters} />
      <Section id="told" heading={m.intake_ask_told_heading()} line>
        <SummaryList
          items={[
            { label: m.intake_ask_name(), value: particulars.name },
            { label: m.intake_ask_words(), value: situation.words },
            ...(situation.wish ? [{ label: m.intake_ask_wish(), value: situation.wish }] : []),
            {
              label: m.intake_ask_ways(),
              value: <ContactWords of={props.contact} />,
              change: { href: `${base}/contact/change`, what: m.intake_ask_ways() },
            },
          ]}
        />
      </Section>
      <Section id="story" heading={m.intake_ask_story_heading()} line>
        <Timeline items={momentsOf(props.steps)} label={m.intake_ask_story_heading()} />
      </Section>
      <Helpline region={region} />
      {mayFollow(request.state, 'withdrawn') ? (
        <p>
          <a class="ln-link" href={`${base}/withdraw`}>
            {m.intake_ask_withdraw()}
          </a>
        </p>
      ) : null}
    </div>
  )
}

/** One thing at a time: what is missing stands above everything else. It never holds up an emergency (INT-3). */
function Missing({ base, request, papers, reminder, region, place }: RequestPageProps) {
  const open = isWithOffice(request.state) ? missing(papers) : []
  if (open.length === 0) return null
  return (
    <Note color="warning" heading={m.intake_ask_missing_heading({ count: open.length })} mark="late">
      <Papers base={base} papers={open} giveable region={region} />
      <p>
        {request.urgency === 'emergency' ? m.intake_ask_missing_emergency() : m.intake_ask_missing_text()}{' '}
        {reminder && request.state === 'waiting'
          ? m.intake_ask_missing_until({ day: formatDay(lastDayOf(reminder.graceUntil, place.timeZone)) })
          : null}
      </p>
      {reminder?.note ? <p>{reminder.note}</p> : null}
    </Note>
  )
}

/** A request that was not sent yet goes on where it stopped (INT-1). */
export function DraftWaitsPage({
  base,
  request,
  service,
}: {
  base: string
  request: StoredRequest
  service: LinkedService | undefined
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        title={service ? <Words of={service.name} plain /> : m.intake_ask_request_general()}
        lead={stateWords('draft')}
        facts={
          <>
            {m.ui_your_number()}: <Reference of={request.reference} />
          </>
        }
      >
        <EnteredByLine by={request.draft.enteredBy} name={request.draft.particulars.name} />
      </PageHead>
      <div class="ln-row">
        <ButtonLink href={`${base}/what`}>{m.intake_ask_go_on()}</ButtonLink>
        <a class="ln-link" href={`${base}/check`}>
          {m.intake_ask_check_title()}
        </a>
        <a class="ln-link" href={`${base}/withdraw`}>
          {m.intake_ask_throw_away()}
        </a>
      </div>
    </div>
  )
}
