import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { type Difference, Form, type FormState } from '../../../../platform/ui/form.tsx'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import type { Municipality, StoredRating } from '../../store/supply/read-supply.ts'
import { ratingChoices, reasonChoices } from './supply-words.ts'

interface Typing {
  state: FormState
  idempotencyKey: string
}
interface Group {
  code: string
  name: string
}

const nameOf = ({ names }: Pick<Municipality, 'names'>) => speak(names, currentLocale()).words

/** The form for a need that no offer met. */
export function NeedForm({
  municipalities,
  groups,
  group,
  today,
  state,
  idempotencyKey,
}: Typing & {
  municipalities: readonly Municipality[]
  groups: readonly Group[]
  group: string | undefined
  today: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: '/supply', label: m.capacity_supply_back() }}
        title={m.capacity_supply_need_title()}
        lead={m.capacity_supply_need_lead()}
      />
      <Form
        action="/supply/needs/new"
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.capacity_supply_report()}
      >
        <Field
          state={state}
          kind="select"
          name="municipality"
          label={m.capacity_supply_municipality()}
          value={municipalities.length === 1 ? municipalities[0]?.slug : ''}
          options={municipalities.map((each) => ({ value: each.slug, label: nameOf(each) }))}
        />
        <Field
          state={state}
          kind="select"
          name="targetGroup"
          label={m.capacity_supply_group()}
          value={group ?? ''}
          options={groups.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <Field state={state} kind="radios" name="reason" label={m.capacity_supply_reason()} options={reasonChoices()} />
        <Field state={state} kind="date" name="neededOn" label={m.capacity_supply_needed_on()} value={today} />
      </Form>
    </div>
  )
}

/** For which municipality somebody rates, where it is more than one. */
export function RatingChoice({ municipalities, year }: { municipalities: readonly Municipality[]; year: number }) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead back={{ href: '/supply', label: m.capacity_supply_back() }} title={m.capacity_supply_rate_choose()} />
      <TaskList
        items={municipalities.map((each) => ({
          href: `/supply/ratings/${each.slug}/${year}`,
          label: nameOf(each),
        }))}
      />
    </div>
  )
}

/** How a municipality finds that supply fits demand, group by group. */
export function RatingForm({
  municipality,
  year,
  groups,
  known,
  version,
  differences,
  state,
  idempotencyKey,
}: Typing & {
  municipality: Municipality
  year: number
  groups: readonly Group[]
  known: readonly StoredRating[]
  version: number
  differences: readonly Difference[]
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: '/supply', label: m.capacity_supply_back() }}
        title={m.capacity_supply_rate_title({ municipality: nameOf(municipality), year: String(year) })}
        lead={m.capacity_supply_rate_lead()}
      />
      <Form
        action={`/supply/ratings/${municipality.slug}/${year}`}
        state={state}
        idempotencyKey={idempotencyKey}
        version={version}
        differences={differences}
        submit={m.capacity_supply_rate_save()}
      >
        {groups.map(({ code, name }) => {
          const said = known.find(({ group }) => group === code)
          return (
            <Section id={`group-${code}`} heading={name} size="xs" line>
              <Field
                state={state}
                kind="select"
                name={`${code}.rating`}
                label={m.capacity_supply_rating()}
                value={said ? String(said.rating) : undefined}
                options={ratingChoices()}
                optional
              />
              <Field
                state={state}
                kind="textarea"
                name={`${code}.words`}
                label={m.capacity_supply_what_is_missing()}
                value={said?.words}
                rows={2}
                maxlength={2000}
                optional
              />
            </Section>
          )
        })}
      </Form>
    </div>
  )
}
