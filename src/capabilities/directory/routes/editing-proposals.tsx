import { z } from 'zod'
import type { Outcome } from '../../../platform/access/outcome.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { acceptProposal, declineProposal, withdrawProposal } from '../commands/decide-proposal.ts'
import { tendedById } from '../commands/tended-service.ts'
import { mayDecide, mayTend, mayWithdraw } from '../permissions.ts'
import { compareCards } from '../rules/compare.ts'
import { proposalById } from '../store/edit-proposals.ts'
import { ProposalPage } from '../views/edit-proposal.tsx'
import { savedFlash, workPage } from './editing-cards.tsx'

const params = z.object({ id: z.uuid() })

function showProposal(visit: Visit, id: string, state: FormState, trouble?: string): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const proposal = await proposalById(tx, id)
    const subject = proposal && (await tendedById(tx, proposal.service))
    if (!proposal || !subject) return { is: 'notFound' }
    if (!mayTend.may(visit.actor, subject)) return { is: 'forbidden' }
    const differences = proposal.state === 'accepted' ? [] : compareCards(subject.service.card, proposal.card)
    return page(
      m.edit_proposal_title(),
      <ProposalPage
        proposal={proposal}
        service={subject.service}
        differences={differences}
        mayDecide={mayDecide.may(visit.actor, subject)}
        mayWithdraw={mayWithdraw.may(visit.actor, subject)}
        state={state}
        trouble={trouble}
      />,
      { size: 'sm' },
    )
  })
}

const told = (outcome: Exclude<Outcome<unknown>, { is: 'ok' }>): string | undefined =>
  outcome.is === 'conflict' || outcome.is === 'late'
    ? outcome.message
    : outcome.is === 'invalid'
      ? outcome.errors[0]?.message
      : undefined

/** Proposals of providers, and the decision over them (DIR-7). */
export function proposalRoutes(door: Door): void {
  door.page('/directory/proposals/{id}', { ...workPage, params }, (visit) => showProposal(visit, visit.params.id, {}))

  door.form('/directory/proposals/{id}/accept', {
    command: acceptProposal,
    params,
    input: (fields, visit) => ({ id: visit.params.id, version: fields.version }),
    done: (changed) => redirect('/directory', savedFlash(changed, m.edit_accepted_flash())),
    again: (_typed, outcome, visit) =>
      showProposal(visit, visit.params.id, {}, told(outcome) ?? m.edit_proposal_moved()),
  })

  door.form('/directory/proposals/{id}/decline', {
    command: declineProposal,
    params,
    input: (fields, visit) => ({ id: visit.params.id, reason: fields.reason }),
    done: () => redirect('/directory', { kind: 'done', text: m.edit_declined_flash() }),
    again: (typed, outcome, visit) => showProposal(visit, visit.params.id, { typed, outcome }),
  })

  door.form('/directory/proposals/{id}/withdraw', {
    command: withdrawProposal,
    params,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: (result) => redirect(`/directory/services/${result.slug}`, { kind: 'done', text: m.edit_withdrawn_flash() }),
    again: (_typed, outcome, visit) => showProposal(visit, visit.params.id, {}, told(outcome)),
  })
}
