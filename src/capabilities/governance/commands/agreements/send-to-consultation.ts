import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { locales, Text } from '../../../../platform/i18n/text.ts'
import { mayKeep } from '../../permissions/agreements.ts'
import { holds } from '../../rules/agreements/state.ts'
import { consultationState } from '../../store/agreements/read-progress.ts'
import { moveAgreement, tieConsultation } from '../../store/agreements/save-agreement.ts'
import { frameworkKind } from '../../types/agreements.ts'
import { openConsultation } from '../consultations/send-consultation.ts'
import { holdInWords, note, Seen } from './move-agreement.ts'
import { openAgreement } from './opened.ts'

/**
 * Fixes the text with its hash and asks all parties in a written consultation (GOV-6). Where a consultation was withdrawn, the parties are asked anew.
 * @param url address under which people reach this instance
 */
export const sendToConsultation = (url: string) =>
  command({
    audit: 'governance.framework.consult',
    input: Seen.extend({
      /** what the parties are asked, in the language of the agreement; without it a plain question */
      question: z.string().trim().min(3).max(20_000).optional(),
      /** in place of the days that the rule of the body gives */
      days: z.coerce.number().int().min(1).max(365).optional(),
    }),
    subject: openAgreement,
    permission: mayKeep,
    async run(work, input, opened) {
      const { agreement, progress } = opened
      const { rule } = agreement
      if (input.version !== agreement.version) return conflict({ version: agreement.version, state: agreement.state })
      const again =
        agreement.state === 'consultation' &&
        (!agreement.consultation || (await consultationState(work.tx, agreement.consultation)) === 'withdrawn')
      if (agreement.state !== 'draft' && !again) return late(m.governance_framework_not_now())
      if (!again) {
        const held = holds(progress, dayIn(work.now, agreement.timeZone))
        if (held.length > 0) return invalid(...held.map((hold) => holdInWords(hold, opened)))
        if (!(await moveAgreement(work.tx, agreement, 'consultation'))) return conflict()
      }
      const days = input.days ?? rule.consultation.days
      const asked = await openConsultation(work, {
        body: rule.consultation.body,
        title: agreement.title,
        question: input.question ? { [rule.language]: input.question } : plainQuestion(agreement.title),
        papers: [
          { title: paperTitle(agreement.title, rule.language), url: `${url}/framework-agreements/${agreement.slug}` },
        ],
        parties: rule.consultation.parties.map((slug) => ({ kind: 'organisation' as const, slug })),
        ...(days ? { days } : {}),
        subject: { kind: frameworkKind, id: agreement.id },
      })
      if (asked.is !== 'ok') return asked
      await tieConsultation(work.tx, agreement.id, asked.value.id)
      note(work, opened, { state: 'consultation', consultation: asked.value.id })
      return ok({ slug: agreement.slug, state: 'consultation' as const, consultation: asked.value.id })
    },
  })

/** The plain question, in each language in which the agreement has a name. */
function plainQuestion(title: Text): Text {
  const words = locales.flatMap((locale) => {
    const name = title[locale]
    return name ? [[locale, m.governance_framework_question({ title: name }, { locale })] as const] : []
  })
  return Text.parse(Object.fromEntries(words))
}

const paperTitle = (title: Text, language: (typeof locales)[number]): string =>
  title[language] ?? Object.values(title).find((words) => typeof words === 'string') ?? ''
