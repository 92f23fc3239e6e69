import { median } from './compare.ts'
import { Exact, sum } from './exact.ts'

/** What one offer reported, as far as sums need it. */
export interface SummedOffer {
  paragraph: string
  operatorSlug: string
  places: string
  occupancy: string
  actual: string | null
  tariff: string
}

/** All offers of a paragraph, or of an organisation, in one line. */
export interface SummedLine {
  key: string
  offers: number
  places: string
  /** the middle one */
  tariff: string | undefined
  /** in the middle of all places, in per cent */
  occupancy: string | undefined
  actual: string | undefined
  supplements: number
  spent: string
  planned: string
}

/** CAP-10: the merged report, by paragraph or by organisation. */
export function sumUp(
  report: {
    offers: readonly SummedOffer[]
    supplements: readonly { paragraph: string; operatorSlug: string }[]
    spending: readonly { paragraph: string; organisation: string; spent: string; planned: string }[]
  },
  by: 'paragraph' | 'organisation',
): SummedLine[] {
  const of = (one: { paragraph: string; operatorSlug?: string; organisation?: string }) =>
    by === 'paragraph' ? one.paragraph : (one.operatorSlug ?? one.organisation ?? '')
  const keys = new Set([...report.offers.map(of), ...report.spending.map(of)])
  return [...keys].sort().map((key) => {
    const offers = report.offers.filter((one) => of(one) === key)
    const spending = report.spending.filter((one) => of(one) === key)
    return {
      key,
      offers: offers.length,
      places: sum(offers.map(({ places }) => places)).toFixed(2),
      tariff: median(offers.map(({ tariff }) => tariff)),
      occupancy: weighted(offers, ({ occupancy }) => occupancy),
      actual: weighted(offers, ({ actual }) => actual),
      supplements: report.supplements.filter((one) => of(one) === key).length,
      spent: sum(spending.map(({ spent }) => spent)).toFixed(2),
      planned: sum(spending.map(({ planned }) => planned)).toFixed(2),
    }
  })
}

function weighted(offers: readonly SummedOffer[], of: (offer: SummedOffer) => string | null): string | undefined {
  const known = offers.flatMap((offer) => {
    const value = of(offer)
    return value === null ? [] : [{ value, places: offer.places }]
  })
  const places = sum(known.map((one) => one.places))
  if (places.isZero()) return undefined
  return known
    .reduce((total, one) => total.plus(new Exact(one.value).times(one.places)), new Exact(0))
    .div(places)
    .toDecimalPlaces(1, Exact.ROUND_HALF_UP)
    .toFixed(1)
}
