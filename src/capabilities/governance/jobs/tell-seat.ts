import { z } from 'zod'
import type { Job } from '../../../platform/jobs/job.ts'
import { jobQueue } from '../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../platform/mail/letter.ts'
import type { SeatLetter } from '../letters/consultations.ts'
import { seatBy } from '../rules/judge-mandate.ts'
import { tieById } from '../store/consultations/ties.ts'
import { bodyById } from '../store/read-body.ts'
import { watchPurpose } from '../types/consultations.ts'

const Payload = z.object({ tie: z.uuid(), what: z.enum(['tied', 'untied']) })

/** Tells somebody that they sign in for a seat, or no longer (GOV-1). The address stands in no payload that is kept. */
export const tellSeatJob: Job<z.infer<typeof Payload>> = {
  task: 'governance.tell-seat',
  payload: Payload,
  purpose: watchPurpose,
  async run({ config, transact }, { tie: id, what }) {
    await transact(async (tx) => {
      const tie = await tieById(tx, id)
      const body = tie && (await bodyById(tx, tie.body))
      const seat = body && seatBy(body.profile, tie.key)
      if (!tie || !body || !seat) return
      const letter: SeatLetter = {
        what,
        seat: seat.rule.names,
        body: body.profile.names,
        link: `${config.url}/governance/mine`,
      }
      sendLetter(jobQueue(tx), { to: tie.email, template: 'governance.seat', locale: tie.locale, parameters: letter })
    })
  },
}
