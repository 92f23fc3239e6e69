import { z } from 'zod'
import type { Tx } from '../../../../platform/db/database.ts'
import { itemById } from '../../store/meetings/read-agenda.ts'
import { type Meeting, meetingById } from '../../store/meetings/read-meetings.ts'

/** A meeting as the subject of a command: with whose secretariat it is. */
export interface OpenedMeeting {
  meeting: Meeting
  /** id */
  organisation: string
}

export const Named = z.object({ id: z.uuid() })

/** The meeting that a command names; undefined where the actor may not see it. */
export async function openedMeeting(tx: Tx, { id }: { id: string }): Promise<OpenedMeeting | undefined> {
  const meeting = await meetingById(tx, id)
  return meeting && { meeting, organisation: meeting.body.organisation }
}

/** The item that a command names, with its meeting. */
export async function openedItem(tx: Tx, { id }: { id: string }) {
  const item = await itemById(tx, id)
  const opened = item && (await openedMeeting(tx, { id: item.meeting }))
  return item && opened && { ...opened, item: { ...item, id } }
}
