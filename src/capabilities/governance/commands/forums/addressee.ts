import type { Tx } from '../../../../platform/db/database.ts'
import { recommendationById } from '../../store/forums/recommendations.ts'
import { bodyBySlug } from '../../store/read-body.ts'

/** A recommendation with one of the bodies that got it, as commands load it; undefined where that body did not. */
export async function addresseeOf(
  tx: Tx,
  { recommendation: id, body: slug }: { recommendation: string; body: string },
) {
  const [recommendation, body] = await Promise.all([recommendationById(tx, id), bodyBySlug(tx, slug)])
  const addressee = recommendation?.to.find((one) => one.id === body?.id)
  return recommendation && body && addressee && { recommendation, body, addressee, organisation: body.organisation.id }
}
