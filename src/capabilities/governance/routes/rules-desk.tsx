import { z } from 'zod'
import { type Actor, effectiveMemberships } from '../../../platform/access/actor.ts'
import type { Outcome } from '../../../platform/access/outcome.ts'
import { VersionContent } from '../../../platform/decision-tables/types.ts'
import { versionOn } from '../../../platform/decision-tables/versions.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { enterNewMatter } from '../commands/matters/raise-matter.ts'
import { changeRules } from '../commands/rules/change-rules.ts'
import { mayChangeRules, mayOpenRulesDesk } from '../permissions/rules.ts'
import { typedContent } from '../rules/rules/typed-content.ts'
import { openMattersOf } from '../store/matters/decided-about.ts'
import { bodiesOf, type StoredBody } from '../store/read-body.ts'
import { groundsFor } from '../store/rules/grounds.ts'
import { listTables, tableBySlug } from '../store/rules/read-rules.ts'
import { ruleKind } from '../types/rules.ts'
import { Slug } from '../types.ts'
import { ChangeForm, RulesDesk } from '../views/rules/change-form.tsx'
import { matterInput } from './matters.tsx'

const Place = z.object({ pack: Slug, id: Slug })

/** The desk on which a secretariat puts in force what its bodies decided about rules (GOV-12). */
export function rulesDesk(door: Door): void {
  door.page('/governance/rules', { permission: mayOpenRulesDesk, audit: { none: 'rules are public' } }, showDesk)
  door.page(
    '/governance/rules/{pack}/{id}',
    {
      permission: mayOpenRulesDesk,
      audit: { none: 'rules and the decisions on which they rest are public' },
      params: Place,
    },
    (visit) => showForm(visit, visit.params, {}),
  )
  door.form('/governance/rules/{pack}/{id}', {
    command: changeRules,
    params: Place,
    input: ({ structure, content, ...fields }, visit) => ({
      ...fields,
      pack: visit.params.pack,
      table: visit.params.id,
      content: typedContent(structure, content, visit.locale),
    }),
    done: ({ pack, table }) =>
      redirect(`/rules/${pack}/${table}`, { kind: 'done', text: m.governance_rules_changed_flash() }),
    again: (typed, outcome, visit) => showForm(visit, visit.params, { typed, outcome: atForm(outcome) }),
  })
  door.form('/governance/rules/{pack}/{id}/matters', {
    command: enterNewMatter,
    params: Place,
    input: ({ thing, ...fields }) => ({ ...matterInput(fields), source: 'body', thing: { kind: ruleKind, id: thing } }),
    done: (_raised, { params: { pack, id } }) =>
      redirect(`/governance/rules/${pack}/${id}`, { kind: 'done', text: m.governance_matter_flash() }),
    again: (typed, outcome, visit) => showForm(visit, visit.params, {}, { typed, outcome }),
  })
}

/** A mistake of the whole table stands above the form. */
function atForm(outcome: Exclude<Outcome<unknown>, { is: 'ok' }>): NonNullable<FormState['outcome']> {
  if (outcome.is !== 'invalid') return outcome
  return {
    is: 'invalid',
    errors: outcome.errors.map(({ path, message }) => ({ path: path === 'content.rules' ? '' : path, message })),
  }
}

const secretariatsOf = (actor: Actor | null): string[] =>
  (actor ? effectiveMemberships(actor) : [])
    .filter(({ role }) => role === 'secretariat')
    .map(({ organisation }) => organisation)

async function showDesk({ read, actor, now }: Visit): Promise<Answer> {
  const { tables, today } = await read(async (tx) => {
    const own = await bodiesOf(tx, secretariatsOf(actor))
    const slugs = new Set(own.map(({ profile }) => profile.slug))
    const all = await listTables(tx, undefined)
    return {
      tables: all.filter(({ changedBy }) => changedBy?.bodies.some((body) => slugs.has(body))),
      today: dayIn(now, own[0]?.timeZone ?? 'UTC'),
    }
  })
  return page(m.governance_rules_desk_nav(), <RulesDesk tables={tables} today={today} />, { size: 'sm' })
}

async function showForm(
  visit: Visit,
  { pack, id }: z.output<typeof Place>,
  state: FormState,
  raising: FormState = {},
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const table = await tableBySlug(tx, pack, id)
    if (!table) return { is: 'notFound' }
    const own = (await bodiesOf(tx, secretariatsOf(visit.actor))).filter(({ profile }) =>
      table.changedBy?.bodies.includes(profile.slug),
    )
    const [body] = own
    if (!body || !mayChangeRules.may(visit.actor, { organisation: body.organisation.id })) return { is: 'forbidden' }
    const today = dayIn(visit.now, body.timeZone)
    const version = versionOn(table.versions, today) ?? table.versions.at(-1)
    if (!version) return { is: 'notFound' }
    return page(
      m.governance_rules_change(),
      <ChangeForm
        table={table}
        content={VersionContent.parse(version.content)}
        decisions={await groundsFor(tx, table)}
        matters={await openMattersOf(tx, { kind: ruleKind, id: table.id })}
        bodies={own.map((one) => decidingOn(one, table.changedBy?.matter))}
        raising={raising}
        today={today}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        raisingKey={crypto.randomUUID()}
      />,
      { size: 'sm', region: pack },
    )
  })
}

/** The body with the one matter under which it changes the rule. */
const decidingOn = (body: StoredBody, matter: string | undefined): StoredBody => ({
  ...body,
  profile: { ...body.profile, decidesOn: body.profile.decidesOn.filter(({ slug }) => slug === matter) },
})
