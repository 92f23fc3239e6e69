import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { locales, type Text } from '../../platform/i18n/text.ts'
import type { PackFrame, PackPart, PackProblem } from '../../platform/packs/load.ts'
import { deadlineFor, followsOf } from './rules/procedure.ts'
import { saveProcedure } from './store/save-procedure.ts'
import { ClockKind, IntakeProcedure, LetterKind, letterPlaceholders } from './types.ts'

/** What intake needs to know of files that others describe: what is there, and under which name. */
const KnownService = z.object({ slug: z.string(), kind: z.string() })
const KnownOrganisation = z.object({ slug: z.string() })
const KnownBody = z.object({
  slug: z.string(),
  decidesOn: z.array(z.object({ slug: z.string(), aboutPeople: z.boolean() })).default([]),
})
const KnownTerms = z.array(z.object({ code: z.string(), facet: z.string() }))

/** What intake reads from a pack. */
export interface IntakePack {
  procedures: IntakeProcedure[]
  services: z.infer<typeof KnownService>[]
  organisations: z.infer<typeof KnownOrganisation>[]
  bodies: z.infer<typeof KnownBody>[]
}

export const intakePack: PackPart<IntakePack> = {
  name: 'intake',
  files: {
    procedures: { pattern: 'intake.json', schema: IntakeProcedure },
    services: { pattern: 'services/*.json', schema: KnownService },
    organisations: { pattern: 'organisations.json', schema: KnownOrganisation },
    bodies: { pattern: 'bodies.json', schema: KnownBody },
  },
  check: checkIntakePack,
  async load(tx, contents, pack) {
    for (const procedure of contents.procedures) await saveProcedure(tx, pack.id, procedure)
  },
}

const file = 'intake.json'
/** Without these a request cannot be answered: whatever the service, the pack must say how long they are. */
const neededClocks: readonly ClockKind[] = ['emergency', 'decision', 'grace', 'appeal']

/** What the schema cannot say: every name must stand in another file, every service finds its way, every letter can be filled in. */
export function checkIntakePack(contents: IntakePack, pack: PackFrame): PackProblem[] {
  const { procedures } = contents
  if (procedures.length > 1) return [{ file, path: '', message: 'a region has one procedure' }]
  return procedures.flatMap((procedure) => [
    ...unknownNames(procedure, contents, pack),
    ...bodiesThatCannotDecide(procedure, contents),
    ...gaps(procedure, contents, pack),
    ...lettersThatCannotBeFilledIn(procedure),
  ])
}

function unknownNames(procedure: IntakeProcedure, contents: IntakePack, pack: PackFrame): PackProblem[] {
  const services = new Set(contents.services.map(({ slug }) => slug))
  const organisations = new Set(contents.organisations.map(({ slug }) => slug))
  const areas = new Set(pack.areas.map(({ code }) => code))
  const kinds = kindsBeside(pack.folder)
  const problems: PackProblem[] = []
  const need = (path: string, value: string, known: ReadonlySet<string>, what: string) => {
    if (!known.has(value)) problems.push({ file, path, message: `${value} is no ${what} of this pack` })
  }
  const only = (
    path: string,
    line: { services?: readonly string[] | undefined; kinds?: readonly string[] | undefined },
  ) => {
    for (const slug of line.services ?? []) need(path, slug, services, 'service')
    if (kinds) for (const kind of line.kinds ?? []) need(path, kind, kinds, 'kind of service')
  }
  procedure.deadlines.forEach((deadline) => only(`deadlines.${deadline.id}`, deadline))
  procedure.offices.forEach((office, at) => {
    only(`offices.${at}`, office)
    need(`offices.${at}`, office.organisation, organisations, 'organisation')
    for (const area of office.areas) need(`offices.${at}`, area, areas, 'area')
  })
  only('withoutName', procedure.withoutName)
  procedure.follows.forEach((line, at) => only(`follows.${at}`, line))
  procedure.bodyDecisions.forEach((line, at) => only(`bodyDecisions.${at}`, line))
  return problems
}

/** Kinds of service that all packs share; undefined for a pack that stands alone in a folder of its own. */
function kindsBeside(folder: string): ReadonlySet<string> | undefined {
  const taxonomy = join(dirname(resolve(folder)), 'common', 'taxonomy.json')
  if (!existsSync(taxonomy)) return undefined
  const terms = KnownTerms.parse(JSON.parse(readFileSync(taxonomy, 'utf8')))
  return new Set(terms.filter(({ facet }) => facet === 'kind').map(({ code }) => code))
}

/** INT-6: acceptance waits for a body, so that body must be there and decide on just this, about one person. */
function bodiesThatCannotDecide(procedure: IntakeProcedure, contents: IntakePack): PackProblem[] {
  const bodies = new Map(contents.bodies.map((body) => [body.slug, body.decidesOn]))
  return procedure.bodyDecisions.flatMap(({ matter, bodies: slugs }, at) =>
    slugs.flatMap((slug) => {
      const wrong = (message: string) => [{ file, path: `bodyDecisions.${at}`, message }]
      const matters = bodies.get(slug)
      if (!matters) return wrong(`${slug} is no body of this pack`)
      const decides = matters.find((one) => one.slug === matter)
      if (!decides) return wrong(`${slug} does not decide on ${matter}`)
      return decides.aboutPeople ? [] : wrong(`${slug} decides on ${matter}, but not about one person`)
    }),
  )
}

function gaps(procedure: IntakeProcedure, contents: IntakePack, pack: PackFrame): PackProblem[] {
  const problems: PackProblem[] = []
  const ids = procedure.deadlines.map(({ id }) => id)
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at)))
    problems.push({ file, path: `deadlines.${id}`, message: 'stands twice' })
  for (const { id, from, until } of procedure.deadlines)
    if (from && until && until < from)
      problems.push({ file, path: `deadlines.${id}`, message: 'ends before it begins' })
  const today = pack.now.toISOString().slice(0, 10)
  for (const kind of ClockKind.options.filter((one) => neededClocks.includes(one)))
    if (!deadlineFor(procedure, kind, undefined, today))
      problems.push({ file, path: 'deadlines', message: `none of the kind ${kind} is in force for every service` })
  for (const service of contents.services)
    if (followsOf(procedure, service).length === 0)
      problems.push({ file, path: 'follows', message: `no line fits ${service.slug}` })
  return problems
}

/** INT-10, INT-11: every kind once, with words that can be filled in; a subject that others see names neither service nor reason. */
function lettersThatCannotBeFilledIn(procedure: IntakeProcedure): PackProblem[] {
  const problems: PackProblem[] = []
  for (const kind of LetterKind.options) {
    const count = procedure.letters.filter((letter) => letter.kind === kind).length
    if (count !== 1) problems.push({ file, path: `letters.${kind}`, message: `stands ${count} times, not once` })
  }
  for (const { kind, subject, body } of procedure.letters) {
    const wrong = (path: string, message: string) => problems.push({ file, path: `letters.${kind}.${path}`, message })
    for (const name of placeholdersOf(subject))
      if (name !== 'reference') wrong('subject', `{${name}} may be seen by others there`)
    body.forEach((paragraph, at) => {
      for (const name of placeholdersOf(paragraph))
        if (!letterPlaceholders[kind].includes(name)) wrong(`body.${at}`, `{${name}} is not filled in there`)
    })
  }
  return problems
}

function placeholdersOf(text: Text): Set<string> {
  const words = locales.flatMap((locale) => text[locale] ?? [])
  return new Set(words.flatMap((word) => [...word.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '')))
}
