import type { Tx } from '../../../../platform/db/database.ts'
import { groupsSetUp } from '../../store/forums/groups.ts'
import { bodyBySlug } from '../../store/read-body.ts'

/** A group that was set up here, as commands about it load it; undefined for all other bodies. */
export async function groupBySlug(tx: Tx, slug: string) {
  const group = await bodyBySlug(tx, slug)
  const [own] = group ? await groupsSetUp(tx, [group.id]) : []
  const adHoc = group?.profile.adHoc
  return group && own && adHoc && { group, adHoc, founder: own.setUpBy, organisation: group.organisation.id }
}
