import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayCollect, mayPrice } from '../../permissions/tariffs.ts'
import { ruleFor } from '../../rules/tariffs/judge-sheet.ts'
import { mayConsent, saveConsent, saveResult } from '../../store/tariffs/earlier-years.ts'
import { Money, Share, SignedMoney, Year } from '../../types/tariffs.ts'
import { offerKind, Slug } from '../../types.ts'
import { sheetSubject } from './judged-sheet.ts'

/** Enters what a year of an offer left over (above nothing) or lacked (below). What lies beyond the band is carried into the year n + 2 (CAP-5). */
export const recordResult = command({
  audit: 'capacity.tariff.result',
  input: z.object({
    offer: Slug,
    year: Year,
    costs: Money,
    result: SignedMoney,
    source: z.string().trim().min(3).max(500),
  }),
  subject: sheetSubject,
  permission: mayPrice,
  async run(work, input, { offer, rules }) {
    if (!ruleFor(rules, input.year)) return invalid({ path: 'year', message: m.capacity_tariff_no_rule() })
    if (Number(input.costs) === 0) return invalid({ path: 'costs', message: m.capacity_tariff_nothing() })
    const saved = await saveResult(work.tx, { ...input, offer: offer.id, by: work.actor?.account ?? '' })
    if (!saved) return invalid({ path: 'year', message: m.capacity_tariff_result_known() })
    work.about({ kind: offerKind, id: offer.id, detail: { year: input.year } })
    return ok({ id: saved.id, offer: input.offer, year: input.year, beyond: saved.beyond })
  },
})

/** Enters that a body has consented to another occupancy of an offer: who asks for one does not enter its consent (CAP-5). */
export const recordConsent = command({
  audit: 'capacity.tariff.consent',
  input: z.object({
    offer: Slug,
    year: Year,
    untilYear: Year,
    least: Share,
    most: Share,
    /** id of the decision */
    decision: z.uuid(),
  }),
  subject: sheetSubject,
  permission: mayCollect,
  async run(work, input, { offer, rules }) {
    const rule = ruleFor(rules, input.year)
    if (!rule) return invalid({ path: 'year', message: m.capacity_tariff_no_rule() })
    if (input.untilYear < input.year) return invalid({ path: 'untilYear', message: m.capacity_tariff_until_before() })
    if (Number(input.least) > Number(input.most) || Number(input.least) === 0 || Number(input.most) > 200)
      return invalid({ path: 'most', message: m.capacity_tariff_bounds_order() })
    if (!(await mayConsent(work.tx, input.decision, rule)))
      return invalid({ path: 'decision', message: m.capacity_tariff_no_consent() })
    const id = await saveConsent(work.tx, {
      offer: offer.id,
      fromYear: input.year,
      untilYear: input.untilYear,
      least: input.least,
      most: input.most,
      decision: input.decision,
      by: work.actor?.account ?? '',
    })
    work.about({ kind: offerKind, id: offer.id, detail: { decision: input.decision } })
    return ok({ id, offer: input.offer })
  },
})
