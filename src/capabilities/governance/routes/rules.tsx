import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { isFact } from '../../../platform/decision-tables/evaluate.ts'
import type { FactProblem } from '../../../platform/decision-tables/types.ts'
import { versionOn } from '../../../platform/decision-tables/versions.ts'
import { type Answer, page } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { typedFacts } from '../rules/rules/typed-facts.ts'
import { listBodies } from '../store/read-body.ts'
import { inForce, listTables, tableBySlug } from '../store/rules/read-rules.ts'
import type { StoredTable } from '../types/rules.ts'
import { Day, Slug } from '../types.ts'
import { factField, RulePage, RulesPage, type Trial } from '../views/rules/rules-pages.tsx'

const open = { permission: everyone, audit: { none: 'rules of procedure are public' } } as const
const Place = z.object({ pack: Slug, id: Slug })
/** A day, and facts by the name of their input. */
const Tried = z.looseObject({ day: Day.optional() })

/** What everybody may read: by which rules bodies decide, and what a rule says of a case (GOV-12). */
export function rulesRoutes(door: Door): void {
  door.page('/rules', open, async ({ read, region, locale, now }) => {
    const tables = await read((tx) => listTables(tx, region?.id))
    const name = region && speak(region.names, locale, region.languages).words
    const today = dayIn(now, region?.timeZone ?? 'UTC')
    return page(m.governance_rules_title(), <RulesPage tables={tables} today={today} region={name} />)
  })
  door.page('/rules/{pack}/{id}', { ...open, params: Place, query: Tried }, showRule)
}

async function showRule({
  params,
  query,
  read,
  regions,
  now,
  locale,
}: Visit<z.output<typeof Place>, z.output<typeof Tried>>): Promise<Answer> {
  const found = await read(async (tx) => {
    const table = await tableBySlug(tx, params.pack, params.id)
    const bodies = table ? await listBodies(tx, params.pack) : []
    return table && { table, bodies: bodies.filter(({ profile }) => table.changedBy?.bodies.includes(profile.slug)) }
  })
  if (!found) return { is: 'notFound' }
  const today = dayIn(now, regions.find(({ id }) => id === params.pack)?.timeZone ?? 'UTC')
  const { trial, state } = tryRule(found.table, query)
  return page(
    speak(found.table.names, locale).words,
    <RulePage
      {...found}
      today={today}
      asked={versionOn(found.table.versions, query.day ?? today) ?? found.table.versions.at(-1)}
      trial={trial}
      state={state}
    />,
    { region: params.pack },
  )
}

/** Judges the facts of the address, or says at their fields what is wrong with them. */
function tryRule(table: StoredTable, query: z.output<typeof Tried>): { trial: Trial | undefined; state: FormState } {
  if (query.day === undefined) return { trial: undefined, state: {} }
  const version = versionOn(table.versions, query.day)
  const rule = inForce(table, query.day)
  const typed = new Map(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, [value]] as [string, string[]]] : [],
    ),
  )
  const inputs = version?.content.inputs.filter(isFact) ?? []
  const outcome = rule?.evaluate(typedFacts(inputs, (id) => typed.get(factField(id))?.[0]))
  if (outcome?.is === 'bad-facts') {
    const errors = outcome.problems.map(({ fact, problem }) => ({
      path: factField(fact),
      message: problems[problem](),
    }))
    return { trial: undefined, state: { typed, outcome: { is: 'invalid', errors } } }
  }
  return { trial: { day: query.day, version, outcome }, state: { typed } }
}

const problems: Record<FactProblem['problem'], () => string> = {
  missing: m.governance_rules_fact_missing,
  type: m.governance_rules_fact_type,
  value: m.governance_rules_fact_type,
}
