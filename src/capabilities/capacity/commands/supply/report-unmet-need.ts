import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { termNames } from '../../../directory/contract.ts'
import { mayReportNeed } from '../../permissions/supply.ts'
import { municipalityBySlug } from '../../store/supply/read-supply.ts'
import { addUnmetNeed } from '../../store/supply/save-supply.ts'
import { Slug, UnmetReason, unmetNeedKind } from '../../types/supply.ts'

/** Keeps that a need of somebody was met by no offer (CAP-7): for whom, why and when, and nothing of the person. */
export const reportUnmetNeed = command({
  audit: 'capacity.unmet-need.report',
  input: z.object({
    municipality: Slug,
    targetGroup: Slug,
    reason: UnmetReason,
    neededOn: z.iso.date(),
    /** a sign of whoever reports, so that one need counts once; never a name */
    source: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/)
      .optional(),
  }),
  async subject(tx, input) {
    const municipality = await municipalityBySlug(tx, input.municipality)
    return municipality && { municipality, organisation: municipality.id }
  },
  permission: mayReportNeed,
  async run(work, input, { municipality }) {
    const terms = await termNames(work.tx)
    if (!terms.some(({ code, facet }) => code === input.targetGroup && facet === 'target-group'))
      return invalid({ path: 'targetGroup', message: m.capacity_supply_no_group() })
    if (input.neededOn > dayIn(work.now, municipality.timeZone))
      return invalid({ path: 'neededOn', message: m.capacity_supply_future() })
    const id = await addUnmetNeed(work.tx, {
      municipality: municipality.id,
      group: input.targetGroup,
      reason: input.reason,
      on: input.neededOn,
      source: input.source,
    })
    if (id) work.about({ kind: unmetNeedKind, id, detail: { municipality: municipality.slug } })
    return ok({ counted: id !== undefined })
  },
})
