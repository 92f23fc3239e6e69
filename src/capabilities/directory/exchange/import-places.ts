import { slugFrom } from '../../../platform/i18n/slug.ts'
import { locales, type Text } from '../../../platform/i18n/text.ts'
import type { StoredPart } from '../store/exchange-import.ts'
import type { LocationDraft, OrganisationDraft, ServiceDraft } from './import-types.ts'
import { uuid5 } from './uuid5.ts'

/** Where an organisation, location or service of a data set stands here. */
export interface Place {
  id: string
  slug: string
  /** stored by another hand: it is used, and not changed */
  foreign: boolean
  stored: boolean
}

export interface Wanted {
  key: string
  slug: string | undefined
  name: string
  /** only named by its slug, and to be found here */
  reference?: boolean | undefined
}

/** The slug that a new record asks for, and the one it gets when that is taken: with a mark that its id makes, the same every time. */
export function slugsFor(wanted: Wanted, dataset: string, table: string): { first: string; second: string } {
  const first = (wanted.slug && slugFrom(wanted.slug)) || slugFrom(wanted.name) || table
  const mark = uuid5(dataset, table, wanted.key).slice(0, 8)
  return { first, second: `${first.slice(0, 100)}-${mark}` }
}

/**
 * Finds or makes the place of each record: by its id in the data set, by its slug where the format works with ours, else a new one.
 * @param taken slugs given out in this import
 * @param bySlug whether a slug means the record that holds it here
 */
export function placesFor<Stored extends Pick<StoredPart, 'id' | 'slug' | 'dataset' | 'datasetId'>>(
  wanted: readonly Wanted[],
  stored: readonly Stored[],
  means: { dataset: string; table: string; taken: Set<string>; bySlug: boolean },
): Map<string, Place & { record?: Stored }> {
  const byKey = new Map(stored.filter((each) => each.dataset === means.dataset).map((each) => [each.datasetId, each]))
  const bySlug = new Map(stored.map((each) => [each.slug, each]))
  const places = new Map<string, Place & { record?: Stored }>()
  for (const each of wanted) {
    if (places.has(each.key)) continue
    const slugs = slugsFor(each, means.dataset, means.table)
    const known = byKey.get(each.key)
    const held = means.bySlug && each.slug ? bySlug.get(each.slug) : undefined
    const record = known ?? held
    if (record) {
      places.set(each.key, { id: record.id, slug: record.slug, foreign: !known, stored: true, record })
      continue
    }
    if (each.reference) continue
    const free = !bySlug.has(slugs.first) && !means.taken.has(slugs.first)
    const slug = free ? slugs.first : slugs.second
    means.taken.add(slug)
    places.set(each.key, { id: uuid5(means.dataset, means.table, each.key), slug, foreign: false, stored: false })
  }
  return places
}

/** One name of a text, whichever language has it. */
export const nameOf = (names: Text): string | undefined => locales.map((locale) => names[locale]).find(Boolean)

type Draft = ServiceDraft | OrganisationDraft | LocationDraft

/** What a draft asks for. */
export function wantedOf(draft: Draft): Wanted {
  const names = 'card' in draft ? draft.card.names : draft.names
  const reference = 'reference' in draft ? draft.reference : undefined
  return { key: draft.key, slug: draft.slug, name: (names && nameOf(names)) ?? '', reference }
}

/** Every slug that these records could ask for or hold. */
export function candidates(drafts: readonly Draft[], dataset: string, table: string): string[] {
  return drafts.flatMap((draft) => {
    const { first, second } = slugsFor(wantedOf(draft), dataset, table)
    return [first, second, ...(draft.slug ? [draft.slug] : [])]
  })
}

/** Records whose place is not known yet, each once. */
export function unseen<Each extends { key: string }>(
  drafts: readonly Each[],
  known: ReadonlyMap<string, unknown>,
): Each[] {
  const found = new Map<string, Each>()
  for (const draft of drafts) if (!known.has(draft.key) && !found.has(draft.key)) found.set(draft.key, draft)
  return [...found.values()]
}
