import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { type FieldError, invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { judgeLimit, type LimitMistake } from '../../rules/meetings/delegation.ts'
import { judgeVotes, type VoteMistake } from '../../rules/meetings/votes.ts'
import { matterById } from '../../store/matters/read-matters.ts'
import { saveStep } from '../../store/matters/save-matter.ts'
import { delegationsTo } from '../../store/meetings/delegations.ts'
import { attendanceOf, conflictsOf, isDecided, quorumOf } from '../../store/meetings/read-attendance.ts'
import { saveItemDecision } from '../../store/meetings/save-minutes.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { matterKind } from '../../types/matters.ts'
import { Amount, Currency, meetingKind, Vote } from '../../types/meetings.ts'
import { DecidesBy, DecisionOutcome, DecisionSubject, decisionKind } from '../../types.ts'
import { enterDecision } from '../record-decision.ts'
import { Named, openedItem } from './opened-meeting.ts'

/**
 * GOV-3: enters what was decided on an item, with the votes or by consensus. Who is absent or has a conflict of interest has no vote; too few
 * decide nothing; a body with limits stays within them (GOV-14). The matter goes on, and the decision stands in the thread (GOV-2, GOV-4).
 */
export const decideItem = command({
  audit: 'governance.item.decide',
  input: Named.extend({
    how: DecidesBy,
    outcome: DecisionOutcome,
    title: z.string().trim().min(1).max(300),
    words: z.string().trim().min(1).max(20_000).optional(),
    number: z.string().trim().min(1).max(40).optional(),
    /** by id of who votes; none where nobody voted one by one */
    votes: z
      .array(z.object({ attendant: z.uuid(), vote: Vote }))
      .max(500)
      .default([]),
    amount: Amount.optional(),
    currency: Currency.optional(),
    subject: DecisionSubject.optional(),
  }),
  subject: openedItem,
  permission: mayKeepMeetings,
  async run(work, input, { meeting, item }) {
    if (meeting.state !== 'held') return late(m.governance_minutes_not_open())
    if (await isDecided(work.tx, item.id)) return late(m.governance_item_decided())
    const { kind } = item
    if (kind === undefined) return invalid({ path: 'outcome', message: m.governance_item_not_decidable() })
    const votes = new Map(input.votes.map(({ attendant, vote }) => [attendant, vote]))
    if (votes.size < input.votes.length) return invalid({ path: 'votes', message: m.governance_voted_twice() })
    const day = dayIn(meeting.startsAt, meeting.body.timeZone)
    const [there, conflicts, { quorum }, delegations, body] = await Promise.all([
      attendanceOf(work.tx, meeting.id),
      conflictsOf(work.tx, meeting.id),
      quorumOf(work.tx, meeting.id),
      delegationsTo(work.tx, meeting.body.id),
      bodyBySlug(work.tx, meeting.body.slug),
    ])
    if (!body) return { is: 'notFound' }
    const stoodBack = new Set((conflicts.get(item.id) ?? []).map(({ attendant }) => attendant))
    const entitled = there
      .filter((one) => one.votes && (one.presence === 'present' || one.presence === 'proxy') && !stoodBack.has(one.id))
      .map(({ id }) => id)
    const mistakes = judgeVotes({
      rule: body.profile.decidesBy,
      how: input.how,
      quorum,
      outcome: input.outcome,
      entitled,
      votes,
    })
    if (mistakes.length > 0) return invalid(...mistakes.map(inWords))
    const limits = delegations.filter(({ since, until }) => since <= day && (until === undefined || day <= until))
    const beyond =
      input.outcome === 'agreed'
        ? judgeLimit(delegations.length > 0, limits, { kind, amount: input.amount, currency: input.currency })
        : undefined
    if (beyond) return invalid(limitInWords(beyond))
    const { title, words } = input
    const entered = await enterDecision(work, body, {
      matter: kind,
      number: input.number,
      decidedOn: day,
      outcome: input.outcome,
      title: { [meeting.locale]: title },
      words: words === undefined ? undefined : { [meeting.locale]: words },
      subject: input.subject,
    })
    if (entered.is !== 'ok') return entered
    const decision = entered.value
    const saved = await saveItemDecision(work.tx, {
      item: item.id,
      decision: decision.id,
      how: input.how,
      votes,
      amount: input.amount,
      currency: input.amount === undefined ? undefined : input.currency,
    })
    if (!saved) return late(m.governance_item_decided())
    const matter = item.matter === undefined ? undefined : await matterById(work.tx, item.matter)
    if (matter && (matter.state === 'on-agenda' || matter.state === 'prepared')) {
      const postponed = input.outcome === 'postponed'
      const moved = await saveStep(work.tx, {
        matter: matter.id,
        from: matter.state,
        deed: postponed ? 'postponed' : 'decided',
        body: meeting.body.id,
        meeting: meeting.id,
        decision: postponed ? undefined : decision.id,
        words: postponed ? title : undefined,
        by: work.actor?.account ?? '',
      })
      if (!moved) return late(m.governance_matter_moved())
      if (matter.published)
        work.thread.link({ kind: matterKind, id: matter.id }, 'decided-by', { kind: decisionKind, id: decision.id })
    }
    work.about({ kind: meetingKind, id: meeting.id, detail: { position: item.position, decision: decision.id } })
    return ok({ id: item.id, meeting: meeting.id, decision: decision.id, number: decision.number })
  },
})

function inWords(mistake: VoteMistake): FieldError {
  switch (mistake) {
    case 'no-quorum':
      return { path: 'outcome', message: m.governance_no_quorum() }
    case 'other-way':
      return { path: 'how', message: m.governance_other_way() }
    case 'not-carried':
      return { path: 'outcome', message: m.governance_not_carried() }
    case 'may-not-vote':
      return { path: 'votes', message: m.governance_may_not_vote() }
  }
}

function limitInWords(mistake: LimitMistake): FieldError {
  switch (mistake) {
    case 'nothing-delegated':
      return { path: 'outcome', message: m.governance_nothing_delegated() }
    case 'no-amount':
      return { path: 'amount', message: m.governance_amount_missing() }
    case 'other-currency':
      return { path: 'currency', message: m.governance_other_currency() }
    case 'beyond':
      return { path: 'amount', message: m.governance_beyond_limit() }
  }
}
