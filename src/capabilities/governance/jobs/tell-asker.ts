import { z } from 'zod'
import { Locale, speak } from '../../../platform/i18n/text.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import { jobQueue } from '../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../platform/mail/letter.ts'
import { questionById } from '../store/questions/read-questions.ts'
import { askerOf } from '../store/questions/save-question.ts'

const Payload = z.object({ question: z.uuid() })

/** Tells whoever asked that their question is answered (GOV-16). Whoever closed their account is told nothing. */
export const tellAskerJob: Job<z.output<typeof Payload>> = {
  task: 'governance.tell-asker',
  payload: Payload,
  purpose: 'governance',
  async run({ config, transact }, payload) {
    await transact(async (tx) => {
      const question = await questionById(tx, payload.question)
      const asker = question && (await askerOf(tx, question.id))
      if (!question || !asker) return
      const locale = Locale.safeParse(asker.locale).data ?? speak(question.title, 'en').locale
      sendLetter(jobQueue(tx), {
        to: asker.email,
        template: 'governance.question-answered',
        locale,
        parameters: {
          reference: question.reference,
          title: speak(question.title, locale).words,
          link: `${config.url}/rulings/${question.id}`,
        },
      })
    })
  },
}
