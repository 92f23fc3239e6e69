import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { permission } from '../../../../platform/access/permission.ts'
import { mayRunOffer } from '../../permissions/places.ts'
import { holdOffers } from '../../store/places/save-stays.ts'
import { StayLineInput } from '../../types/places.ts'
import { offerKind } from '../../types.ts'
import { faultInWords, type StayReport, settleStays } from './settle-stays.ts'

export const mayReport = permission<{ operators: readonly string[] }>(mayRunOffer.says, (actor, { operators }) =>
  operators.every((operator) => mayRunOffer.may(actor, { operator })),
)

/** Who came, who left, at one offer or many (CAP-9): all lines are stored, or none. A trial says what would become of each. */
export const reportStays = command({
  audit: 'capacity.stays.report',
  input: z.object({
    stays: z.array(StayLineInput).min(1).max(20_000),
    /** nothing is stored, and every line gets its answer */
    trial: z.boolean().default(false),
  }),
  async subject(tx, { stays }) {
    const offers = await holdOffers(
      tx,
      stays.map(({ offer }) => offer),
    )
    return offers.size === 0
      ? undefined
      : { offers, operators: [...new Set([...offers.values()].map(({ operator }) => operator))] }
  },
  permission: mayReport,
  async run(work, { stays, trial }, { offers }) {
    const lines = stays.map((line) => ({
      place: undefined,
      person: undefined,
      until: undefined,
      reason: undefined,
      ...line,
    }))
    const report = await settleStays(work.tx, offers, lines, !trial)
    if (!trial && !report.applied)
      return invalid(
        ...report.lines.flatMap(({ fault }, at) => {
          if (!fault) return []
          const { path, message } = faultInWords(fault)
          return [{ path: `stays.${at}.${path}`, message }]
        }),
      )
    const [first] = offers.values()
    if (first)
      work.about({
        kind: offerKind,
        id: first.id,
        detail: { offers: [...offers.keys()].slice(0, 50), applied: report.applied, ...report.counts },
      })
    return ok<StayReport>(report)
  },
})
