import type { Text } from '../../platform/i18n/text.ts'
import type { PackFrame, PackPart, PackProblem } from '../../platform/packs/load.ts'
import { assuranceDue } from './rules/freshness.ts'
import { saveOrganisation } from './store/save-organisation.ts'
import { saveActs, savePackCard, saveQuestions, saveTaxonomy } from './store/save-pack.ts'
import { readRegister } from './store/sources.ts'
import { Act, FinderQuestion, Organisation, ServiceCard, TaxonomyTerm, type TermFacet } from './types.ts'

/** What the directory reads from a pack. */
export interface DirectoryPack {
  taxonomy: TaxonomyTerm[]
  finder: FinderQuestion[]
  organisations: Organisation[]
  acts: Act[]
  services: ServiceCard[]
}

const facetNames: Readonly<Record<TermFacet, Text>> = {
  kind: { en: 'Kinds of service', uk: 'Види послуг', da: 'Slags hjælp', de: 'Arten von Hilfe' },
  'target-group': { en: 'For whom', uk: 'Для кого', da: 'For hvem', de: 'Für wen' },
  situation: { en: 'Situations', uk: 'Ситуації', da: 'Situationer', de: 'Lebenslagen' },
}

export const directoryPack: PackPart<DirectoryPack> = {
  name: 'directory',
  files: {
    taxonomy: { pattern: 'taxonomy.json', schema: TaxonomyTerm },
    finder: { pattern: 'finder.json', schema: FinderQuestion },
    organisations: { pattern: 'organisations.json', schema: Organisation },
    acts: { pattern: 'acts.json', schema: Act },
    services: { pattern: 'services/*.json', schema: ServiceCard },
  },
  check: checkDirectoryPack,
  async load(tx, contents, pack) {
    if (contents.taxonomy.length > 0) await saveTaxonomy(tx, facetNames, contents.taxonomy)
    if (contents.finder.length > 0) await saveQuestions(tx, contents.finder)
    await saveActs(tx, pack.id, contents.acts)
    for (const organisation of contents.organisations) await saveOrganisation(tx, organisation, { pack: pack.id })
    if (!pack.manifest || contents.services.length === 0) return
    const register = await readRegister(tx)
    const due = assuranceDue(pack.now, pack.manifest.assuranceMonths)
    for (const card of contents.services) {
      // a pack's card was checked by those who wrote the pack, on the day it is loaded
      await savePackCard(tx, card, pack.id, { assured: { at: pack.now, by: pack.id }, due }, register)
    }
  },
}

/** What the schemas cannot say: every name that a file uses must stand in another. */
export function checkDirectoryPack(contents: DirectoryPack, pack: PackFrame): PackProblem[] {
  const problems: PackProblem[] = []
  const areas = new Set(pack.areas.map((area) => area.code))
  const acts = new Set(contents.acts.map((act) => act.id))
  const organisations = new Set(contents.organisations.map((organisation) => organisation.slug))
  const locations = new Set(
    contents.organisations.flatMap((organisation) => organisation.locations.map((location) => location.slug)),
  )
  const need = (file: string, path: string, value: string, known: ReadonlySet<string>, what: string) => {
    if (!known.has(value)) problems.push({ file, path, message: `${value} is no ${what} of this pack` })
  }
  for (const act of contents.acts) if (act.replacedBy) need('acts.json', act.id, act.replacedBy, acts, 'act')
  for (const organisation of contents.organisations) {
    need('organisations.json', organisation.slug, organisation.area, areas, 'area')
    for (const location of organisation.locations)
      need('organisations.json', location.slug, location.area, areas, 'area')
  }
  for (const card of contents.services) {
    const file = `services/${card.slug}.json`
    need(file, 'organisation', card.organisation, organisations, 'organisation')
    card.locations.forEach((slug, at) => need(file, `locations.${at}`, slug, locations, 'location'))
    card.areas.forEach((code, at) => need(file, `areas.${at}`, code, areas, 'area'))
    card.legalBases.forEach((basis, at) => need(file, `legalBases.${at}`, basis.act, acts, 'act'))
  }
  for (const [what, slugs] of [
    ['organisations.json', contents.organisations],
    ['services', contents.services],
  ] as const) {
    const seen = new Set<string>()
    for (const { slug } of slugs) {
      if (seen.has(slug)) problems.push({ file: what, path: slug, message: 'stands twice' })
      seen.add(slug)
    }
  }
  const terms = new Set(contents.taxonomy.map((term) => term.code))
  for (const term of contents.taxonomy) if (term.parent) need('taxonomy.json', term.code, term.parent, terms, 'term')
  return problems
}
