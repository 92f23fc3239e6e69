import { z } from 'zod'
import { command, nothingStored } from '../../platform/access/command.ts'
import { signedIn } from '../../platform/access/permission.ts'
import { openConsultation } from './commands/consultations/send-consultation.ts'
import { consultPurpose } from './types/consultations.ts'

/**
 * A step of another part that asks parties on behalf of a body, as an adjustment of places does: whoever acts keeps no secretariat of it.
 * @param purpose errand of the step
 */
export const askAbout = (purpose: string | undefined = consultPurpose) =>
  command({
    audit: 'capacity.step.ask',
    ...(purpose === undefined ? {} : { purpose }),
    input: z.object({ kind: z.string(), id: z.uuid(), parties: z.array(z.string()) }),
    subject: nothingStored,
    permission: signedIn,
    run: (work, { kind, id, parties }) =>
      openConsultation(work, {
        body: 'dassos',
        title: { da: 'Otte pladser færre på Hedelyset' },
        question: { da: 'Kan tilbuddet få otte pladser færre?' },
        parties: parties.map((slug) => ({ kind: 'organisation', slug })),
        subject: { kind, id },
        // biome-ignore lint/suspicious/noThenProperty: the name of governance for the job that follows
        then: 'capacity.step-heard',
      }),
  })
