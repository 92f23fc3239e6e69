import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { sortedBy } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { areaNames, termNames } from '../../directory/contract.ts'
import { mayReportNeeds } from '../permissions/supply.ts'
import { matchOffers } from '../rules/supply/match-offers.ts'
import { groupsOfOffers, languagesOfOffers, offersNamed, offersToMatch } from '../store/supply/offers-to-match.ts'
import { Slug } from '../types/supply.ts'
import { Matching } from '../views/supply/matching.tsx'
import { languageInWords, nameOf } from '../views/supply/supply-words.ts'

/** What came in the address; what cannot be read counts as not said. */
const Asked = z.object({
  group: Slug.optional().catch(undefined),
  wish: z.string().trim().max(120).optional().catch(undefined),
  near: z.string().trim().max(40).optional().catch(undefined),
  within: z.coerce.number().int().min(1).max(1000).optional().catch(undefined),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .optional()
    .catch(undefined),
  from: z.iso.date().optional().catch(undefined),
})
type Asked = z.output<typeof Asked>

/** CAP-8: places that fit a referral. */
export function matchingRoutes(door: Door): void {
  door.page(
    '/matching',
    { permission: everyone, audit: { none: 'public figures; what is asked is stored nowhere' }, query: Asked },
    showMatching,
  )
}

async function showMatching(visit: Visit<unknown, Asked>): Promise<Answer> {
  const { query: asked, region } = visit
  if (!region) return { is: 'notFound' }
  const today = dayIn(visit.now, region.timeZone)
  const from = asked.from ?? today
  const { terms, areas, groups, languages, wishes, offers } = await visit.read(async (tx) => {
    const wished = asked.wish ? await offersNamed(tx, region.id, asked.wish) : []
    return {
      terms: await termNames(tx),
      areas: await areaNames(tx, region.id, undefined),
      groups: await groupsOfOffers(tx, region.id),
      languages: await languagesOfOffers(tx, region.id),
      wishes: wished,
      offers: asked.group
        ? await offersToMatch(tx, { pack: region.id, group: asked.group, wishes: wished, from, today })
        : undefined,
    }
  })
  const names = new Map(terms.map(({ code, names: inAll }) => [code, nameOf(inAll, code)]))
  const near = areas.find(({ code }) => code === asked.near)?.point
  const group = asked.group
  return page(
    m.capacity_supply_match_title(),
    <Matching
      groups={sortedBy(
        groups.map((code) => ({ value: code, label: names.get(code) ?? code })),
        ({ label }) => label,
      )}
      areas={sortedBy(
        areas
          .filter(({ point }) => point)
          .map(({ code, names: inAll }) => ({ value: code, label: nameOf(inAll, code) })),
        ({ label }) => label,
      )}
      languages={languages.map((language) => ({ value: language, label: languageInWords(language) }))}
      asked={{
        group: asked.group,
        wish: asked.wish,
        near: asked.near,
        within: asked.within === undefined ? undefined : String(asked.within),
        language: asked.language,
        from,
      }}
      found={
        offers && group
          ? matchOffers(
              offers.map(({ names: inAll, ...offer }) => ({ ...offer, name: nameOf(inAll, offer.slug) })),
              { targetGroup: group, wishes, near, within: asked.within, language: asked.language, from },
            )
          : undefined
      }
      names={names}
      wishUnknown={asked.wish !== undefined && asked.wish !== '' && wishes.length === 0}
      withWish={(slug) => `/matching?${addressOf({ ...asked, wish: slug })}`}
      mayReport={mayReportNeeds.may(visit.actor, {})}
    />,
  )
}

function addressOf(asked: Asked): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined && value !== '') query.set(name, String(value))
  return String(query)
}
