import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayDraft, mayPropose } from '../../permissions/agreements.ts'
import { isWritable } from '../../rules/agreements/state.ts'
import { newestVersions, proposalsOf, textsOf } from '../../store/agreements/read-texts.ts'
import { answerProposal, saveProposal, saveVersion } from '../../store/agreements/save-agreement.ts'
import { frameworkKind, ScopeOffer } from '../../types/agreements.ts'
import { Slug } from '../../types.ts'
import { openPart } from './opened.ts'

/** Words of a part: one way to write the end of a line, nothing at the end. */
const Words = z
  .string()
  .max(100_000)
  .transform((words) => words.replaceAll(/\r\n?/g, '\n').trimEnd())
  .refine((words) => words.trim() !== '', { error: () => m.form_missing() })

const Version = z.coerce.number().int().min(0).max(2_147_483_647)
const Reason = z.string().trim().min(3).max(2000)

const PartWords = z.object({
  slug: Slug,
  part: Slug,
  /** the body for which it is written */
  as: Slug,
  /** the version on which it was written; 0 where there was none */
  version: Version,
  words: Words,
})

/** Writes the next version of a part (GOV-6). Whoever began with an older one sees both texts, and overwrites nothing. */
export const writePart = command({
  audit: 'governance.framework.write',
  input: PartWords.extend({
    /** the offers in scope, where the part is that annex */
    offers: z.array(ScopeOffer).max(5000).optional(),
    /** needed once a text has gone out */
    reason: Reason.optional(),
    /** the proposal that is taken over with it */
    proposal: z.uuid().optional(),
  }),
  subject: openPart,
  permission: mayDraft,
  async run(work, input, { agreement, part, drafter }) {
    if (!isWritable(agreement.state)) return late(m.governance_framework_settled())
    const newest = (await newestVersions(work.tx, agreement.id)).get(part.slug)
    if ((newest?.number ?? 0) !== input.version)
      return conflict({ version: newest?.number ?? 0, words: newest?.words ?? '', offers: newest?.offers ?? [] })
    if (input.offers && part.kind !== 'offers')
      return invalid({ path: 'offers', message: m.governance_framework_no_offers_here() })
    const wentOut = (await textsOf(work.tx, agreement.id)).length > 0
    if (wentOut && !input.reason) return invalid({ path: 'reason', message: m.governance_framework_reason_needed() })
    const offers = input.offers ?? newest?.offers ?? []
    if (newest && newest.words === input.words && JSON.stringify(newest.offers) === JSON.stringify(offers))
      return invalid({ path: 'words', message: m.governance_framework_nothing_changed() })
    const proposal = input.proposal
      ? (await proposalsOf(work.tx, agreement.id, part.slug)).find(({ id }) => id === input.proposal)
      : undefined
    if (input.proposal && proposal?.state !== 'open') return late(m.governance_framework_answered_already())
    const by = work.actor?.account ?? ''
    const saved = await saveVersion(work.tx, {
      agreement: agreement.id,
      part: part.slug,
      number: input.version + 1,
      words: input.words,
      offers,
      reason: input.reason,
      body: drafter?.id ?? '',
      by,
    })
    if (!saved) return conflict()
    if (proposal && !(await answerProposal(work.tx, proposal.id, { version: saved.id }, by)))
      return late(m.governance_framework_answered_already())
    work.about({
      kind: frameworkKind,
      id: agreement.id,
      detail: { agreement: agreement.slug, part: part.slug, number: input.version + 1 },
    })
    return ok({ slug: agreement.slug, part: part.slug, number: input.version + 1 })
  },
})

/** Proposes words for a part, on behalf of a body that contributes (GOV-6). Whoever drafts it takes them over or says why not. */
export const proposeWords = command({
  audit: 'governance.framework.propose',
  input: PartWords.extend({ reason: Reason }),
  subject: openPart,
  permission: mayPropose,
  async run(work, input, { agreement, part, proposer }) {
    if (!isWritable(agreement.state)) return late(m.governance_framework_settled())
    const newest = (await newestVersions(work.tx, agreement.id)).get(part.slug)
    if (newest?.words === input.words)
      return invalid({ path: 'words', message: m.governance_framework_nothing_changed() })
    const made = await saveProposal(work.tx, {
      agreement: agreement.id,
      part: part.slug,
      basedOn: Math.min(input.version, newest?.number ?? 0),
      words: input.words,
      reason: input.reason,
      body: proposer?.id ?? '',
      by: work.actor?.account ?? '',
    })
    work.about({
      kind: frameworkKind,
      id: agreement.id,
      detail: { agreement: agreement.slug, part: part.slug, proposal: made.id },
    })
    return ok({ slug: agreement.slug, part: part.slug, id: made.id })
  },
})

/** Declines a proposal, with an answer to the body that made it (GOV-6). */
export const declineProposal = command({
  audit: 'governance.framework.decline-proposal',
  input: z.object({ slug: Slug, part: Slug, as: Slug, proposal: z.uuid(), answer: Reason }),
  subject: openPart,
  permission: mayDraft,
  async run(work, input, { agreement, part }) {
    const by = work.actor?.account ?? ''
    const there = await proposalsOf(work.tx, agreement.id, part.slug)
    if (!there.some(({ id }) => id === input.proposal)) return invalid({ path: 'proposal', message: m.form_missing() })
    if (!(await answerProposal(work.tx, input.proposal, { declined: input.answer }, by)))
      return late(m.governance_framework_answered_already())
    work.about({
      kind: frameworkKind,
      id: agreement.id,
      detail: { agreement: agreement.slug, part: part.slug, proposal: input.proposal },
    })
    return ok({ slug: agreement.slug, part: part.slug, id: input.proposal })
  },
})
