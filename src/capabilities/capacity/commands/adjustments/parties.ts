import type { Tx } from '../../../../platform/db/database.ts'
import { type Opening, type StoredBody, seatsOn } from '../../../governance/contract.ts'

/**
 * Who is asked by mail in place of a meeting of the body: the organisations that have a voice there, by the rule of their seats or because they hold one on
 * that day. Where none is known, the body itself.
 */
export async function partiesOf(tx: Tx, body: StoredBody, day: string): Promise<Opening['parties']> {
  const seats = (await seatsOn(tx, [body], day)).get(body.id) ?? []
  const organisations = seats
    .filter(({ rule }) => rule.role !== 'attendant')
    .flatMap(({ organisation, standing }) => [
      organisation,
      ...(standing?.holders ?? []).map((holder) => holder.organisation?.slug),
    ])
  const known = [...new Set(organisations.filter((slug) => slug !== undefined))]
  return known.length > 0
    ? known.map((slug) => ({ kind: 'organisation', slug }))
    : [{ kind: 'body', slug: body.profile.slug }]
}
