import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, late, ok } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayDecide, mayWithdraw } from '../permissions.ts'
import { endProposal, type Proposal, proposalById } from '../store/edit-proposals.ts'
import { oneVersion } from '../store/edit-read.ts'
import { storeVersion, Version } from './change-service.ts'
import { type TendedCard, tendedById } from './tended-service.ts'

interface ProposedChange extends TendedCard {
  proposal: Proposal
}

async function proposedChange(tx: Tx, id: string): Promise<ProposedChange | undefined> {
  const proposal = await proposalById(tx, id)
  const card = proposal && (await tendedById(tx, proposal.service))
  return card && { ...card, proposal }
}

/** Accepts a proposal: it becomes the next version. `version` is that of the card which the editor compared it with. */
export const acceptProposal = command({
  audit: 'directory.proposal.accept',
  input: z.object({ id: z.uuid(), version: Version }),
  subject: (tx, input) => proposedChange(tx, input.id),
  permission: mayDecide,
  async run(work, input, subject) {
    const { proposal, service } = subject
    if (service.version !== input.version) return conflict({ version: service.version }, m.edit_proposal_moved())
    if (!(await endProposal(work.tx, proposal.id, { state: 'accepted', by: work.actor?.account ?? null })))
      return late(m.edit_proposal_over())
    // who closed or ended the service after the proposal meant it: the words are accepted, the door stays as it is
    const base = await oneVersion(work.tx, service.id, proposal.baseVersion)
    const status = base && base.status !== service.status ? service.status : proposal.status
    return storeVersion(
      work,
      subject,
      { card: proposal.card, status, assured: true },
      input.version,
      `proposal ${proposal.id}`,
    )
  },
})

/** Declines a proposal, with a reason that its author reads. */
export const declineProposal = command({
  audit: 'directory.proposal.decline',
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(3).max(2000) }),
  subject: (tx, input) => proposedChange(tx, input.id),
  permission: mayDecide,
  async run(work, input, { proposal, service }) {
    if (
      !(await endProposal(work.tx, proposal.id, {
        state: 'declined',
        by: work.actor?.account ?? null,
        reason: input.reason,
      }))
    )
      return late(m.edit_proposal_over())
    work.about({ kind: 'directory.service', id: service.id, detail: { proposal: proposal.id } })
    return ok({ slug: service.slug })
  },
})

/** Takes back a proposal that still waits. */
export const withdrawProposal = command({
  audit: 'directory.proposal.withdraw',
  input: z.object({ id: z.uuid() }),
  subject: (tx, input) => proposedChange(tx, input.id),
  permission: mayWithdraw,
  async run(work, _input, { proposal, service }) {
    if (!(await endProposal(work.tx, proposal.id, { state: 'withdrawn', by: work.actor?.account ?? null })))
      return late(m.edit_proposal_over())
    work.about({ kind: 'directory.service', id: service.id, detail: { proposal: proposal.id } })
    return ok({ slug: service.slug })
  },
})
