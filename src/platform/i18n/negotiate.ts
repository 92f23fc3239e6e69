import { Locale, locales } from './text.ts'

/** Where a person's choice of language waits between visits without an account. */
export const localeCookie = 'linden_locale'

export interface LocaleHints {
  /** value of the cookie `linden_locale` */
  choice?: string | undefined
  /** language stored with the account */
  account?: string | undefined
  /** header `Accept-Language` (RFC 9110, 12.5.4) */
  accepted?: string | undefined
  /** language of the region, when nothing else says */
  region?: Locale | undefined
}

/** The language for a reader: own choice, then account, then browser, then region, then English. Unknown values are passed over. */
export function negotiateLocale(hints: LocaleHints): Locale {
  for (const wish of [hints.choice, hints.account]) {
    const known = Locale.safeParse(wish)
    if (known.success) return known.data
  }
  return fromAcceptLanguage(hints.accepted ?? '') ?? hints.region ?? 'en'
}

/**
 * The best of our languages that an `Accept-Language` header allows: highest weight first, order of the header among equals.
 * `q=0` forbids a language, also to a later `*`. A region is a wish for its language (`de-AT` → `de`).
 */
export function fromAcceptLanguage(header: string): Locale | undefined {
  const wishes = header
    .split(',')
    .map(parseWish)
    .filter((wish) => wish !== undefined)
  const forbidden = new Set(wishes.filter((wish) => wish.weight === 0).map((wish) => wish.range))
  const wanted = wishes.filter((wish) => wish.weight > 0).sort((a, b) => b.weight - a.weight)
  for (const { range } of wanted) {
    const found = locales.find((locale) => (range === '*' || range === locale) && !forbidden.has(locale))
    if (found) return found
  }
  return undefined
}

/** One element such as `uk-UA;q=0.8`. Elements that break the grammar are ignored: a header never fails a page. */
function parseWish(element: string): { range: string; weight: number } | undefined {
  const match =
    /^\s*([a-z]{1,8}|\*)((?:-[a-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i.exec(element)
  if (!match?.[1]) return undefined
  const weight = match[3] === undefined ? 1 : Number(match[3])
  // "de-AT;q=0" forbids Austrian German only, not German.
  if (weight === 0 && match[2]) return undefined
  return { range: match[1].toLowerCase(), weight }
}
