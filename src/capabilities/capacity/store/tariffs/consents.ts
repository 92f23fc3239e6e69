import { sql } from 'kysely'
import { query, type Tx } from '../../../../platform/db/database.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import {
  bodyBySlug,
  type Decision,
  decisionById,
  publicDecisions,
  type StoredBody,
} from '../../../governance/contract.ts'
import type { TariffRule } from '../../types/tariffs.ts'
import type { Consent } from './read-sheets.ts'

/** A consent to another occupancy of an offer, with the decision that gave it as far as the reader may see it. */
export interface GivenConsent extends Consent {
  decided: Decision | undefined
}

/** What bodies have consented to for an offer (id), newest first. */
export async function consentsOf(tx: Tx, offer: string): Promise<GivenConsent[]> {
  const rows = await tx.all(
    query
      .selectFrom('capacity.tariff_consent')
      .select(['from_year as fromYear', 'until_year as untilYear', 'least', 'most', 'decision_id as decision'])
      .where('offer_id', '=', offer)
      .orderBy('from_year', 'desc')
      .orderBy('id', 'desc'),
  )
  return Promise.all(rows.map(async (row) => ({ ...row, decided: await decisionById(tx, row.decision) })))
}

/** Who may consent, and on which of their matters (name). */
export interface Consenting {
  body: StoredBody
  matter: Text
  /** decisions by which they have, newest first */
  decisions: Decision[]
}

/** Bodies that may consent by a rule, with their decisions that agree and stand. */
export async function consentingBodies(tx: Tx, { consentBy }: TariffRule): Promise<Consenting[]> {
  const found = await Promise.all(
    consentBy.map(async ({ body: slug, matter }): Promise<Consenting | undefined> => {
      const body = await bodyBySlug(tx, slug)
      const named = body?.profile.decidesOn.find((one) => one.slug === matter)
      if (!body || !named) return undefined
      const { decisions } = await publicDecisions(tx, { body: body.id }, { after: undefined, limit: 60 })
      return {
        body,
        matter: named.names,
        decisions: decisions.filter(
          (decision) => decision.outcome === 'agreed' && decision.matter.slug === matter && !decision.superseded,
        ),
      }
    }),
  )
  return found.filter((one) => one !== undefined)
}

/** A figure of an open collection that needs a consent before it becomes a tariff. */
export interface WantedConsent {
  offer: string
  names: Text
  year: number
  occupancy: string
}

/** Occupancy outside the bounds in the workbooks of open collections of these regions, to which no body has consented. As far as the reader may see them. */
export async function wantedConsents(tx: Tx, packs: readonly string[]): Promise<WantedConsent[]> {
  if (packs.length === 0) return []
  return tx.all(sql<WantedConsent>`select o.slug as offer, o.names, c.year, l.occupancy
    from capacity.collection c join capacity.collection_part p on p.collection_id = c.id
    cross join lateral (select u.id from capacity.collection_upload u where u.part_id = p.id and u.accepted order by u.sent_at desc, u.id desc limit 1) holds
    join capacity.collection_offer l on l.upload_id = holds.id join capacity.offer o on o.id = l.offer_id
    join capacity.tariff_rule r on r.pack = c.pack and c.year >= r.from_year and (r.until_year is null or c.year <= r.until_year)
    where c.state = 'open' and c.pack = any (${[...packs]}::text[])
      and l.occupancy not between case when o.paragraph = any (r.short_paragraphs) then r.short_least else r.occupancy_least end
        and case when o.paragraph = any (r.short_paragraphs) then r.short_most else r.occupancy_most end
      and not exists (select from capacity.tariff_consent n where n.offer_id = o.id and c.year between n.from_year and n.until_year
        and l.occupancy between n.least and n.most and capacity.consents(n.decision_id, r.profile))
    order by o.slug limit 200`)
}
