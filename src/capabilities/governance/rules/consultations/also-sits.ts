import type { SeatRule } from '../../types.ts'

/** Who holds a seat, as far as two seats can be compared: by name, else by organisation. */
export interface Holder {
  name: string | undefined
  organisation: { slug: string } | undefined
}

/** The same person, or, where no person is named, the same organisation. */
const isSame = (one: Holder, other: Holder): boolean =>
  one.name !== undefined
    ? one.name.localeCompare(other.name ?? '', undefined, { sensitivity: 'accent' }) === 0
    : one.organisation !== undefined && one.organisation.slug === other.organisation?.slug

/**
 * GOV-1: seats whose rule says that whoever sits here sits in another body too, with those who do not. A body of which no holder is entered, or may be
 * known, says nothing against anybody.
 * @param heldIn who sits in a body, by its slug; undefined where that is not known
 */
export function missingElsewhere<Held extends Holder>(
  seats: readonly { rule: Pick<SeatRule, 'from'>; holders: readonly Held[] }[],
  heldIn: (body: string) => readonly Holder[] | undefined,
): { body: string; missing: Held[] }[] {
  return [...new Set(seats.flatMap(({ rule }) => rule.from ?? []))].flatMap((body) => {
    const there = heldIn(body) ?? []
    if (there.length === 0) return []
    const missing = seats
      .filter(({ rule }) => rule.from === body)
      .flatMap(({ holders }) => holders)
      .filter((holder) => !there.some((other) => isSame(holder, other)))
    return missing.length > 0 ? [{ body, missing }] : []
  })
}
