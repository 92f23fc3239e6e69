import type { VersionContent } from '../../../../platform/decision-tables/types.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { StoredMatter } from '../../store/matters/read-matters.ts'
import type { StoredBody } from '../../store/read-body.ts'
import type { Decision } from '../../store/read-decisions.ts'
import { ruleKind, type StoredTable } from '../../types/rules.ts'
import { MattersOfThing } from '../meetings/matters-of-thing.tsx'
import { told } from './rule-words.ts'
import { RulesTable } from './rules-pages.tsx'

/** The rules that bodies of this secretariat may change. */
export function RulesDesk({ tables, today }: { tables: readonly StoredTable[]; today: string }) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.governance_rules_desk_nav()} lead={m.governance_rules_desk_lead()} />
      {tables.length === 0 ? (
        <Empty>{m.governance_rules_desk_none()}</Empty>
      ) : (
        <RulesTable tables={tables} today={today} href={({ pack, slug }) => `/governance/rules/${pack}/${slug}`} />
      )}
    </div>
  )
}

export interface ChangeFormProps {
  table: StoredTable
  /** the version with which the form begins */
  content: VersionContent
  /** matters about a change of it, on which nothing is decided yet */
  matters: readonly StoredMatter[]
  bodies: readonly StoredBody[]
  /** standing decisions on which a new version may rest */
  decisions: readonly Decision[]
  today: string
  state: FormState
  idempotencyKey: string
  raising: FormState
  raisingKey: string
}

/** Puts a new version in force: its first day, the decision on which it rests, and its rules (GOV-12). */
export function ChangeForm({ table, content, decisions, today, state, idempotencyKey, ...matters }: ChangeFormProps) {
  const address = `/governance/rules/${table.pack}/${table.slug}`
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: `/rules/${table.pack}/${table.slug}`, label: m.governance_rules_back_rule() }}
        title={m.governance_rules_change()}
        lead={<Words of={speak(table.names, currentLocale())} plain />}
      />
      {decisions.length === 0 ? (
        <Empty>{m.governance_rules_change_none()}</Empty>
      ) : (
        <Form action={address} state={state} idempotencyKey={idempotencyKey} submit={m.governance_rules_change()}>
          <Field
            state={state}
            kind="select"
            name="decision"
            label={m.governance_rules_change_decision()}
            options={decisions.map((decision) => ({
              value: decision.id,
              label: `${decision.number}, ${formatDay(decision.decidedOn, 'short')}: ${told(decision.title)}`,
            }))}
          />
          <Field
            state={state}
            kind="date"
            name="from"
            label={m.governance_rules_change_from()}
            description={m.governance_rules_change_from_hint()}
            value={today}
          />
          <p>{m.governance_rules_change_hint()}</p>
          <p class="ln-quiet">{m.governance_rules_change_pack()}</p>
          <input type="hidden" name="structure" value={JSON.stringify(content)} />
          {content.rules.map((rule, at) => (
            <RuleFields content={content} at={at} rule={rule} state={state} />
          ))}
          <RuleFields content={content} at={content.rules.length} rule={undefined} state={state} />
        </Form>
      )}
      <MattersOfThing
        thing={{ kind: ruleKind, id: table.id }}
        matters={matters.matters}
        bodies={matters.bodies}
        action={`${address}/matters`}
        title={`${m.governance_rules_change()}: ${speak(table.names, currentLocale()).words}`}
        lead={m.governance_rules_matters_lead()}
        state={matters.raising}
        idempotencyKey={matters.raisingKey}
      />
    </div>
  )
}

function RuleFields({
  content,
  at,
  rule,
  state,
}: {
  content: VersionContent
  at: number
  rule: VersionContent['rules'][number] | undefined
  state: FormState
}) {
  const name = (part: string) => `content.rules.${at}.${part}`
  return (
    <Section
      id={`rule-${at}`}
      heading={rule ? m.governance_rules_change_rule({ number: at + 1 }) : m.governance_rules_change_new_rule()}
      size="sm"
      line
    >
      {content.inputs.map((input) => (
        <Field
          state={state}
          name={name(`when.${input.id}`)}
          label={`${m.governance_rules_when()}: ${told(input.names)}`}
          value={rule?.when[input.id]}
          maxlength={500}
          optional
        />
      ))}
      {content.outputs.map((output) => (
        <Field
          state={state}
          name={name(`says.${output.id}`)}
          label={`${m.governance_rules_then()}: ${told(output.names)}`}
          value={rule?.says[output.id]}
          maxlength={500}
          optional={!rule || output.optional}
        />
      ))}
      <Field
        state={state}
        kind="textarea"
        rows={2}
        name={name('annotation')}
        label={m.governance_rules_change_annotation()}
        value={rule && told(rule.annotation)}
        maxlength={500}
        optional={!rule}
      />
      {rule ? (
        <Field
          state={state}
          kind="checkboxes"
          name={name('leave')}
          label={m.governance_rules_change_leave()}
          options={[{ value: 'yes', label: m.governance_rules_change_leave_yes() }]}
        />
      ) : null}
    </Section>
  )
}
