import type { TestDatabase } from '../../../test/database.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { giveMandate } from './commands/give-mandate.ts'
import { approveMinutes } from './commands/meetings/approve-minutes.ts'
import { holdMeeting, writeMinutes } from './commands/meetings/hold-meeting.ts'
import { publishAgenda } from './commands/meetings/invite-members.ts'
import { planMeeting } from './commands/meetings/plan-meeting.ts'
import { putOnAgenda } from './commands/meetings/put-on-agenda.ts'
import { does, okValue } from './governance.fixture.ts'
import { attendanceOf } from './store/meetings/read-attendance.ts'

/** A body of the packs that decides by majority, in public, with a chair and six members; two attend without a vote. */
export const committee = 'sozialausschuss'
export const committeeKind = 'hilfen'

/** Gives the committee a chair, members and one attendant. */
export async function seatCommittee(db: TestDatabase, secretary: Actor, members = 4): Promise<void> {
  const seats = ['vorsitz', ...Array.from({ length: members }, (_, at) => `mitglied/${at + 1}`), 'sachkundige/1']
  for (const seat of seats)
    okValue(
      await does(db, secretary, giveMandate, { body: committee, seat, name: `Beispiel ${seat}`, since: '2026-01-01' }),
    )
}

/** A meeting of the committee that is being held, with everybody on its list here, and an item that it decides on. */
export async function heldMeeting(
  db: TestDatabase,
  secretary: Actor,
  more: { day?: string; item?: Record<string, unknown>; body?: string; here?: number } = {},
): Promise<{ id: string; item: string; there: { id: string; name: string; votes: boolean }[] }> {
  const { id } = okValue(
    await does(db, secretary, planMeeting, {
      body: more.body ?? committee,
      day: more.day ?? '2026-11-20',
      begins: '17:00',
      locale: 'de',
      place: 'Rathaus',
    }),
  )
  const item = okValue(
    await does(db, secretary, putOnAgenda, { id, title: 'Abendtermine', kind: committeeKind, ...more.item }),
  )
  okValue(await does(db, secretary, publishAgenda, { id }))
  okValue(await does(db, secretary, holdMeeting, { id }))
  const listed = await db.transact({ actor: secretary.account }, (tx) => attendanceOf(tx, id))
  const attendance = listed.map((one, at) => ({
    id: one.id,
    presence: at < (more.here ?? 99) ? ('present' as const) : ('absent' as const),
  }))
  okValue(await does(db, secretary, writeMinutes, { id, attendance }))
  return { id, item: item.id, there: listed.map(({ id: one, name, votes }) => ({ id: one, name, votes })) }
}

/** Approves the minutes by the chair. */
export async function approved(
  db: TestDatabase,
  secretary: Actor,
  id: string,
  lines: { item: string; words: string }[],
) {
  okValue(await does(db, secretary, writeMinutes, { id, lines }))
  return okValue(await does(db, secretary, approveMinutes, { id, by: 'chair' }))
}
