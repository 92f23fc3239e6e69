import { z } from 'zod'
import { recordEvent } from '../../../platform/audit/record.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import type { JobQueue } from '../../../platform/jobs/queue.ts'
import { waitingSign } from '../rules/supply/waiting-sign.ts'
import { awaitedOffer, endWaitingOf, noteWaitingOf } from '../store/supply/awaited-offer.ts'
import { WaitingEnd, waitingKind } from '../types/places.ts'

const Note = z.object({
  /** id of the place on the list of another part */
  waiting: z.uuid(),
  service: z.uuid(),
  /** id of the organisation that refers */
  organisation: z.uuid(),
  since: z.iso.datetime(),
  left: z.object({ at: z.iso.datetime(), how: WaitingEnd }).optional(),
})
export type WaitingNote = z.infer<typeof Note>

const task = 'capacity.note-waiting'

/** Tells capacity, with the transaction that causes it, that somebody waits for a service, or no longer does (INT-9). Where the service has no places, nothing follows. */
export function noteWaiting(jobs: JobQueue, note: WaitingNote): void {
  jobs.add(task, note)
}

/** Keeps on the list of an offer who waits for its service: under a sign, in whole days (CAP-7). Done twice it is done once. */
export const noteWaitingJob: Job<WaitingNote> = {
  task,
  payload: Note,
  purpose: 'capacity',
  async run({ transact }, note) {
    await transact(async (tx) => {
      const offer = await awaitedOffer(tx, note.service, note.organisation)
      if (!offer) return
      const since = dayIn(new Date(note.since), offer.timeZone)
      const entry = { offer: offer.id, municipality: note.organisation, person: waitingSign(note.waiting), since }
      const id = note.left
        ? await endWaitingOf(tx, { ...entry, on: dayIn(new Date(note.left.at), offer.timeZone), how: note.left.how })
        : await noteWaitingOf(tx, entry)
      if (id === undefined) return
      const act = note.left ? 'capacity.waiting.end' : 'capacity.waiting.start'
      recordEvent(tx, {
        act,
        actor: null,
        origin: 'job',
        outcome: 'done',
        about: { kind: waitingKind, id, detail: { offer: offer.slug } },
      })
    })
  },
}
