import type { Tx } from '../../../../platform/db/database.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { ruleOn } from '../../store/rules/read-rules.ts'
import { ClosingOn, Silence, type Terms } from '../../types/consultations.ts'

/** Where no rule of the region says anything: fourteen days, of which the last is a working day; silence is not counted. */
const withoutRule: Terms = { days: 14, closingOn: 'next-working-day', silence: 'not-counted', rule: {} }

/**
 * GOV-5, GOV-12: how a consultation of this body goes, by the rule table `consultation` of its region as of the day of sending.
 * @param day `YYYY-MM-DD` where the body is @param wanted days in place of those of the rule
 */
export async function termsOn(tx: Tx, body: StoredBody, day: string, wanted: number | undefined): Promise<Terms> {
  const rule = await ruleOn(tx, body.pack, 'consultation', day)
  const said = rule?.evaluate({ body: body.profile.slug, kind: body.profile.kind ?? null })
  const outputs = said?.is === 'decided' ? said.outputs : {}
  const days = typeof outputs.days === 'number' && outputs.days >= 1 && outputs.days <= 365 ? outputs.days : undefined
  return {
    days: wanted ?? days ?? withoutRule.days,
    closingOn: ClosingOn.safeParse(outputs.closingOn).data ?? withoutRule.closingOn,
    silence: Silence.safeParse(outputs.silence).data ?? withoutRule.silence,
    rule: rule && said?.is === 'decided' ? { version: rule.version.id, source: rule.version.source.title } : {},
  }
}
