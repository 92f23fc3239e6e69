import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { type Often, often } from '../../rules/wheel/judge-milestone.ts'
import type { Occurrence } from '../../rules/wheel/occurrences.ts'
import { type Round, yearsOf } from '../../rules/wheel/round.ts'
import type { StoredBody } from '../../store/read-body.ts'
import type { StoredWheel } from '../../store/wheel/read-wheel.ts'
import { DayOff, type Milestone } from '../../types/wheel.ts'
import { LanguageField } from '../forums/language-field.tsx'
import { movedWords, ShortBody } from './wheel-words.tsx'

const comes = {
  once: m.governance_wheel_once,
  'every-year': m.governance_wheel_every_year,
  'every-second-year': m.governance_wheel_every_second_year,
} as const satisfies Record<Often, unknown>
const daysOff = {
  stays: m.governance_wheel_off_stays,
  next: m.governance_wheel_off_next,
  previous: m.governance_wheel_off_previous,
} as const satisfies Record<DayOff, unknown>

const told = (names: Milestone['names']) => speak(names, currentLocale()).words

/** A wheel at the desk: what comes in this round, to be moved, and the form that adds a milestone (GOV-7). */
export function WheelDesk({
  wheel,
  round,
  occurrences,
  all,
  today,
  state,
  idempotencyKey,
}: {
  wheel: StoredWheel
  round: Round
  occurrences: readonly Occurrence<Milestone>[]
  all: readonly StoredBody[]
  today: string
  state: FormState
  idempotencyKey: string
}) {
  const { slug, names } = wheel.profile
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/year-wheel', label: m.governance_wheel_title() }}
        title={told(names)}
        facts={yearsOf(round)}
      />
      {occurrences.length > 0 ? (
        <DataTable
          caption={m.governance_wheel_desk_caption()}
          rows={occurrences}
          columns={[
            {
              id: 'name',
              label: m.governance_wheel_milestone(),
              head: true,
              cell: ({ milestone }) => told(milestone.names),
            },
            { id: 'day', label: m.governance_wheel_day(), cell: ({ day }) => formatDay(day, 'short') },
            {
              id: 'body',
              label: m.governance_wheel_who(),
              cell: ({ milestone }) => <ShortBody of={milestone.body} all={all} />,
            },
            {
              id: 'move',
              label: m.governance_wheel_move(),
              cell: (one) => (
                <>
                  {one.moved ? <span class="ln-block ln-small">{movedWords(one)}</span> : null}
                  <a
                    class="ln-link"
                    href={`/governance/year-wheel/${slug}/move?milestone=${one.milestone.slug}&byRule=${one.byRule}`}
                  >
                    {m.governance_wheel_move_link()}
                    <span class="ds-sr-only">{`: ${told(one.milestone.names)}, ${formatDay(one.day)}`}</span>
                  </a>
                </>
              ),
            },
          ]}
        />
      ) : (
        <Empty>{m.governance_wheel_none()}</Empty>
      )}
      <OwnMilestones wheel={wheel} />
      <Section id="add" heading={m.governance_wheel_add()}>
        <div class="ln-read">
          <Form
            action={`/governance/year-wheel/${slug}`}
            state={state}
            idempotencyKey={idempotencyKey}
            submit={m.governance_wheel_add()}
          >
            <Field state={state} name="names" label={m.governance_wheel_name_field()} maxlength={200} />
            <Field
              state={state}
              kind="textarea"
              name="about"
              label={m.governance_wheel_about_field()}
              rows={3}
              maxlength={1000}
              optional
            />
            <Field
              state={state}
              kind="select"
              name="body"
              label={m.governance_wheel_who()}
              options={bodyOptions(all)}
            />
            <Field state={state} kind="date" name="day" label={m.governance_wheel_day()} value={today} />
            <Field
              state={state}
              kind="radios"
              name="comes"
              label={m.governance_wheel_comes()}
              value="every-year"
              options={often.map((value) => ({ value, label: comes[value]() }))}
            />
            <Field
              state={state}
              kind="select"
              name="dayOff"
              label={m.governance_wheel_day_off()}
              value="stays"
              options={DayOff.options.map((value) => ({ value, label: daysOff[value]() }))}
            />
            <LanguageField state={state} />
          </Form>
        </div>
      </Section>
    </div>
  )
}

/** Bodies and groups of bodies, each once. */
export function bodyOptions(all: readonly StoredBody[]): { value: string; label: string }[] {
  const named = all.map(({ profile: { slug, names, together } }) => together ?? { slug, names })
  return [...new Map(named.map(({ slug, names }) => [slug, { value: slug, label: told(names) }])).values()]
}

/** What the secretariat added itself can be taken out again. */
function OwnMilestones({ wheel }: { wheel: StoredWheel }) {
  const own = wheel.milestones.filter(({ slug }) => wheel.own.has(slug))
  if (own.length === 0) return null
  return (
    <Section id="own" heading={m.governance_wheel_own_heading()}>
      <ul class="ln-stack" data-gap="3">
        {own.map(({ slug, names }) => (
          <li>
            {told(names)}
            <Form
              action={`/governance/milestones/${slug}/withdraw`}
              state={{}}
              idempotencyKey={crypto.randomUUID()}
              buttons={
                <Button variant="secondary">
                  {m.governance_wheel_withdraw()}
                  <span class="ds-sr-only">{`: ${told(names)}`}</span>
                </Button>
              }
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** One occurrence on another day. */
export function MoveForm({
  wheel,
  milestone,
  occurrence,
  state,
  idempotencyKey,
}: {
  wheel: StoredWheel
  milestone: Milestone
  occurrence: Occurrence<Milestone>
  state: FormState
  idempotencyKey: string
}) {
  const { slug } = wheel.profile
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: `/governance/year-wheel/${slug}`, label: told(wheel.profile.names) }}
        title={m.governance_wheel_move()}
        lead={m.governance_wheel_move_lead()}
        facts={`${told(milestone.names)}: ${formatDay(occurrence.day)}`}
      />
      <Form
        action={`/governance/year-wheel/${slug}/move`}
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.governance_wheel_move()}
      >
        <input type="hidden" name="milestone" value={milestone.slug} />
        <input type="hidden" name="byRule" value={occurrence.byRule} />
        <Field state={state} kind="date" name="day" label={m.governance_wheel_new_day()} value={occurrence.day} />
        <Field state={state} name="reason" label={m.governance_wheel_reason()} maxlength={500} />
      </Form>
    </div>
  )
}
