import { DecisionTable } from '../../platform/decision-tables/types.ts'
import type { PackFrame, PackPart, PackProblem } from '../../platform/packs/load.ts'
import { mistakesOf } from './rules/agreements/check-rule.ts'
import { mistakesOfTables } from './rules/rules/check-tables.ts'
import { seatsOf } from './rules/seats.ts'
import { mistakesOfWheels } from './rules/wheel/check-wheel.ts'
import { saveFrameworkRule } from './store/agreements/save-rule.ts'
import { saveWorkingDays } from './store/consultations/working-days.ts'
import { saveTables } from './store/rules/save-rules.ts'
import { saveBody } from './store/save-body.ts'
import { saveWheels } from './store/wheel/save-wheel.ts'
import { FrameworkRule } from './types/agreements.ts'
import { KnownProcedure } from './types/consultations.ts'
import { YearWheel } from './types/wheel.ts'
import { Body, KnownOrganisation } from './types.ts'

/** What governance reads from a pack. Of organisations only that they are there: others describe them. */
export interface GovernancePack {
  bodies: Body[]
  organisations: KnownOrganisation[]
  tables: DecisionTable[]
  frameworkAgreements: FrameworkRule[]
  wheels: YearWheel[]
  /** of how people ask for help only which days are worked */
  procedures: KnownProcedure[]
}

export const governancePack: PackPart<GovernancePack> = {
  name: 'governance',
  files: {
    bodies: { pattern: 'bodies.json', schema: Body },
    organisations: { pattern: 'organisations.json', schema: KnownOrganisation },
    tables: { pattern: 'decision-tables/*.json', schema: DecisionTable },
    frameworkAgreements: { pattern: 'framework-agreement.json', schema: FrameworkRule },
    wheels: { pattern: 'year-wheel.json', schema: YearWheel },
    procedures: { pattern: 'intake.json', schema: KnownProcedure },
  },
  check: checkGovernancePack,
  async load(tx, contents, pack) {
    for (const body of contents.bodies) await saveBody(tx, body, pack.id)
    if (pack.manifest) await saveTables(tx, pack.id, contents.tables)
    for (const rule of contents.frameworkAgreements) await saveFrameworkRule(tx, rule, pack.id)
    await saveWheels(tx, contents.wheels, pack.id)
    for (const { calendar } of contents.procedures) await saveWorkingDays(tx, pack.id, calendar)
  },
}

/** What the schemas cannot say: whatever a body names must be there, and nothing stands twice. */
export function checkGovernancePack(contents: GovernancePack, pack: PackFrame): PackProblem[] {
  const problems: PackProblem[] = []
  const areas = new Set(pack.areas.map((area) => area.code))
  const organisations = new Set(contents.organisations.map(({ slug }) => slug))
  const every = new Set(contents.bodies.map(({ slug }) => slug))
  const groups = new Set(contents.bodies.flatMap(({ together }) => together?.slug ?? []))
  const bodies = new Set<string>()
  for (const body of contents.bodies) {
    const wrong = (message: string) => problems.push({ file: 'bodies.json', path: body.slug, message })
    if (bodies.has(body.slug)) wrong('stands twice')
    bodies.add(body.slug)
    if (every.has(body.together?.slug ?? '')) wrong(`${body.together?.slug} is a body and a group of bodies`)
    if (!areas.has(body.area)) wrong(`${body.area} is no area of this pack`)
    for (const organisation of new Set([body.organisation, ...body.seats.flatMap(({ each }) => each ?? [])]))
      if (!organisations.has(organisation)) wrong(`${organisation} is no organisation of this pack`)
    if (body.setsUpGroups !== undefined && !body.decidesOn.some(({ slug }) => slug === body.setsUpGroups))
      wrong(`it sets up groups under ${body.setsUpGroups}, on which it does not decide`)
    for (const matter of twice(body.decidesOn.map(({ slug }) => slug))) wrong(`it decides on ${matter} twice`)
    for (const seat of twice(seatsOf(body).map(({ key }) => key))) wrong(`its seat ${seat} stands twice`)
    for (const to of [...body.answersTo, ...body.relations.map((relation) => relation.to)])
      if (!every.has(to) && !groups.has(to)) wrong(`${to} is no body of this pack`)
    for (const to of bodiesNamedBy(body)) if (!every.has(to)) wrong(`${to} is no body of this pack`)
    if ((body.kind === 'ad-hoc') !== (body.adHoc !== undefined))
      wrong('an ad hoc group, and it alone, says who set it up')
    if (answersToItself(body, contents.bodies)) wrong('it answers to itself')
  }
  for (const rule of contents.frameworkAgreements)
    for (const message of mistakesOf(rule, { bodies: contents.bodies, organisations }))
      problems.push({ file: 'framework-agreement.json', path: rule.slug, message })
  const known = { bodies: new Set([...every, ...groups]), organisations }
  for (const { path, message } of mistakesOfWheels(contents.wheels, known, pack.manifest?.country))
    problems.push({ file: 'year-wheel.json', path, message })
  problems.push(...mistakesOfTables(contents.tables, contents.bodies, pack.id))
  return problems
}

const twice = (names: readonly string[]) => new Set(names.filter((name, at) => names.indexOf(name) !== at))

/** Bodies that stand alone where they are named, never a group of them. */
function bodiesNamedBy(body: Body): string[] {
  const seats = body.seats.flatMap(({ namedBy, from }) => [namedBy, from])
  const { setUpBy = [], terms } = body.adHoc ?? {}
  return [...body.onBehalfOf, ...seats, ...setUpBy, terms?.approvedBy].filter((slug) => slug !== undefined)
}

function answersToItself(body: Body, all: readonly Body[]): boolean {
  const above = new Set(body.answersTo)
  for (const slug of above)
    for (const one of all)
      if (one.slug === slug || one.together?.slug === slug) for (const next of one.answersTo) above.add(next)
  return above.has(body.slug) || (body.together !== undefined && above.has(body.together.slug))
}
