import { type Fields, nestFields } from '../../../platform/http/form-fields.ts'
import { slugFrom } from '../../../platform/i18n/slug.ts'
import { type Locale, locales } from '../../../platform/i18n/text.ts'

type Tree = Record<string, unknown>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const tree = (value: unknown): Tree => (isTree(value) ? value : {})
const rows = (value: unknown): Tree[] => (Array.isArray(value) ? value.filter(isTree) : [])

/**
 * A stored thing as the fields of its form: `names.uk`, `activities.0.uk`, lists of codes as `areas[]`, yes and no as words.
 * The opposite of `nestFields`.
 */
export function fieldsOf(value: unknown, name: string, fields = new Map<string, string[]>()): Map<string, string[]> {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'string')) fields.set(`${name}[]`, value)
    else value.forEach((item, at) => void fieldsOf(item, `${name}.${at}`, fields))
  } else if (isTree(value)) {
    for (const [key, item] of Object.entries(value)) fieldsOf(item, name ? `${name}.${key}` : key, fields)
  } else if (typeof value === 'boolean') fields.set(name, [value ? 'yes' : 'no'])
  else if (value !== undefined && value !== null) fields.set(name, [String(value)])
  return fields
}

/**
 * What was typed, with empty rows closed up: rows then have the numbers that mistakes are reported under. Names of the platform's own
 * (`_key`) stay.
 */
export function closeRows(typed: Fields): Fields {
  const own = [...typed].filter(([name]) => name.startsWith('_'))
  return new Map([...own, ...fieldsOf(dropEmptyRows(nestFields(typed)), '')])
}

/** Rows that hold nothing but what was chosen beforehand in a list of choices count as empty. */
const preset = new Set(['needed', 'from', 'holds', 'code', 'draft', 'source', 'sourced'])

function isEmptyRow(row: unknown): boolean {
  if (!isTree(row)) return row === undefined || row === ''
  return Object.entries(row).every(
    ([key, value]) =>
      preset.has(key) ||
      value === undefined ||
      value === '' ||
      (Array.isArray(value) && value.length === 0) ||
      (isTree(value) && isEmptyRow(value)),
  )
}

function dropEmptyRows(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.some(isTree) ? value.filter((row) => !isEmptyRow(row)).map(dropEmptyRows) : value
  }
  if (isTree(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, dropEmptyRows(item)]))
  return value
}

/** A number where one was typed; else what was typed, for the schema to refuse. */
function number(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+([.,]\d+)?$/.test(value) ? Number(value.replace(',', '.')) : value
}

const yesNo = (value: unknown): unknown => (value === 'yes' ? true : value === 'no' ? false : value)
const hasWords = (text: unknown): boolean => locales.some((locale) => typeof tree(text)[locale] === 'string')

/** Texts without a word are absent; an empty list of drafts says nothing. */
function tidyTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidyTexts)
  if (!isTree(value)) return value
  const entries = Object.entries(value).map(([key, item]) => [key, tidyTexts(item)] as const)
  const kept = entries.filter(([key, item]) => {
    if (key === 'draft') return Array.isArray(item) && item.length > 0
    if (
      isTree(item) &&
      (Object.keys(item).length === 0 || (Object.keys(item).every((inner) => inner === 'draft') && !hasWords(item)))
    )
      return false
    return true
  })
  return Object.fromEntries(
    kept
      .map(([key, item]) =>
        key === 'draft' && Array.isArray(item)
          ? [key, item.filter((locale) => typeof value[locale] === 'string')]
          : [key, item],
      )
      .filter(([key, item]) => key !== 'draft' || (item as unknown[]).length > 0),
  )
}

/** Telephone rows keep the source of a number that did not change; `sourced` is the number that the source is about. */
function phones(typed: unknown): Tree[] {
  return rows(typed).map(({ sourced, source, ...row }) => (source && sourced === row.number ? { ...row, source } : row))
}

/**
 * The card as it was typed into its form, for the schema to judge. What the form does not show (slug, organisation, example,
 * sources of telephone numbers) travels in it unseen.
 */
export function cardFromFields(typed: unknown): Tree {
  const card = tree(tidyTexts(dropEmptyRows(typed)))
  const term = tree(card.term)
  const eligibility = tree(card.eligibility)
  return {
    ...card,
    example: card.example === 'yes',
    activities: Array.isArray(card.activities) ? card.activities : [],
    forms: card.forms ?? [],
    areas: card.areas ?? [],
    channels: card.channels ?? [],
    term: {
      ...present({ asNeeded: yesNo(term.asNeeded) }),
      ...present({
        minimumMonths: number(term.minimumMonths),
        maximumMonths: number(term.maximumMonths),
        extendedToMonths: number(term.extendedToMonths),
      }),
    },
    eligibility: {
      ...eligibility,
      ...present({ minimumAge: number(eligibility.minimumAge), maximumAge: number(eligibility.maximumAge) }),
    },
    cost: tree(card.cost),
    refusalGrounds: rows(card.refusalGrounds).map((ground, at) => ({
      ...ground,
      code: typeof ground.code === 'string' ? ground.code : groundCode(ground, at),
    })),
    phones: phones(card.phones),
    schedule: rows(card.schedule).map((row) => ({ ...row, days: row.days ?? [] })),
    crisis: card.crisis === 'yes' || (Array.isArray(card.crisis) && card.crisis.includes('yes')),
  }
}

/** A stored card as the fields of its form. */
export function cardFields(card: object): Map<string, string[]> {
  const fields = fieldsOf(card, 'card')
  // a single tick is a list of one
  const crisis = fields.get('card.crisis')
  if (crisis) fields.set('card.crisis[]', crisis)
  return withSources(fields)
}

/** Notes beside each telephone number with a source which number that source is about. */
function withSources(fields: Map<string, string[]>): Map<string, string[]> {
  for (const [name, value] of [...fields]) {
    const row = /^(.*phones\.\d+)\.number$/.exec(name)?.[1]
    if (row && fields.has(`${row}.source.title`)) fields.set(`${row}.sourced`, value)
  }
  return fields
}

function groundCode(ground: Tree, at: number): string {
  const words = locales.map((locale) => tree(ground.text)[locale]).find((word) => typeof word === 'string')
  return (
    slugFrom(typeof words === 'string' ? words : '')
      .slice(0, 40)
      .replace(/-+$/, '') || `ground-${at + 1}`
  )
}

function present(values: Tree): Tree {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

/** An organisation's profile as it was typed; slug, example and source travel unseen. */
export function profileFromFields(typed: unknown): Tree {
  const profile = tree(tidyTexts(dropEmptyRows(typed)))
  return { ...profile, example: profile.example === 'yes', phones: phones(profile.phones) }
}

/** A place as it was typed; slug, source and the country of its address travel unseen. */
export function locationFromFields(typed: unknown, country: string): Tree {
  const { address, point, ...place } = tree(tidyTexts(dropEmptyRows(typed)))
  const at = tree(point)
  const lines = { ...tree(address) }
  return {
    ...place,
    ...(Object.keys(lines).some((key) => key !== 'country') ? { address: { country, ...lines } } : {}),
    ...(at.longitude !== undefined || at.latitude !== undefined
      ? { point: [number(at.longitude), number(at.latitude)] }
      : {}),
    phones: phones(place.phones),
    schedule: rows(place.schedule).map((row) => ({ ...row, days: row.days ?? [] })),
  }
}

/** A stored organisation or place as the fields of its form. */
export function profileFields(profile: object): Map<string, string[]> {
  return withSources(fieldsOf(profile, 'profile'))
}
export function locationFields(location: {
  area: string
  point?: readonly [number, number] | undefined
}): Map<string, string[]> {
  const { point, ...rest } = location
  return withSources(
    fieldsOf(point ? { ...rest, point: { longitude: point[0], latitude: point[1] } } : rest, 'location'),
  )
}

const texts =
  /(^|\.)(names|summary|description|name|text|note|label|howToObtain|editorNote)$|(^|\.)(activities|alternateNames)\.\d+$/

/** The field that a mistake belongs to: a whole text is corrected in the card's own language, an empty list in its first row. */
export function fieldOfError(path: string, own: Locale): string {
  if (texts.test(path)) return `${path}.${own}`
  if (/(^|\.)activities$/.test(path)) return `${path}.0.${own}`
  return path.replace(/\.point\.0$/, '.point.longitude').replace(/\.point\.1$/, '.point.latitude')
}
