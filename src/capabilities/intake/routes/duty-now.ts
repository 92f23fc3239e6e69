import { isOfficeOpen, opensNext } from '../../../platform/calendar/office-hours.ts'
import type { Course } from '../store/procedure.ts'
import type { DutyNow } from '../views/duty-note.tsx'

/** Who answers day and night, and whether the offices of a region are open at this moment (INT-3). */
export function dutyNow({ procedure, place }: Course, now: Date): DutyNow {
  const open = isOfficeOpen(procedure.officeHours, now, place)
  return {
    duty: procedure.duty,
    open,
    opensNext: open ? undefined : opensNext(procedure.officeHours, now, place),
    timeZone: place.timeZone,
  }
}
