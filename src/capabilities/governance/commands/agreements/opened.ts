import type { Tx } from '../../../../platform/db/database.ts'
import type { SpokenFor } from '../../permissions/agreements.ts'
import { draftersOf } from '../../rules/agreements/state.ts'
import { type Agreement, holdAgreement } from '../../store/agreements/read-agreement.ts'
import { type NamedBody, type Progress, progressOf } from '../../store/agreements/read-progress.ts'
import type { FrameworkPart } from '../../types/agreements.ts'

/** An agreement that a command works on: others wait until it is done. */
export interface Opened {
  agreement: Agreement
  progress: Progress
  /** id of the organisation that keeps it */
  organisation: string
}

/** Opens an agreement for a command; undefined where there is none. */
export async function openAgreement(tx: Tx, { slug }: { slug: string }): Promise<Opened | undefined> {
  const agreement = await holdAgreement(tx, slug)
  return agreement && { agreement, progress: await progressOf(tx, agreement), organisation: agreement.organisation }
}

export interface OpenedPart extends Opened {
  part: FrameworkPart
  /** for whom the actor writes: the body they name, or the first that they may speak for */
  drafter: (NamedBody & SpokenFor) | undefined
  proposer: (NamedBody & SpokenFor) | undefined
}

/**
 * Opens a part for a command. @param speaks does whoever acts speak for this body
 * @returns undefined where there is no such agreement or part
 */
export async function openPart(
  tx: Tx,
  input: { slug: string; part: string; as?: string | undefined },
): Promise<OpenedPart | undefined> {
  const opened = await openAgreement(tx, input)
  const part = opened?.agreement.rule.parts.find(({ slug }) => slug === input.part)
  if (!opened || !part) return undefined
  const { agreement, progress } = opened
  const drafters = draftersOf(agreement.rule, part)
  const proposers = [...new Set([...agreement.rule.contributors, ...drafters])]
  const named = (slugs: readonly string[]) =>
    input.as !== undefined && slugs.includes(input.as) ? progress.bodies.get(input.as) : undefined
  return { ...opened, part, drafter: named(drafters), proposer: named(proposers) }
}
