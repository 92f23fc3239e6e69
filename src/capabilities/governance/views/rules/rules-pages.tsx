import { isFact } from '../../../../platform/decision-tables/evaluate.ts'
import type { Evaluation, Input } from '../../../../platform/decision-tables/types.ts'
import { versionOn } from '../../../../platform/decision-tables/versions.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import type { FormState } from '../../../../platform/ui/form.tsx'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { StoredBody } from '../../store/read-body.ts'
import type { StoredTable, StoredVersion } from '../../types/rules.ts'
import { saysWords, spanWords, told, valueWords, whenWords } from './rule-words.ts'

const words = (text: Text) => <Words of={speak(text, currentLocale())} plain />
export const addressOf = (table: Pick<StoredTable, 'pack' | 'slug'>) => `/rules/${table.pack}/${table.slug}`

/** All rules of a region, with what each settles and since when it holds (GOV-12). */
export function RulesPage({
  tables,
  today,
  region,
}: {
  tables: readonly StoredTable[]
  today: string
  region: string | undefined
}) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead title={m.governance_rules_title()} lead={m.governance_rules_lead()} facts={region} />
      {tables.length === 0 ? <Empty>{m.governance_rules_none()}</Empty> : <RulesTable tables={tables} today={today} />}
    </div>
  )
}

/** Rules as rows. @param href where a row leads; to the public page where it is left out */
export function RulesTable({
  tables,
  today,
  href = addressOf,
}: {
  tables: readonly StoredTable[]
  today: string
  href?: (table: StoredTable) => string
}) {
  return (
    <DataTable
      caption={m.governance_rules_caption()}
      rows={tables}
      columns={[
        {
          id: 'rule',
          label: m.governance_rules_rule(),
          head: true,
          cell: (table) => (
            <a class="ln-link" href={href(table)}>
              {words(table.names)}
            </a>
          ),
        },
        { id: 'settles', label: m.governance_rules_settles(), span: true, cell: (table) => words(table.purpose) },
        { id: 'force', label: m.governance_rules_in_force(), cell: (table) => <InForce table={table} today={today} /> },
      ]}
    />
  )
}

function InForce({ table, today }: { table: StoredTable; today: string }) {
  const version = versionOn(table.versions, today)
  if (!version) return <Status mark="late">{m.governance_rules_not_in_force()}</Status>
  return (
    <span class="ln-stack" data-gap="1">
      <Status mark="done">
        {version.from
          ? m.governance_rules_since({ day: formatDay(version.from, 'short') })
          : m.governance_rules_always()}
      </Status>
      {version.content.example ? <Example /> : null}
    </span>
  )
}

const Example = () => (
  <Status mark="eye" color="neutral">
    {m.governance_rules_example()}
  </Status>
)

/** What came of trying a rule: on which day, with which version, and what it said. */
export interface Trial {
  day: string
  version: StoredVersion | undefined
  outcome: Evaluation | undefined
}

export interface RulePageProps {
  table: StoredTable
  /** bodies that may change it */
  bodies: readonly StoredBody[]
  today: string
  /** whose facts the form asks for */
  asked: StoredVersion | undefined
  state: FormState
  trial: Trial | undefined
}

/** One rule: all its versions as readable tables with dates and sources, and a form that tries it (GOV-12). */
export function RulePage({ table, bodies, today, asked, state, trial }: RulePageProps) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: '/rules', label: m.governance_rules_back() }}
        title={words(table.names)}
        lead={words(table.purpose)}
      />
      {trial ? <Tried trial={trial} /> : null}
      {[...table.versions].reverse().map((version) => (
        <Version version={version} today={today} />
      ))}
      <div class="ln-stack ln-read" data-gap="10">
        {asked ? <Try table={table} version={asked} today={today} state={state} /> : null}
        <Section id="changed-by" heading={m.governance_rules_changed_by()} size="sm">
          {bodies.length === 0 ? (
            <p>{m.governance_rules_changed_by_nobody()}</p>
          ) : (
            <ul>
              {bodies.map(({ profile }) => (
                <li>
                  <a href={`/bodies/${profile.slug}`}>{words(profile.names)}</a>
                </li>
              ))}
            </ul>
          )}
        </Section>
      </div>
    </div>
  )
}

const policies = {
  unique: m.governance_rules_policy_unique,
  first: m.governance_rules_policy_first,
  collect: m.governance_rules_policy_collect,
} as const

function Version({ version, today }: { version: StoredVersion; today: string }) {
  const { content } = version
  return (
    <Section id={`v-${version.id}`} heading={spanWords(version)}>
      <div class="ln-row" data-tight>
        <Standing version={version} today={today} />
        {content.example ? <Example /> : null}
      </div>
      <DataTable
        caption={policies[content.hitPolicy]()}
        rows={content.rules}
        columns={[
          { id: 'rule', label: m.governance_rules_rule(), head: true, cell: (rule) => words(rule.annotation) },
          {
            id: 'when',
            label: m.governance_rules_when(),
            span: 'labelled',
            cell: (rule) => <Lines of={whenWords(rule, content)} />,
          },
          {
            id: 'then',
            label: m.governance_rules_then(),
            span: 'labelled',
            cell: (rule) => <Lines of={saysWords(rule, content)} />,
          },
        ]}
      />
      <SourceWords version={version} />
    </Section>
  )
}

function Standing({ version, today }: { version: StoredVersion; today: string }) {
  if (version.from !== undefined && version.from > today)
    return <Status mark="wait">{m.governance_rules_later()}</Status>
  if (version.until !== undefined && version.until <= today)
    return <Status mark="dot">{m.governance_rules_former()}</Status>
  return <Status mark="done">{m.governance_rules_now()}</Status>
}

function Lines({ of }: { of: readonly { label: string; words: string }[] }) {
  if (of.length === 0) return <span>{m.governance_rules_any_case()}</span>
  return (
    <ul class="ln-plain ln-stack" data-gap="1">
      {of.map((line) => (
        <li>
          <span class="ln-quiet">{`${line.label}: `}</span>
          {line.words}
        </li>
      ))}
    </ul>
  )
}

function SourceWords({ version }: { version: StoredVersion }) {
  const { title, date } = version.content.source
  if (version.decision)
    return (
      <div class="ln-stack" data-gap="1">
        <p class="ln-small">
          {`${m.governance_rules_decision()}: `}
          <a href={`/decisions/${version.decision.id}`}>{`${title}, ${formatDay(version.decision.decidedOn)}`}</a>
        </p>
        {version.decision.superseded ? <Status mark="late">{m.governance_rules_decision_gone()}</Status> : null}
      </div>
    )
  return (
    <p class="ln-small">
      <span class="ln-quiet">{`${m.governance_rules_source()}: `}</span>
      <span translate="no">{date ? `${title}, ${formatDay(date)}` : title}</span>
    </p>
  )
}

function Tried({ trial: { day, version, outcome } }: { trial: Trial }) {
  return (
    <Note color="info" heading={m.governance_rules_outcome({ day: formatDay(day) })}>
      {!version || !outcome ? <p>{m.governance_rules_no_version()}</p> : null}
      {outcome?.is === 'no-rule' ? <p>{m.governance_rules_no_rule()}</p> : null}
      {version && outcome?.is === 'decided'
        ? outcome.hits.map((hit) => (
            <div class="ln-stack" data-gap="3">
              <p>
                <strong>{m.governance_rules_why()}: </strong>
                {words(hit.annotation)}
              </p>
              <SummaryList
                items={version.content.outputs.map((output) => ({
                  label: told(output.names),
                  value: valueWords(hit.outputs[output.id] ?? null, output),
                }))}
              />
              <p class="ln-small">{spanWords(version)}</p>
            </div>
          ))
        : null}
    </Note>
  )
}

/** How a fact is called in the address of the page. */
export const factField = (id: string) => `f.${id}`

function Try({
  table,
  version,
  today,
  state,
}: {
  table: StoredTable
  version: StoredVersion
  today: string
  state: FormState
}) {
  return (
    <Section id="try" heading={m.governance_rules_try()}>
      <p>{m.governance_rules_try_lead()}</p>
      <search>
        <form action={addressOf(table)} method="get" class="ln-form ln-stack" data-gap="6">
          <Field state={state} kind="date" name="day" label={m.governance_rules_day()} value={today} />
          {version.content.inputs.filter(isFact).map((input) => (
            <FactField input={input} state={state} />
          ))}
          <div class="ln-row">
            <Button variant="secondary">{m.governance_rules_try_button()}</Button>
          </div>
        </form>
      </search>
    </Section>
  )
}

function FactField({ input, state }: { input: Input; state: FormState }) {
  const shared = { state, name: factField(input.id), label: told(input.names), optional: input.optional }
  if (input.type === 'boolean')
    return (
      <Field
        {...shared}
        kind="radios"
        options={[
          { value: 'true', label: m.governance_rules_yes() },
          { value: 'false', label: m.governance_rules_no() },
        ]}
      />
    )
  if (input.values)
    return (
      <Field
        {...shared}
        kind="select"
        options={input.values.map(({ value, names }) => ({ value, label: told(names) }))}
      />
    )
  if (input.type === 'day') return <Field {...shared} kind="date" />
  if (input.type === 'string') return <Field {...shared} maxlength={120} />
  return <Field {...shared} inputmode="numeric" maxlength={12} />
}
