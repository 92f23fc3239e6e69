import { m } from '../../../platform/i18n/speech.ts'
import { locales } from '../../../platform/i18n/text.ts'
import { languageName } from '../../../platform/ui/words.tsx'
import type { ServiceStatus } from '../store/save-service.ts'

const fields: Readonly<Record<string, () => string>> = {
  names: m.edit_field_names,
  alternateNames: m.edit_field_alternate_names,
  summary: m.edit_field_summary,
  kind: m.directory_kind,
  organisation: m.directory_who_helps,
  locations: m.directory_organisation_places,
  areas: m.directory_area,
  activities: m.directory_what_you_get,
  forms: m.directory_form,
  term: m.directory_how_long,
  targetGroups: m.directory_for_whom,
  situations: m.directory_situations,
  eligibility: m.directory_eligibility,
  cost: m.directory_cost,
  documents: m.directory_documents,
  legalBases: m.edit_field_legal_bases,
  refusalGrounds: m.directory_refusal,
  languages: m.directory_languages,
  accessibility: m.directory_accessibility,
  phones: m.edit_field_phones,
  email: m.edit_field_email,
  website: m.directory_website,
  schedule: m.directory_when,
  channels: m.directory_how_to_ask,
  crisis: m.edit_field_crisis,
  example: m.directory_example_tag,
  source: m.edit_field_source,
  editorNote: m.edit_field_editor_note,
  writtenIn: m.edit_field_written_in,
  description: m.edit_field_description,
  area: m.edit_field_area,
  address: m.edit_field_address,
  point: m.edit_field_point,
}

/** Name of a field of a card, an organisation or a place in the reader's language. */
export const fieldWords = (field: string): string => fields[field]?.() ?? field

/** A dotted path in words: *What you get 3, German*. */
export function pathWords(path: string): string {
  const [field = '', ...rest] = path.split('.')
  const row = rest.find((part) => /^\d+$/.test(part))
  const locale = locales.find((known) => known === rest.at(-1))
  return [
    row === undefined ? fieldWords(field) : `${fieldWords(field)} ${Number(row) + 1}`,
    locale ? languageName(locale) : undefined,
  ]
    .filter(Boolean)
    .join(', ')
}

const statuses = {
  active: m.edit_status_active,
  inactive: m.edit_status_inactive,
  'temporarily closed': m.edit_status_closed,
  defunct: m.edit_status_defunct,
} as const
export const statusWords = (status: ServiceStatus): string => statuses[status]()

/** What a version did, in words. */
export function deedWords(deed: string): string {
  const [verb = '', rest] = deed.split(' ', 2)
  switch (verb) {
    case 'add':
      return m.edit_deed_add()
    case 'change':
      return m.edit_deed_change()
    case 'status':
      return m.edit_deed_status()
    case 'restore':
      return m.edit_deed_restore({ version: rest ?? '' })
    case 'proposal':
      return m.edit_deed_proposal()
    case 'pack':
      return m.edit_deed_pack()
    case 'import':
      return m.edit_deed_import()
    case 'kept':
      return m.edit_deed_kept()
    default:
      return deed
  }
}

/** Codes and values within a comparison in words of their own where we have them. */
export const yesNoWords = (value: string): string =>
  value === 'true' ? m.edit_yes() : value === 'false' ? m.edit_no() : value
