import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayConsult } from '../../permissions/consultations.ts'
import { judgeExtension, lastDayOf, timetableUntil } from '../../rules/consultations/closing.ts'
import { saveExtension } from '../../store/consultations/save.ts'
import { consultationKind } from '../../types/consultations.ts'
import { Day } from '../../types.ts'
import { closingWords } from '../../views/consultations/words.ts'
import { consultationAsked } from './draft-consultation.ts'

/** Gives all parties more time, before the end and with a reason (GOV-5). Everybody is told. */
export const extendConsultation = command({
  audit: 'governance.consultation.extend',
  input: z.object({ id: z.uuid(), until: Day, reason: z.string().trim().min(1).max(2000) }),
  subject: consultationAsked,
  permission: mayConsult,
  async run(work, input, { consultation }) {
    const { closesAt, timeZone, state } = consultation
    if (!closesAt || state === 'draft') return late(m.governance_consult_not_sent())
    const mistake = judgeExtension({ state, closesAt }, input.until, work.now, timeZone)
    if (mistake === 'over') return late(m.governance_consult_extend_over({ moment: closingWords(closesAt, timeZone) }))
    if (mistake === 'not-later')
      return invalid({
        path: 'until',
        message: m.governance_consult_extend_later({ day: formatDay(lastDayOf(closesAt, timeZone)) }),
      })
    if (mistake === 'too-late') return invalid({ path: 'until', message: m.governance_consult_extend_too_late() })
    const table = timetableUntil(input.until, work.now, timeZone)
    const by = work.actor?.account ?? ''
    const saved = await saveExtension(work.tx, input.id, { from: closesAt, table, reason: input.reason, by })
    if (saved === undefined) return conflict()
    work.jobs.add('governance.consultation-tell', {
      consultation: input.id,
      occasion: `extended ${input.until}`,
    })
    work.about({ kind: consultationKind, id: input.id, detail: { until: input.until } })
    return ok({ id: input.id, closesAt: table.closesAt.toISOString() })
  },
})
