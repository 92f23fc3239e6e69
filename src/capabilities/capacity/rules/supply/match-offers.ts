import type { Need, OfferDoubt, OfferFit, OfferMatch, OfferToMatch } from '../../types/supply.ts'

/** A wish outweighs everything else together. */
const weights = { wish: 100, free: 6, near: 4, language: 3 } as const

/**
 * CAP-8: offers that fit a referral, each with its reasons. What the person wishes for comes first, whatever else speaks for others, and is
 * shown also where it does not fit, with what stands in the way. Other offers are shown where the target group fits.
 */
export function matchOffers(offers: readonly OfferToMatch[], need: Need): OfferMatch[] {
  return offers
    .flatMap((offer) => matchOffer(offer, need) ?? [])
    .sort(
      (a, b) => b.score - a.score || a.offer.name.localeCompare(b.offer.name) || (a.offer.slug < b.offer.slug ? -1 : 1),
    )
}

function matchOffer(offer: OfferToMatch, need: Need): OfferMatch | undefined {
  const fits: OfferFit[] = []
  const doubts: OfferDoubt[] = []
  let score = 0
  const wish = need.wishes.indexOf(offer.slug)
  const fitsGroup = offer.terms.includes(need.targetGroup)
  if (wish < 0 && !fitsGroup) return undefined
  if (wish >= 0) {
    fits.push({ because: 'wish', place: wish + 1 })
    score += weights.wish * (need.wishes.length - wish)
  }
  if (fitsGroup) fits.push({ because: 'target-group', term: need.targetGroup })
  else doubts.push({ because: 'other-group' })

  const distance = need.near && offer.point ? kilometres(need.near, offer.point) : undefined
  if (distance !== undefined) {
    if (need.within === undefined || distance <= need.within) {
      fits.push({ because: 'near', kilometres: Math.round(distance) })
      score += weights.near / (1 + distance / 20)
    } else {
      if (wish < 0) return undefined
      doubts.push({ because: 'far', kilometres: Math.round(distance) })
    }
  } else if (need.near) doubts.push({ because: 'place-unknown' })

  if (need.language !== undefined) {
    if (offer.languages.includes(need.language)) {
      fits.push({ because: 'language', language: need.language })
      score += weights.language
    } else doubts.push({ because: 'language-unknown' })
  }

  if (offer.freeFrom === undefined) doubts.push({ because: 'no-place' })
  else if (offer.freeFrom <= need.from) {
    fits.push({ because: 'free', from: offer.freeFrom })
    score += weights.free
  } else {
    doubts.push({ because: 'later', from: offer.freeFrom })
    score += weights.free / 2
  }
  return { offer, score, fits, doubts }
}

/** Great-circle distance in kilometres. Points are longitude and latitude. */
export function kilometres([lonA, latA]: readonly [number, number], [lonB, latB]: readonly [number, number]): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half =
    Math.sin(radians(latB - latA) / 2) ** 2 +
    Math.cos(radians(latA)) * Math.cos(radians(latB)) * Math.sin(radians(lonB - lonA) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.sqrt(half))
}
