import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeep } from '../../permissions/agreements.ts'
import { missingOf } from '../../rules/agreements/state.ts'
import { saveReminders } from '../../store/agreements/save-agreement.ts'
import { Slug } from '../../types.ts'
import { note } from './move-agreement.ts'
import { openAgreement } from './opened.ts'

/** Reminds every party that has not ratified, in one act (GOV-6). Nobody is reminded twice on a day. */
export const remindMissing = command({
  audit: 'governance.framework.remind',
  input: z.object({ slug: Slug }),
  subject: openAgreement,
  permission: mayKeep,
  async run(work, _input, opened) {
    const { agreement, progress } = opened
    if (agreement.state !== 'ratification') return late(m.governance_framework_not_now())
    const missing = new Set(missingOf(progress))
    const bodies = progress.parties.filter(({ body }) => missing.has(body.slug)).map(({ body }) => body.id)
    const today = dayIn(work.now, agreement.timeZone)
    const reminded = await saveReminders(work.tx, agreement.id, bodies, today, work.actor?.account)
    if (reminded.length === 0) return late(m.governance_framework_reminded_today())
    work.jobs.add('governance.framework-remind', { agreement: agreement.id, bodies: reminded })
    note(work, opened, { reminded: String(reminded.length) })
    return ok({ slug: agreement.slug, reminded: reminded.length })
  },
})
