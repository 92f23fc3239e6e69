import type { Child } from 'hono/jsx'
import { formatDay, formatList, formatMoment } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Path, type Step, SummaryList, Timeline } from '../../../../platform/ui/lists.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Marks } from '../../../../platform/ui/words.tsx'
import { answerWords, changeWords, planParts } from '../../letters/adjustment-words.ts'
import type { Contacted, LetterSent } from '../../store/adjustments/contacts.ts'
import type { AdjustmentStepMade, StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { RuleWords, Spoken, Standing } from './parts.tsx'

/** All that the page of an adjustment shows. */
export interface SeenAdjustment {
  adjustment: StoredAdjustment
  contacts: readonly Contacted[]
  steps: readonly AdjustmentStepMade[]
  /** names of the bodies that may approve it */
  bodies: readonly Text[]
  /** why the rule gives this path, in its own words */
  because: Text | undefined
  /** for the operator and the secretariat alone */
  letters?: ReadonlyMap<string, LetterSent>
}

/** One adjustment as everybody may read it: what, why, who was contacted and when, its path with the rule, what was decided, its effect (CAP-3). */
export function AdjustmentPage({
  seen,
  back,
  before,
  children,
}: {
  seen: SeenAdjustment
  back: { href: string; label: string }
  /** what somebody who works with it sees first */
  before?: Child
  children?: Child
}) {
  const { adjustment, contacts } = seen
  const parts = planParts(adjustment).map(({ label, text }) => ({ label, spoken: speak(text, currentLocale()) }))
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={back}
        title={<Spoken of={adjustment.offer.names} />}
        lead={`${changeWords(adjustment)}, ${m.capacity_adjust_from_day({ day: formatDay(adjustment.effectOn) })}`}
        facts={
          <>
            {m.capacity_adjust_number({ number: adjustment.number })} · <Spoken of={adjustment.operator.names} />
          </>
        }
      >
        <div class="ln-row" data-tight>
          <Standing state={adjustment.state} tag />
          <Marks of={parts.map(({ spoken }) => spoken)} />
        </div>
      </PageHead>
      {before}
      <div class="ln-stack ln-read" data-gap="10">
        <Section id="path" heading={m.capacity_adjust_path()}>
          <Path label={m.capacity_adjust_path()} steps={pathSteps(seen)} why={<WhyThisPath seen={seen} />} />
        </Section>
        <Section id="plan" heading={m.capacity_adjust_what()} line>
          <SummaryList
            items={[
              { label: m.capacity_adjust_places(), value: placesWords(adjustment) },
              ...parts.map(({ label, spoken }) => ({
                label,
                value: <span lang={spoken.locale}>{spoken.words}</span>,
              })),
              {
                label: m.capacity_adjust_offer(),
                value: (
                  <a href={`/offers/${adjustment.offer.slug}`}>
                    <Spoken of={adjustment.offer.names} />
                  </a>
                ),
              },
            ]}
          />
        </Section>
        <Section id="contacted" heading={m.capacity_adjust_contacted()} line>
          <p>{m.capacity_adjust_contacted_lead()}</p>
          <Contacts seen={seen} />
        </Section>
        <Section id="decided" heading={m.capacity_adjust_decided()} line>
          <SummaryList items={decidedItems(seen)} />
        </Section>
        {children}
        <Section id="history" heading={m.capacity_adjust_history()} line>
          <Timeline
            label={m.capacity_adjust_history()}
            items={seen.steps.map((step) => ({
              kind: step.act === 'approved' || step.act === 'declined' ? 'decision' : 'record',
              facts: formatMoment(step.at, adjustment.timeZone),
              content: (
                <>
                  {`${stepWords(step)}: ${changeWords(step)}, ${formatDay(step.effectOn)}`}
                  {step.words ? <p>{step.words}</p> : null}
                </>
              ),
            }))}
          />
        </Section>
      </div>
      {contacts.length > 0 ? (
        <p class="ln-small">
          <a href={`/adjustments/${adjustment.id}/pdf`}>{m.capacity_adjust_pdf()}</a>
        </p>
      ) : null}
    </div>
  )
}

const placesWords = ({ kind, placesBefore, change }: StoredAdjustment) =>
  kind === 'closure'
    ? m.capacity_adjust_places_closing({ before: placesBefore })
    : m.capacity_adjust_places_changing({ before: placesBefore, after: placesBefore + change })

function Contacts({ seen: { adjustment, contacts, letters } }: { seen: SeenAdjustment }) {
  const current = contacts.filter(({ revision }) => revision === adjustment.revision)
  const shown = current.length > 0 ? current : contacts
  if (shown.length === 0)
    return (
      <p class="ln-quiet">
        {adjustment.contactedAt ? m.capacity_adjust_contacted_nobody() : m.capacity_adjust_contacted_not_yet()}
      </p>
    )
  return (
    <DataTable
      caption={m.capacity_adjust_affected()}
      rows={shown}
      columns={[
        {
          id: 'municipality',
          label: m.capacity_adjust_municipality(),
          head: true,
          cell: ({ municipality }) => <Spoken of={municipality.names} />,
        },
        {
          id: 'at',
          label: m.capacity_adjust_contacted_at(),
          cell: ({ contactedAt }) => formatMoment(contactedAt, adjustment.timeZone),
        },
        {
          id: 'answer',
          label: m.capacity_adjust_answer(),
          span: true,
          cell: ({ id, answer, disputed }) => (
            <>
              {answer ? answerWords(answer.answer) : <span class="ln-quiet">{m.capacity_adjust_answer_none()}</span>}
              {answer?.words ? <p>{answer.words}</p> : null}
              {disputed ? <p>{m.capacity_adjust_disputed()}</p> : null}
              {letters?.get(id) ? <LetterWords letter={letters.get(id)} /> : null}
            </>
          ),
        },
      ]}
    />
  )
}

function LetterWords({ letter }: { letter: LetterSent | undefined }) {
  if (!letter) return null
  return (
    <p class="ln-small ln-quiet">
      {letter.email}
      {letter.author ? ` · ${letter.author.name}, ${letter.author.function}` : ''}
    </p>
  )
}

/** Why this path, in the words of the rule, with its source. */
function WhyThisPath({ seen: { adjustment, because } }: { seen: SeenAdjustment }) {
  if (adjustment.pathReason) return <>{m.capacity_adjust_path_chosen({ reason: adjustment.pathReason })}</>
  return (
    <>
      {because ? (
        <>
          <Spoken of={because} />{' '}
        </>
      ) : null}
      {m.capacity_adjust_rule()}: <RuleWords rule={adjustment.rule} />
    </>
  )
}

/** The way of an adjustment: what is done, where it is, what comes. */
export function pathSteps({ adjustment, steps, bodies }: SeenAdjustment): Step[] {
  const { state, path } = adjustment
  const at = (act: AdjustmentStepMade['act']) => {
    const found = steps.findLast((step) => step.act === act && step.revision === adjustment.revision)
    return found && formatMoment(found.at, adjustment.timeZone)
  }
  const over = state === 'in-force' || state === 'declined' || state === 'withdrawn'
  const names = formatList(
    bodies.map((text) => speak(text, currentLocale()).words),
    'or',
  )
  const contact: Step = {
    label: m.capacity_adjust_step_contact(),
    state: adjustment.contactedAt ? 'done' : over ? 'next' : 'now',
    note: at('contacted'),
  }
  const chosen: Step[] =
    state === 'path-open' || adjustment.pathReason
      ? [
          {
            label: m.capacity_adjust_step_path(),
            state: state === 'path-open' ? 'now' : 'done',
            note: at('path-chosen'),
          },
        ]
      : []
  const approval: Step[] =
    path === 'approval'
      ? [
          {
            label: m.capacity_adjust_step_approval({ bodies: names }),
            state: state === 'approval-open' ? 'now' : state === 'planned' || state === 'withdrawn' ? 'next' : 'done',
            note: at('approved') ?? at('declined'),
          },
        ]
      : []
  const effect: Step = {
    label: m.capacity_adjust_step_effect(),
    state: state === 'in-force' ? 'done' : state === 'cleared' ? 'now' : 'next',
    note: formatDay(adjustment.effectOn),
  }
  return [
    { label: m.capacity_adjust_step_plan(), state: 'done', note: formatDay(adjustment.plannedOn) },
    contact,
    ...chosen,
    ...approval,
    ...(state === 'declined' || state === 'withdrawn' ? [] : [effect]),
  ]
}

function decidedItems({ adjustment }: SeenAdjustment) {
  const { state, decision, consultation, matter, clearedOn, endedReason } = adjustment
  return [
    { label: m.capacity_adjust_col_state(), value: <Standing state={state} /> },
    ...(matter
      ? [
          {
            label: m.capacity_adjust_matter(),
            value: <a href={`/matters/${matter}`}>{m.capacity_adjust_matter_link()}</a>,
          },
        ]
      : []),
    ...(consultation
      ? [
          {
            label: m.capacity_adjust_hearing(),
            value: <a href={`/consultations/${consultation}`}>{m.capacity_adjust_hearing_link()}</a>,
          },
        ]
      : []),
    ...(decision
      ? [
          {
            label: m.capacity_adjust_decision(),
            value: <a href={`/decisions/${decision}`}>{m.capacity_adjust_decision_link()}</a>,
          },
        ]
      : []),
    ...(clearedOn ? [{ label: m.capacity_adjust_cleared_on(), value: formatDay(clearedOn) }] : []),
    ...(adjustment.inForceAt
      ? [
          {
            label: m.capacity_adjust_effect(),
            value: m.capacity_adjust_effect_done({ day: formatDay(adjustment.effectOn) }),
          },
        ]
      : []),
    ...(state === 'in-force'
      ? [
          {
            label: m.capacity_adjust_tariff(),
            value: adjustment.tariffDue ? m.capacity_adjust_tariff_due() : m.capacity_adjust_tariff_done(),
          },
        ]
      : []),
    ...(endedReason ? [{ label: m.capacity_adjust_withdrawn_why(), value: endedReason }] : []),
  ]
}

/** What a step was, in a few words. */
export function stepWords({ act }: Pick<AdjustmentStepMade, 'act'>): string {
  switch (act) {
    case 'planned':
      return m.capacity_adjust_did_planned()
    case 'contacted':
      return m.capacity_adjust_did_contacted()
    case 'amended':
      return m.capacity_adjust_did_amended()
    case 'postponed':
      return m.capacity_adjust_did_postponed()
    case 'path-chosen':
      return m.capacity_adjust_did_path_chosen()
    case 'asked-meeting':
      return m.capacity_adjust_did_asked_meeting()
    case 'asked-mail':
      return m.capacity_adjust_did_asked_mail()
    case 'approved':
      return m.capacity_adjust_did_approved()
    case 'declined':
      return m.capacity_adjust_did_declined()
    case 'in-force':
      return m.capacity_adjust_did_in_force()
    case 'withdrawn':
      return m.capacity_adjust_did_withdrawn()
  }
}
