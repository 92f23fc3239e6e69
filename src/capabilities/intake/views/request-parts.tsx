import type { Child } from 'hono/jsx'
import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay, formatMoment } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form } from '../../../platform/ui/form.tsx'
import { type Moment, SummaryList, TaskList, Timeline } from '../../../platform/ui/lists.tsx'
import { Note, Voice } from '../../../platform/ui/notices.tsx'
import { Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import { standOf } from '../rules/desk.ts'
import { isDecided } from '../rules/states.ts'
import type { StoredClock } from '../store/clocks.ts'
import type { DeskLine } from '../store/desk.ts'
import type { Step } from '../store/steps.ts'
import type { DangerSign, EnteredBy, FollowUp } from '../types.ts'
import { remainingWords, Unverified, untilWords } from './clock-words.tsx'
import { followName, requestHref, ServiceName, standMark, stateName, stateTitle, TimeLeft } from './desk-words.tsx'
import { stateFor, type Trouble } from './request-forms.tsx'
import type { SeenRequest } from './seen-request.ts'

/** Where a request's days and hours are counted. */
export const zoneOf = ({ course }: Pick<SeenRequest, 'course'>): string => course?.place.timeZone ?? 'UTC'

const dangers: Readonly<Record<DangerSign, () => string>> = {
  life: m.intake_ask_danger_life,
  violence: m.intake_ask_danger_violence,
  'recent-trauma': m.intake_ask_danger_recent_trauma,
  child: m.intake_ask_danger_child,
}
const relations: Readonly<Record<EnteredBy['relation'], () => string>> = {
  relative: m.intake_ask_relation_relative,
  friend: m.intake_ask_relation_friend,
  neighbour: m.intake_ask_relation_neighbour,
  worker: m.intake_ask_relation_worker,
  agency: m.intake_ask_relation_agency,
  other: m.intake_ask_relation_other,
}

/** INT-3: what makes it an emergency. */
export function EmergencyNote({ seen, children }: { seen: SeenRequest; children?: Child }) {
  const { draft } = seen.request
  const signs = seen.hidden ? '' : draft.situation.dangers.map((sign) => dangers[sign]()).join(' · ')
  return (
    <Note
      color="danger"
      mark="stop"
      heading={signs ? m.intake_request_emergency_heading({ signs }) : m.intake_desk_emergency()}
    >
      <p>{m.intake_request_emergency_text()}</p>
      {children}
    </Note>
  )
}

/** INT-1: entered by X for Y, with Y's consent or the reason why it is missing. */
export function EnteredNote({ by, person }: { by: EnteredBy; person: string | undefined }) {
  const { name, relation, organisation, phone, email } = by
  const who = organisation ? `${name}, ${organisation}` : name
  return (
    <Note>
      <p>
        <strong>
          {m.intake_request_entered({
            name: who,
            relation: relations[relation](),
            person: person ?? m.intake_request_somebody(),
          })}
        </strong>
      </p>
      <p>
        {by.consent === 'given' ? (
          <Status mark="done">{m.intake_request_consent_given()}</Status>
        ) : (
          <Status mark="ask">{m.intake_request_consent_missing({ reason: by.consentMissing ?? '–' })}</Status>
        )}
      </p>
      {phone ? <p class="ln-num">{m.intake_request_helper_phone({ number: phone })}</p> : null}
      {email ? <p>{m.intake_request_helper_email({ address: email })}</p> : null}
    </Note>
  )
}

/** What they told, in their own words. */
export function Told({ seen }: { seen: SeenRequest }) {
  const { draft, submittedAt } = seen.request
  const { words, wish, household } = draft.situation
  const by = submittedAt ? m.intake_request_told_by({ day: formatDay(dayIn(submittedAt, zoneOf(seen))) }) : undefined
  return (
    <Section id="told" heading={m.intake_request_told()}>
      {words ? <Voice by={by}>{words}</Voice> : <p class="ln-quiet">{m.intake_request_told_nothing()}</p>}
      {wish || household ? (
        <SummaryList
          items={[
            ...(wish ? [{ label: m.intake_request_wish(), value: wish }] : []),
            ...(household ? [{ label: m.intake_request_household(), value: household }] : []),
          ]}
        />
      ) : null}
    </Section>
  )
}

/** INT-3: every clock with what is left, whether it was warned of, whether it is late, and where the deadline stands. */
export function Clocks({ seen }: { seen: SeenRequest }) {
  const { clocks } = seen
  return (
    <Section id="clocks" heading={m.intake_request_clocks()}>
      {clocks.length === 0 ? (
        <p class="ln-quiet">{m.intake_request_no_clocks()}</p>
      ) : (
        <SummaryList
          items={clocks.map((clock) => ({
            label: <Words of={speak(clock.deadline.names, currentLocale())} plain />,
            value: <ClockStands seen={seen} clock={clock} />,
          }))}
        />
      )}
    </Section>
  )
}

function ClockStands({ seen, clock }: { seen: SeenRequest; clock: StoredClock }) {
  const zone = zoneOf(seen)
  const day = (moment: Date) => formatDay(dayIn(moment, zone), 'short')
  const { source, article } = clock.deadline
  return (
    <>
      <ClockState seen={seen} clock={clock} /> <Unverified of={clock.deadline} />
      <div class="ln-small ln-quiet">
        {clock.warnedAt && !clock.stoppedAt ? `${m.intake_request_clock_warned({ day: day(clock.warnedAt) })} ` : ''}
        {clock.escalatedAt && !clock.stoppedAt
          ? `${m.intake_request_clock_escalated({ day: day(clock.escalatedAt) })} `
          : ''}
        {source ? <span translate="no">{[source.title, article].filter(Boolean).join(', ')}</span> : null}
      </div>
    </>
  )
}

function ClockState({ seen, clock }: { seen: SeenRequest; clock: StoredClock }) {
  const { course, now } = seen
  const zone = zoneOf(seen)
  const day = (moment: Date) => formatDay(dayIn(moment, zone), 'short')
  if (clock.stoppedAt)
    return <Status mark="done">{m.intake_request_clock_stopped({ day: day(clock.stoppedAt) })}</Status>
  if (clock.pausedAt)
    return (
      <Status mark="wait" color="neutral">
        {m.intake_request_clock_paused({ day: day(clock.pausedAt) })}
      </Status>
    )
  const stand = course ? standOf(clock, now, course.place) : undefined
  if (!stand || stand.is === 'stopped' || stand.is === 'paused') return null
  return (
    <Status mark={standMark[stand.is]}>
      {m.intake_request_clock_until({
        left: remainingWords(stand.remaining),
        day: untilWords(clock.rule, clock.dueAt, zone),
      })}
    </Status>
  )
}

const completed: readonly FollowUp[] = ['formal-decision', 'recorded-help', 'group']

/** INT-2: what follows acceptance, one after the other, and what there is to do about it. */
export function FollowUps({ seen, trouble }: { seen: SeenRequest; trouble: Trouble | undefined }) {
  const { request, followUps } = seen
  if (followUps.length === 0) return null
  const current = followUps.find(({ begunAt, doneAt }) => begunAt && !doneAt)
  const state = stateFor(trouble, 'follow-up')
  const zone = zoneOf(seen)
  return (
    <Section id="follows" heading={m.intake_request_follows()}>
      <SummaryList
        items={followUps.map(({ kind, begunAt, doneAt, note }) => ({
          label:
            kind === 'contract' || kind === 'waiting-list' ? (
              <a class="ln-link" href={`/requests/${request.id}/${kind === 'contract' ? 'contract' : 'waiting'}`}>
                {followName(kind)}
              </a>
            ) : (
              followName(kind)
            ),
          value: (
            <>
              {doneAt ? (
                <Status mark="done">{m.intake_request_follow_done({ day: formatDay(dayIn(doneAt, zone)) })}</Status>
              ) : begunAt ? (
                <Status mark="wait">{m.intake_request_follow_now()}</Status>
              ) : (
                <span class="ln-quiet">{m.intake_request_follow_later()}</span>
              )}
              {note ? <div>{note}</div> : null}
            </>
          ),
        }))}
      />
      {(current && completed.includes(current.kind)) || state.outcome ? (
        <Form
          action={`/requests/${request.id}/follow-up`}
          state={state}
          idempotencyKey={crypto.randomUUID()}
          buttons={<Button variant="secondary">{m.intake_request_follow_complete()}</Button>}
        >
          <input type="hidden" name="kind" value={state.typed?.get('kind')?.[0] ?? current?.kind ?? ''} />
          <Field
            state={state}
            kind="textarea"
            name="help"
            rows={2}
            maxlength={2000}
            optional={current?.kind !== 'recorded-help'}
            label={m.intake_request_follow_note()}
          />
        </Form>
      ) : null}
    </Section>
  )
}

/** Everything that happened, the oldest first (INT-2). */
export function Story({ seen }: { seen: SeenRequest }) {
  const zone = zoneOf(seen)
  return (
    <Section id="story" heading={m.intake_request_story()}>
      <Timeline
        label={m.intake_request_story()}
        items={seen.steps.map((step): Moment => {
          const who = step.account ? seen.colleagues.get(step.account) : undefined
          return {
            kind: kindOf(step),
            facts: [
              formatMoment(step.at, zone),
              who ?? (isByItself(step) ? 'Linden' : m.intake_request_deed_person()),
            ].join(' · '),
            content: step.note ? `${deedWords(step)}: ${step.note}` : deedWords(step),
          }
        })}
      />
    </Section>
  )
}

function kindOf({ deed, to }: Step): NonNullable<Moment['kind']> {
  if (to && isDecided(to)) return 'decision'
  return deed === 'alert' ? 'alert' : 'record'
}

const documents: Readonly<Record<string, () => string>> = {
  given: m.intake_request_deed_document_given,
  seen: m.intake_request_deed_document_seen,
  waived: m.intake_request_deed_document_waived,
  obtained: m.intake_request_deed_document_obtained,
  open: m.intake_request_deed_document_open,
}

function deedWords({ deed, to, detail }: Step): string {
  switch (deed) {
    case 'state':
      return to === 'submitted' ? m.intake_request_path_sent() : to ? stateTitle(to) : ''
    case 'document':
      return (documents[String(detail.state)] ?? m.intake_request_deed_document_given)()
    case 'alert':
      return detail.state === 'acknowledged' ? m.intake_request_deed_alert_answered() : m.intake_request_deed_alert()
    default:
      return deeds[deed]()
  }
}

const deeds: Readonly<Record<Exclude<Step['deed'], 'state' | 'document' | 'alert'>, () => string>> = {
  entered: m.intake_request_deed_entered,
  assigned: m.intake_request_deed_assigned,
  service: m.intake_request_deed_service,
  reminded: m.intake_request_deed_reminded,
  assessed: m.intake_request_deed_assessed,
  letter: m.intake_request_deed_letter,
  contract: m.intake_request_deed_contract,
  waiting: m.intake_request_deed_waiting,
  'follow-up': m.intake_request_deed_follow_up,
}

/** Requests beside this one. */
export function Near({ seen, lines }: { seen: SeenRequest; lines: readonly DeskLine[] }) {
  return (
    <TaskList
      wide
      items={lines.map((line) => ({
        href: requestHref(line.id),
        label: <ServiceName of={seen.services.get(line.service ?? '')} />,
        note: `${line.reference} · ${stateName(line.state)}`,
        status: <TimeLeft line={line} place={seen.course?.place} now={seen.now} />,
      }))}
    />
  )
}

/** Letters, calls, and the end of a time of grace come by themselves. */
const isByItself = ({ deed, from }: Step): boolean => deed === 'letter' || deed === 'alert' || from === 'waiting'
