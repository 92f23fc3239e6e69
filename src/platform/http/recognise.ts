import type { Actor } from '../access/actor.ts'
import { localeCookie, negotiateLocale } from '../i18n/negotiate.ts'
import type { Locale } from '../i18n/text.ts'
import { guessRegion, type Region } from '../packs/regions.ts'
import type { House } from './app.ts'
import { readCookies } from './cookies.ts'

/** How pages look to somebody; all that they depend on while nobody has signed in. */
export interface Looks {
  url: URL
  locale: Locale
  scheme: 'auto' | 'light' | 'dark'
  region: Region | undefined
}

/** What is known of a request before its route is asked. */
export interface Recognised extends Looks {
  request: Request
  cookies: ReadonlyMap<string, string>
  actor: Actor | null
  /** cookies that the session sends back */
  sessionHeaders: Headers | undefined
}

/** Finds out who asks, in which language, about which region. */
export async function recognise(house: House, request: Request): Promise<Recognised> {
  const cookies = readCookies(request.headers.get('cookie'))
  const { actor, headers } = await house.authentication.actorOf(request)
  return { ...looksOf(house, request, cookies, actor), request, cookies, actor, sessionHeaders: headers }
}

const schemeCookie = 'linden_scheme'
const regionCookie = 'linden_region'
const choices: ReadonlySet<string> = new Set([localeCookie, schemeCookie, regionCookie])

/**
 * The same without asking anybody, for a visitor who brings nothing beyond those choices.
 * @returns undefined for everybody else: a session, a token, a message of an earlier act, or a cookie that we do not know
 */
export function recogniseStranger(house: Pick<House, 'regions'>, request: Request): Looks | undefined {
  if (request.headers.has('authorization')) return undefined
  const header = request.headers.get('cookie')
  const known = header?.split(';').every((part) => choices.has(part.slice(0, part.indexOf('=')).trim()))
  return known === false ? undefined : looksOf(house, request, readCookies(header), null)
}

function looksOf(
  house: Pick<House, 'regions'>,
  request: Request,
  cookies: ReadonlyMap<string, string>,
  actor: Actor | null,
): Looks {
  const url = new URL(request.url)
  const locale = negotiateLocale({
    choice: cookies.get(localeCookie),
    account: actor?.locale,
    accepted: request.headers.get('accept-language') ?? undefined,
  })
  const scheme = cookies.get(schemeCookie)
  const regions = house.regions()
  const chosen = url.searchParams.get('region') ?? cookies.get(regionCookie)
  return {
    url,
    locale,
    scheme: scheme === 'light' || scheme === 'dark' ? scheme : 'auto',
    region: regions.find((region) => region.id === chosen) ?? guessRegion(regions, locale),
  }
}

/** Names one rendering of a page: what one visitor without an account may see, every other of the same looks may. */
export function nameOfRendering({ url, locale, scheme, region }: Looks): string {
  return `${locale} ${scheme} ${region?.id} ${url.pathname}${url.search}`
}
