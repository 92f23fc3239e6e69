import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepConference } from '../../permissions/forums.ts'
import { conferenceOfProposal, proposalsAt, saveProposal, saveProposalMatter } from '../../store/forums/proposals.ts'
import { conferenceKind, proposalKind } from '../../types/forums.ts'
import { Slug } from '../../types.ts'
import { raiseMatter } from '../matters/raise-matter.ts'
import { shortText } from '../short-text.ts'
import { conferenceOf } from './conference-subject.ts'

/** Enters what somebody proposed at a conference (GOV-10). Who it was stands there only where they want to be named. */
export const propose = command({
  audit: 'governance.conference.propose',
  input: z.object({
    id: z.uuid(),
    title: shortText(300),
    words: shortText(5000).optional(),
    by: z.string().trim().min(1).max(200).optional(),
  }),
  subject: conferenceOf,
  permission: mayKeepConference,
  async run(work, input, { conference }) {
    if (conference.state === 'draft') return late(m.governance_conference_not_announced())
    if (conference.state === 'cancelled') return late(m.governance_conference_called_off())
    const { title, words, by } = input
    const id = await saveProposal(work.tx, {
      conference: conference.id,
      title,
      words,
      by,
      enteredBy: work.actor?.account ?? '',
    })
    work.thread.link({ kind: conferenceKind, id: conference.id }, 'proposes', { kind: proposalKind, id })
    work.about({ kind: proposalKind, id })
    return ok({ id, conference: conference.id })
  },
})

/** Makes a matter of a proposal, for a body of the region (GOV-10). */
export const raiseProposal = command({
  audit: 'governance.conference.raise',
  input: z.object({ id: z.uuid(), body: Slug }),
  async subject(tx, input) {
    const conference = await conferenceOfProposal(tx, input.id)
    const proposal = conference && (await proposalsAt(tx, conference.id)).find(({ id }) => id === input.id)
    return conference && proposal && { conference, proposal, organisation: conference.body.organisation.id }
  },
  permission: mayKeepConference,
  async run(work, input, { conference, proposal }) {
    if (proposal.raised) return late(m.governance_recommendation_raised_already())
    const raised = await raiseMatter(work, {
      body: input.body,
      title: proposal.title,
      words: proposal.words,
      source: 'user-organisation',
      thing: { kind: proposalKind, id: proposal.id },
      sourceName: proposal.by,
    })
    if (raised.is === 'notFound') return invalid({ path: 'body', message: m.governance_wheel_no_body() })
    if (raised.is !== 'ok') return raised
    if (!(await saveProposalMatter(work.tx, proposal.id, raised.value.id)))
      return late(m.governance_recommendation_raised_already())
    work.about({ kind: proposalKind, id: proposal.id })
    return ok({ conference: conference.id, matter: raised.value.id })
  },
})
