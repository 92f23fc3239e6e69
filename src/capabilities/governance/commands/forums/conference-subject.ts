import type { Tx } from '../../../../platform/db/database.ts'
import { conferenceById } from '../../store/forums/conferences.ts'

/** A conference, as commands about it load it. */
export async function conferenceOf(tx: Tx, { id }: { id: string }) {
  const conference = await conferenceById(tx, id)
  return conference && { conference, organisation: conference.body.organisation.id }
}
