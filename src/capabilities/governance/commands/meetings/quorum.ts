import type { Tx } from '../../../../platform/db/database.ts'
import { ruleOn } from '../../store/rules/read-rules.ts'
import { QuorumIs } from '../../types/meetings.ts'
import type { Body } from '../../types.ts'

/** What a meeting needs, by which version of the rule table of its region. */
export interface QuorumInForce {
  is: QuorumIs
  /** id */
  version: string
  /** title of the document behind it */
  source: string
}

/**
 * How many must be at a meeting of this body, by the rule table `quorum` of its region as of the day of the meeting (GOV-3, GOV-12).
 * @returns undefined where the body says it itself, or the region has no such rule on that day
 */
export async function quorumOn(
  tx: Tx,
  { pack, slug, profile }: { pack: string; slug: string; profile: Body },
  day: string,
): Promise<QuorumInForce | undefined> {
  if (profile.quorumIs !== undefined) return undefined
  const rule = await ruleOn(tx, pack, 'quorum', day)
  if (!rule) return undefined
  const said = rule.evaluate({ body: slug, kind: profile.kind ?? null })
  const is = QuorumIs.safeParse(said.is === 'decided' ? said.outputs.present : undefined).data
  return { is: is ?? 'unknown', version: rule.version.id, source: rule.version.source.title }
}
