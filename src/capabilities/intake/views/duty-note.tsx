import { formatMoment } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { dial } from '../../../platform/ui/header.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { DangerSign, IntakeProcedure } from '../types.ts'
import { CallFirst, told } from './ask-parts.tsx'

/** Who answers day and night, and whether an office is open now (INT-3). */
export interface DutyNow {
  duty: IntakeProcedure['duty']
  open: boolean
  opensNext: Date | undefined
  timeZone: string
}

/**
 * In an emergency: who is on duty, at once, and the number while the office is closed (INT-3).
 * @param heading where nobody knows whether it is one
 */
export function DutyNote({
  duty: { duty, open, opensNext, timeZone },
  dangers,
  region,
  heading = m.intake_ask_duty_heading(),
}: {
  duty: DutyNow
  dangers: readonly DangerSign[]
  region: Region | undefined
  heading?: string
}) {
  return (
    <CallFirst region={region} dangers={dangers} except={duty.phone} heading={heading}>
      <p>
        {open
          ? m.intake_ask_duty_open()
          : opensNext
            ? m.intake_ask_duty_closed({ when: formatMoment(opensNext, timeZone) })
            : m.intake_ask_duty_shut()}
      </p>
      <p>
        {m.intake_ask_duty_who()} <Words of={told(duty.label, region)} plain />
        {duty.phone ? (
          <>
            :{' '}
            <a class="ln-link" href={dial(duty.phone)}>
              <strong class="ln-num">{duty.phone}</strong>
            </a>
          </>
        ) : null}
        {duty.example ? ` (${m.ui_example_number()})` : null}
      </p>
    </CallFirst>
  )
}
