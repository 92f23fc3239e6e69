import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../../platform/i18n/text.ts'
import type { End, Told } from '../../../../platform/thread/thread.ts'
import { serviceKind } from '../../../directory/contract.ts'
import { decisionById, scopeAnnexOn } from '../../../governance/contract.ts'
import { stateWords, titleWords } from '../../letters/adjustment-words.ts'
import { findAdjustments, type StoredAdjustment } from './read-adjustment.ts'

/** older changes are in the list of adjustments */
const most = 6

/**
 * What the page of a service tells of who shaped its places (DIR-9): the framework agreement that names its offers today, each change of its places that
 * everybody may read and that was not withdrawn, the latest first, and the decision behind it.
 */
export async function adjustmentsAround(tx: Tx, { kind, id }: End): Promise<Told[]> {
  if (kind !== serviceKind) return []
  return [...(await agreementsAround(tx, id)), ...(await changesAround(tx, id))]
}

async function agreementsAround(tx: Tx, service: string): Promise<Told[]> {
  const offers = await tx.all(
    sql<{ slug: string; names: unknown; pack: string; today: string }>`
      select o.slug, o.names, o.pack, (${tx.now} at time zone coalesce(p.manifest->>'timeZone', 'UTC'))::date::text as today
      from capacity.offer o join packs.pack p on p.id = o.pack where o.service_id = ${service} order by o.slug`,
  )
  const [first] = offers
  const annex = first && (await scopeAnnexOn(tx, first.pack, first.today))
  if (!annex) return []
  return offers
    .filter(({ slug }) => annex.offers.includes(slug))
    .map(({ names }) => ({
      href: `/framework-agreements/${annex.agreement}`,
      label: m.capacity_around_agreement({ offer: speak(Text.parse(names), currentLocale()).words }),
    }))
}

async function changesAround(tx: Tx, service: string): Promise<Told[]> {
  const { adjustments } = await findAdjustments(
    tx,
    { service, published: true, states: ['path-open', 'approval-open', 'cleared', 'in-force', 'declined'] },
    { after: undefined, limit: most },
  )
  const told: Told[] = []
  for (const adjustment of adjustments) {
    told.push({
      href: `/adjustments/${adjustment.id}`,
      label: titleWords(adjustment),
      facts: stateWords(adjustment.state),
    })
    const behind = await behindIt(tx, adjustment)
    if (behind) told.push(behind)
  }
  return told
}

/** The decision that approved or declined it, or the hearing by mail that did. */
async function behindIt(tx: Tx, adjustment: StoredAdjustment): Promise<Told | undefined> {
  const decision = adjustment.decision && (await decisionById(tx, adjustment.decision))
  if (decision)
    return {
      href: `/decisions/${decision.id}`,
      label: m.capacity_around_decision({ adjustment: titleWords(adjustment) }),
      facts: speak(decision.body.names, currentLocale()).words,
    }
  if (!adjustment.consultation) return undefined
  return {
    href: `/consultations/${adjustment.consultation}`,
    label: m.capacity_around_hearing({ adjustment: titleWords(adjustment) }),
  }
}
