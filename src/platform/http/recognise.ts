import type { Actor } from '../access/actor.ts'
import { negotiateLocale } from '../i18n/negotiate.ts'
import type { Locale } from '../i18n/text.ts'
import { guessRegion, type Region } from '../packs/regions.ts'
import type { House } from './app.ts'
import { readCookies } from './cookies.ts'

/** What is known of a request before its route is asked. */
export interface Recognised {
  request: Request
  url: URL
  cookies: ReadonlyMap<string, string>
  actor: Actor | null
  /** cookies that the session sends back */
  sessionHeaders: Headers | undefined
  locale: Locale
  scheme: 'auto' | 'light' | 'dark'
  region: Region | undefined
}

/** Finds out who asks, in which language, about which region. */
export async function recognise(house: House, request: Request): Promise<Recognised> {
  const url = new URL(request.url)
  const cookies = readCookies(request.headers.get('cookie'))
  const { actor, headers } = await house.authentication.actorOf(request)
  const locale = negotiateLocale({
    choice: cookies.get('linden_locale'),
    account: actor?.locale,
    accepted: request.headers.get('accept-language') ?? undefined,
  })
  const scheme = cookies.get('linden_scheme')
  const regions = house.regions()
  const chosen = url.searchParams.get('region') ?? cookies.get('linden_region')
  return {
    request,
    url,
    cookies,
    actor,
    sessionHeaders: headers,
    locale,
    scheme: scheme === 'light' || scheme === 'dark' ? scheme : 'auto',
    region: regions.find((region) => region.id === chosen) ?? guessRegion(regions, locale),
  }
}
