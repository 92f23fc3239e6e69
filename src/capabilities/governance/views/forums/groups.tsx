import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { groupOn, lastDay } from '../../rules/ad-hoc.ts'
import type { RestingDecision } from '../../store/forums/groups.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { BodyTerms } from '../body-seats.tsx'
import { GroupStatus, shortName } from '../seat-words.tsx'
import { LanguageField } from './language-field.tsx'

const told = (text: Text) => speak(text, currentLocale()).words
const back = () => ({ href: '/governance/groups', label: m.governance_groups_title() })

/** Groups of the bodies that a secretariat serves, those that work first (GOV-8). */
export function GroupsDesk({
  groups,
  founders,
  today,
}: {
  groups: readonly StoredBody[]
  founders: boolean
  today: string
}) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: '/governance', label: m.governance_back_start() }}
        title={m.governance_groups_title()}
        lead={m.governance_groups_lead()}
        action={
          founders ? (
            <ButtonLink href="/governance/groups/new" icon="plus">
              {m.governance_group_set_up()}
            </ButtonLink>
          ) : undefined
        }
      />
      {groups.length > 0 ? (
        <TaskList
          items={groups.flatMap(({ profile }) => {
            if (!profile.adHoc) return []
            const last = lastDay(profile.adHoc)
            return {
              href: `/governance/groups/${profile.slug}`,
              label: told(profile.names),
              note: last ? m.governance_group_until({ day: formatDay(last) }) : m.governance_group_no_end(),
              status: <GroupStatus state={groupOn(profile.adHoc, today)} />,
            }
          })}
        />
      ) : (
        <Empty>{founders ? m.governance_groups_none() : m.governance_groups_no_founder()}</Empty>
      )}
    </div>
  )
}

interface Typing {
  state: FormState
  idempotencyKey: string
}

/** A new group. */
export function GroupForm({
  founders,
  today,
  state,
  idempotencyKey,
}: Typing & { founders: readonly StoredBody[]; today: string }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead back={back()} title={m.governance_group_set_up()} lead={m.governance_group_set_up_lead()} />
      <Form
        action="/governance/groups/new"
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.governance_group_set_up()}
      >
        <Field
          state={state}
          kind="select"
          name="setUpBy"
          label={m.governance_group_founder()}
          options={founders.map(({ profile }) => ({ value: profile.slug, label: shortName(profile.names) }))}
        />
        <Field state={state} name="names" label={m.governance_group_name()} maxlength={200} />
        <Field
          state={state}
          kind="textarea"
          name="purpose"
          label={m.governance_terms_purpose()}
          rows={3}
          maxlength={2000}
        />
        <Field state={state} kind="date" name="begins" label={m.governance_terms_begins()} value={today} />
        <LanguageField state={state} />
      </Form>
    </div>
  )
}

/** One group at the desk: its terms, and the decisions that approve or prolong it. */
export function GroupDesk({
  group,
  all,
  own,
  decisions,
  today,
  state,
  idempotencyKey,
}: Typing & {
  group: StoredBody
  all: readonly StoredBody[]
  /** was it set up here, and not by a pack */
  own: boolean
  decisions: readonly RestingDecision[]
  today: string
}) {
  const { profile } = group
  const approved = profile.adHoc?.terms !== undefined
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead
        back={back()}
        title={told(profile.names)}
        lead={told(profile.purpose)}
        facts={<a href={`/bodies/${profile.slug}`}>{m.governance_group_public_page()}</a>}
      />
      {profile.adHoc ? <BodyTerms group={profile.adHoc} all={all} day={today} /> : null}
      {own ? null : (
        <Note>
          <p>{m.governance_group_of_pack()}</p>
        </Note>
      )}
      {own && decisions.length === 0 ? (
        <Note>
          <p>{m.governance_group_decide_first()}</p>
          <p>
            <a href="/governance/decisions/new">{m.governance_record()}</a>
          </p>
        </Note>
      ) : null}
      {own && decisions.length > 0 ? (
        <Section id="step" heading={approved ? m.governance_group_prolong() : m.governance_group_approve()}>
          <Form
            action={`/governance/groups/${profile.slug}/${approved ? 'prolong' : 'approve'}`}
            state={state}
            idempotencyKey={idempotencyKey}
            submit={approved ? m.governance_group_prolong() : m.governance_group_approve()}
          >
            <Field
              state={state}
              kind="select"
              name="decision"
              label={m.governance_group_decision()}
              options={decisions.map((one) => ({ value: one.id, label: decisionWords(one, all) }))}
            />
            {approved ? (
              <Field state={state} kind="date" name="until" label={m.governance_group_new_end()} />
            ) : (
              <>
                <Field
                  state={state}
                  kind="textarea"
                  name="purpose"
                  label={m.governance_terms_purpose()}
                  rows={3}
                  maxlength={2000}
                  value={told(profile.purpose)}
                />
                <Field
                  state={state}
                  kind="textarea"
                  name="members"
                  label={m.governance_terms_members()}
                  rows={2}
                  maxlength={2000}
                />
                <Field
                  state={state}
                  kind="textarea"
                  name="product"
                  label={m.governance_terms_product()}
                  rows={2}
                  maxlength={2000}
                />
                <Field state={state} kind="date" name="horizon" label={m.governance_terms_horizon()} />
                <LanguageField state={state} />
              </>
            )}
          </Form>
        </Section>
      ) : null}
    </div>
  )
}

function decisionWords({ number, decidedOn, title, body }: RestingDecision, all: readonly StoredBody[]): string {
  const found = all.find(({ profile }) => profile.slug === body)
  const name = found ? shortName(found.profile.names) : body
  return `${name}, ${formatDay(decidedOn, 'short')}, ${m.governance_number({ number })}: ${told(title)}`
}
