import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Permission } from '../src/platform/access/permission.ts'
import type { Route } from '../src/platform/http/door.ts'
import type { TestHouse } from './house.ts'

type PageRoute = Extract<Route, { kind: 'page' }>

/** Pages that answer with a file or lead elsewhere. */
const noPages = new Set([
  '/language',
  '/theme',
  '/region',
  '/services/{slug}/pdf',
  '/central-requests/{id}/pdf',
  '/adjustments/{id}/pdf',
  '/offers/{slug}/tariffs/{year}/pdf',
  '/offers/{slug}/tariffs/{year}/xlsx',
  '/tariffs/compare/xlsx',
  '/tariffs/collections/{id}/pdf',
  '/tariffs/collections/{id}/xlsx',
  '/services/{slug}/qr.svg',
  '/year-wheel/{slug}/calendar.ics',
  '/open/meetings.ics',
  '/open/meetings.atom',
  '/open/consultations.atom',
  '/consultations/{id}/pdf',
  '/conferences/{id}/pdf',
  '/meetings/{id}/agenda.pdf',
  '/meetings/{id}/minutes.pdf',
  '/s/{code}',
  '/framework-agreements/{slug}/pdf',
  '/framework-agreements/{slug}/text',
])

/** Behind a link that nobody was given all pages are one; what stands behind one that works, `journeys/asking.test.ts` looks at. */
const noLink = `/r/${'0'.repeat(43)}`

/** Addresses of pages whose route has parameters: one of each region and each kind of card. */
const examples: Readonly<Record<string, readonly string[]>> = {
  '/services/{slug}': slugs('services'),
  '/organisations/{slug}': slugs('organisations'),
  '/bodies/{slug}': [
    '/bodies/vykonavchyi-komitet',
    '/bodies/viborg-visitationsudvalg',
    '/bodies/dassos',
    '/bodies/ad-hoc-konference',
    '/bodies/fachteam-hilfeplanung',
  ],
  // a plan that nobody was told of, and one that is not there, look the same
  '/adjustments/{id}': ['/adjustments/00000000-0000-7000-8000-000000000000'],
  '/adjustments/answer/{token}': [`/adjustments/answer/${'0'.repeat(43)}`],
  // nothing but the demo has tariffs
  '/offers/{slug}/tariffs': ['/offers/botilbuddet-lyngbakken/tariffs'],
  '/tariffs/collections/{id}': ['/tariffs/collections/00000000-0000-7000-8000-000000000000'],
  '/recommendations/{id}': ['/recommendations/00000000-0000-7000-8000-000000000000'],
  '/conferences/{id}': ['/conferences/00000000-0000-7000-8000-000000000000'],
  '/invitations/{token}': [`/invitations/${'0'.repeat(43)}`],
  // nothing but the demo has offers
  '/offers/{slug}': ['/offers/no-such-offer'],
  '/rules/{pack}/{id}': ['/rules/dk-midtjylland/capacity-adjustment', '/rules/ua-kharkiv/quorum'],
  '/rulings/{id}': ['/rulings/00000000-0000-7000-8000-000000000000'],
  '/central-requests/{id}': ['/central-requests/00000000-0000-7000-8000-000000000000'],
  // a decision that is not there, and one about a person, look the same
  '/decisions/{id}': ['/decisions/00000000-0000-7000-8000-000000000000'],
  '/meetings/{id}': ['/meetings/00000000-0000-7000-8000-000000000000'],
  '/matters/{id}': ['/matters/00000000-0000-7000-8000-000000000000'],
  // a region without offers has no group to look at; journeys look at those that have
  '/supply/{group}': ['/supply/no-such-group'],
  '/services/{slug}/remark': [`${slugs('services')[0]}/remark`],
  // one that is not there: what one looks like, `journeys/framework-agreements.test.ts` looks at
  '/framework-agreements/{slug}': ['/framework-agreements/rammeaftale-1999-00'],
  '/framework-agreements/{slug}/parts/{part}': ['/framework-agreements/rammeaftale-1999-00/parts/styringsaftale'],
  '/framework-agreements/{slug}/changes': ['/framework-agreements/rammeaftale-1999-00/changes'],
  // links of letters that are used up
  // behind a link that nobody was given, and a consultation that is not there
  '/answer/{token}': [`/answer/${'0'.repeat(43)}`],
  '/consultations/{id}': ['/consultations/00000000-0000-7000-8000-000000000000'],
  '/confirm/{token}': ['/confirm/0000000000000000000000'],
  '/register/{secret}': ['/register/0000000000000000000000'],
  '/reset/{secret}': ['/reset/0000000000000000000000'],
  '/invitation/{secret}': ['/invitation/0000000000000000000000'],
}

/** Further states of pages that look different from their first one. */
const states: readonly string[] = [
  '/find?what=nowhere-to-live',
  '/find?what=nowhere-to-live&who=-',
  '/find?what=nowhere-to-live&who=-&where=-',
  '/find?what=life-in-danger&who=-&where=-',
  '/find?what=somebody-hurts-me&who=-&where=-',
  '/find?asked=what',
  '/bodies?region=dk-midtjylland',
  '/rules?region=dk-midtjylland',
  '/rules/dk-midtjylland/capacity-adjustment?day=2019-05-01&f.change=11&f.closure=false&f.inScope=true&f.contacted=true',
  '/rulings?region=dk-midtjylland&q=takst',
  '/consultations?which=over&q=x',
  '/adjustments?region=dk-midtjylland',
  '/offers?region=dk-midtjylland',
  '/year-wheel?region=dk-midtjylland',
  '/framework-agreements?region=dk-midtjylland',
  '/meetings?region=dk-midtjylland&when=past',
  '/meetings?region=de-stuttgart&q=Sprechstunde',
  '/matters?region=dk-midtjylland',
  '/ask?service=nadannia-prytulku',
  '/ask?service=no-such-service',
  '/services/no-such-service',
  '/no-such-page',
  '/language?choose=xx',
]

function slugs(kind: 'services' | 'organisations'): string[] {
  const root = join(import.meta.dirname, '../packs')
  return ['ua-kharkiv', 'dk-midtjylland', 'de-stuttgart'].flatMap((pack) => {
    if (kind === 'services')
      return readdirSync(join(root, pack, 'services'))
        .sort()
        .slice(0, 1)
        .map((file) => `/services/${file.replace('.json', '')}`)
    const organisations = JSON.parse(readFileSync(join(root, pack, 'organisations.json'), 'utf8')) as { slug: string }[]
    return organisations.slice(0, 1).map(({ slug }) => `/organisations/${slug}`)
  })
}

/** Does the permission hold whoever asks and whatever it is about? */
export function mayAnybody(permission: Permission<object>): boolean {
  try {
    return permission.may(null, {})
  } catch {
    return false
  }
}

/** All page routes that somebody without an account may open. */
export function publicRoutes(house: TestHouse['house']): PageRoute[] {
  return house.door.routes.filter(
    (route): route is PageRoute =>
      route.kind === 'page' && !noPages.has(route.address) && mayAnybody(route.guard.permission),
  )
}

/**
 * Addresses of every public page, in all its states. A new route with parameters needs an example here.
 * @throws Error naming a route that has none
 */
export function publicAddresses(
  house: TestHouse['house'],
  more: Readonly<Record<string, readonly string[]>> = {},
): string[] {
  const addresses = publicRoutes(house).flatMap(({ address }) => {
    if (!address.includes('{')) return [address]
    const known = more[address] ?? examples[address] ?? (address.startsWith('/r/{token}') ? [noLink] : undefined)
    if (!known) throw new Error(`test/pages.ts knows no example of ${address}: add one, so that its page is looked at.`)
    return known
  })
  return [...new Set([...addresses, ...states])]
}
