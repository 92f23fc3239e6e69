import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { termNames } from '../../../directory/contract.ts'
import { mayRate } from '../../permissions/supply.ts'
import { ratingsMark } from '../../rules/supply/ratings.ts'
import { municipalityBySlug, ratingsOf } from '../../store/supply/read-supply.ts'
import { saveRating } from '../../store/supply/save-supply.ts'
import { Rating, Slug, wordsUpTo } from '../../types/supply.ts'

/** Keeps how a municipality finds that supply fits demand in a year, group by group (CAP-7). Too little needs words. */
export const rateSupply = command({
  audit: 'capacity.supply.rate',
  input: z.object({
    municipality: Slug,
    year: z.coerce.number().int().min(2000).max(2100),
    /** of what was read before (`ratingsMark`) */
    version: z.coerce.number().int().min(0),
    ratings: z
      .array(
        z.object({
          targetGroup: Slug,
          rating: Rating,
          words: z.string().trim().min(3).max(2000).optional(),
        }),
      )
      .min(1)
      .max(200),
  }),
  async subject(tx, input) {
    const municipality = await municipalityBySlug(tx, input.municipality)
    return municipality && { municipality, organisation: municipality.id }
  },
  permission: mayRate,
  async run(work, input, { municipality }) {
    const terms = await termNames(work.tx)
    const groups = new Set(terms.filter(({ facet }) => facet === 'target-group').map(({ code }) => code))
    const mistakes = input.ratings.flatMap(({ targetGroup, rating, words }) => [
      ...(groups.has(targetGroup) ? [] : [{ path: `${targetGroup}.rating`, message: m.capacity_supply_no_group() }]),
      ...(rating <= wordsUpTo && !words
        ? [{ path: `${targetGroup}.words`, message: m.capacity_supply_say_what() }]
        : []),
    ])
    if (mistakes.length > 0) return invalid(...mistakes)
    const known = await ratingsOf(work.tx, {
      pack: municipality.pack,
      year: input.year,
      municipality: municipality.slug,
    })
    if (ratingsMark(known) !== input.version) return conflict({ ratings: known, version: ratingsMark(known) })
    for (const { targetGroup, rating, words } of input.ratings) {
      const before = known.find(({ group }) => group === targetGroup)
      if (before?.rating === rating && before.words === words) continue
      await saveRating(work.tx, { municipality: municipality.id, group: targetGroup, year: input.year, rating, words })
    }
    work.about({ kind: 'organisation', id: municipality.id, detail: { year: input.year } })
    return ok({ municipality: municipality.slug, year: input.year })
  },
})
