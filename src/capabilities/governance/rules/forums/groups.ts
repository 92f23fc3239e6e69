import type { Text } from '../../../../platform/i18n/text.ts'
import type { Body } from '../../types.ts'
import { lastDay } from '../ad-hoc.ts'

/** What the secretariat says of a new group. */
export interface NewGroup {
  slug: string
  names: Text
  purpose: Text
  begins: string
}

/** The body that a new group is: it answers to who set it up, decides nothing, and takes any number of members (GOV-8). */
export function groupBody(founder: Body, { slug, names, purpose, begins }: NewGroup): Body {
  const { level, organisation, area } = founder
  return {
    slug,
    names,
    purpose,
    kind: 'ad-hoc',
    level,
    organisation,
    onlyEntered: false,
    area,
    tasks: [],
    answersTo: [founder.slug],
    relations: [],
    onBehalfOf: [],
    decidesOn: [],
    ...(founder.public === undefined ? {} : { public: founder.public }),
    terms: [],
    seats: [
      {
        slug: 'chair',
        names: { en: 'Chair', uk: 'Голова', da: 'Formand', de: 'Vorsitz' },
        role: 'chair',
        places: 1,
        optional: true,
        shared: false,
      },
      {
        slug: 'member',
        names: { en: 'Member', uk: 'Учасник', da: 'Medlem', de: 'Mitglied' },
        role: 'member',
        optional: false,
        shared: true,
      },
    ],
    adHoc: { setUpBy: [founder.slug], begins },
    sources: [],
    example: false,
  }
}

/** Why a group cannot be prolonged like this. */
export type ProlongMistake =
  /** nobody has approved terms that say when it ends */
  | 'no-terms'
  /** it had ended before the body decided */
  | 'ended'
  /** to a day that is not later */
  | 'not-later'

/** A group is prolonged before it ends, and to a later day (GOV-8). The database refuses the same once more. */
export function judgeProlonging(
  group: NonNullable<Body['adHoc']>,
  { decidedOn, until }: { decidedOn: string; until: string },
): ProlongMistake | undefined {
  const last = lastDay(group)
  if (last === undefined) return 'no-terms'
  if (decidedOn > last) return 'ended'
  return until <= last ? 'not-later' : undefined
}
