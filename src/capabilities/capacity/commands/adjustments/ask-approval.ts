import { z } from 'zod'
import { command, type Work } from '../../../../platform/access/command.ts'
import { conflict, invalid, late, type Outcome, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import {
  bodyBySlug,
  consultationKind,
  decisionKind,
  openConsultation,
  raiseMatter,
} from '../../../governance/contract.ts'
import { questionText, titleText } from '../../letters/adjustment-words.ts'
import { maySteerAdjustment } from '../../permissions/adjustments.ts'
import { isOpen } from '../../rules/adjustments/course.ts'
import { adjustingBodies, adjustmentMatter } from '../../store/adjustments/offer-facts.ts'
import type { StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import {
  saveAsked,
  saveChosenPath,
  saveVerdict,
  type Verdict,
  verdictOf,
} from '../../store/adjustments/save-adjustment.ts'
import { adjustmentKind, PathChoice } from '../../types/adjustments.ts'
import { Slug } from '../../types.ts'
import { heldAdjustment } from './opened.ts'
import { partiesOf } from './parties.ts'

const asked = z.object({
  id: z.uuid(),
  version: z.coerce.number().int().positive().optional(),
  /** slug of the body that is asked */
  body: Slug,
})

/** CAP-3: where the rule of the day is unknown, the secretariat chooses the path, and says why. */
export const choosePath = command({
  audit: 'capacity.adjustment.choose-path',
  input: z.object({
    id: z.uuid(),
    version: z.coerce.number().int().positive().optional(),
    path: PathChoice,
    reason: z.string().trim().min(3).max(2000),
    /** days of hearing by mail, where approval is needed */
    hearingDays: z.coerce.number().int().min(1).max(365).default(14),
  }),
  subject: heldAdjustment,
  permission: maySteerAdjustment,
  async run(work, input, { adjustment }) {
    if (!isOpen('choose-path', adjustment.state)) return late(m.capacity_adjust_path_known())
    if (input.version !== undefined && input.version !== adjustment.version) return conflict(adjustment)
    const approval = input.path === 'approval'
    const state = approval ? 'approval-open' : 'cleared'
    const saved = await saveChosenPath(work.tx, adjustment, {
      state,
      path: {
        path: input.path,
        bodies: approval ? await adjustingBodies(work.tx, adjustment.pack) : [],
        ways: approval ? ['meeting', 'mail'] : [],
        hearingDays: approval ? input.hearingDays : null,
      },
      by: work.actor?.account ?? '',
      reason: input.reason,
    })
    if (!saved) return conflict(adjustment)
    work.about({ kind: adjustmentKind, id: adjustment.id, detail: { path: input.path } })
    return ok({ id: adjustment.id, state })
  },
})

/** CAP-3: brings an adjustment before a body that may approve it, as a matter for a meeting (GOV-2). */
export const askMeeting = command({
  audit: 'capacity.adjustment.ask-meeting',
  input: asked,
  subject: heldAdjustment,
  permission: maySteerAdjustment,
  async run(work, input, { adjustment }) {
    const refused = mayAsk(adjustment, input, 'meeting')
    if (refused) return refused
    const raised = await raiseMatter(work, {
      body: input.body,
      kind: await adjustmentMatter(work.tx, adjustment.pack),
      title: titleText(adjustment),
      words: questionText(adjustment),
      source: 'adjustment',
      thing: { kind: adjustmentKind, id: adjustment.id },
    })
    if (raised.is !== 'ok') return raised
    if (!(await saveAsked(work.tx, adjustment, { way: 'meeting', matter: raised.value.id })))
      return conflict(adjustment)
    work.about({ kind: adjustmentKind, id: adjustment.id, detail: { body: input.body, matter: raised.value.id } })
    return ok({ id: adjustment.id, matter: raised.value.id })
  },
})

/** CAP-3: asks a body by mail, with the days of hearing that the rule gives (GOV-5). Nothing takes effect before the hearing has closed. */
export const askByMail = command({
  audit: 'capacity.adjustment.ask-mail',
  input: asked,
  subject: heldAdjustment,
  permission: maySteerAdjustment,
  async run(work, input, { adjustment }) {
    const refused = mayAsk(adjustment, input, 'mail')
    if (refused) return refused
    const body = await bodyBySlug(work.tx, input.body)
    if (!body) return { is: 'notFound' }
    const opened = await openConsultation(work, {
      body: input.body,
      title: titleText(adjustment),
      question: questionText(adjustment),
      parties: await partiesOf(work.tx, body, dayIn(work.now, adjustment.timeZone)),
      ...(adjustment.hearingDays === undefined ? {} : { days: adjustment.hearingDays }),
      subject: { kind: adjustmentKind, id: adjustment.id },
      // biome-ignore lint/suspicious/noThenProperty: the name of governance for the job that follows
      then: 'capacity.adjustment-heard',
    })
    if (opened.is !== 'ok') return opened
    if (opened.value.lastDay >= adjustment.effectOn)
      return invalid({
        path: 'body',
        message: m.capacity_adjust_hearing_late({
          closes: formatDay(opened.value.lastDay),
          effect: formatDay(adjustment.effectOn),
        }),
      })
    if (!(await saveAsked(work.tx, adjustment, { way: 'mail', consultation: opened.value.id })))
      return conflict(adjustment)
    work.about({ kind: adjustmentKind, id: adjustment.id, detail: { body: input.body, consultation: opened.value.id } })
    return ok({ id: adjustment.id, consultation: opened.value.id, lastDay: opened.value.lastDay })
  },
})

/** Takes over what a body has decided: by its decision about the matter, or by the confirmed result of the hearing (CAP-3). */
export const takeVerdict = command({
  audit: 'capacity.adjustment.take-verdict',
  input: z.object({ id: z.uuid() }),
  subject: heldAdjustment,
  permission: maySteerAdjustment,
  async run(work, _input, { adjustment }) {
    if (!isOpen('record-approval', adjustment.state)) return late(m.capacity_adjust_no_approval_open())
    const verdict = await verdictOf(work.tx, adjustment.id)
    if (!verdict) return late(m.capacity_adjust_no_verdict())
    if (!(await enterVerdict(work, adjustment, verdict))) return conflict(adjustment)
    work.about({ kind: adjustmentKind, id: adjustment.id, detail: { outcome: verdict.outcome } })
    return ok({ id: adjustment.id, outcome: verdict.outcome })
  },
})

/** Stores a verdict, with its place in the thread, and tells everybody. @returns false where it was taken over already */
export async function enterVerdict(
  work: Pick<Work, 'tx' | 'thread' | 'jobs'>,
  adjustment: StoredAdjustment,
  verdict: Verdict,
): Promise<boolean> {
  if (!(await saveVerdict(work.tx, adjustment.id, verdict))) return false
  const end = verdict.decision
    ? { kind: decisionKind, id: verdict.decision }
    : adjustment.consultation && { kind: consultationKind, id: adjustment.consultation }
  const relation = verdict.outcome === 'agreed' ? 'approved-by' : 'declined-by'
  if (end) work.thread.link({ kind: adjustmentKind, id: adjustment.id }, relation, end)
  const occasion = verdict.outcome === 'agreed' ? 'approved' : 'declined'
  work.jobs.add('capacity.adjustment-tell', { adjustment: adjustment.id, occasion })
  return true
}

/** Why a body cannot be asked now; undefined where it can. */
function mayAsk(
  adjustment: StoredAdjustment,
  input: z.output<typeof asked>,
  way: 'meeting' | 'mail',
): Outcome<never> | undefined {
  if (!isOpen(way === 'mail' ? 'ask-by-mail' : 'ask-meeting', adjustment.state))
    return late(m.capacity_adjust_no_approval_open())
  if (input.version !== undefined && input.version !== adjustment.version) return conflict(adjustment)
  if (!adjustment.bodies.includes(input.body) || !adjustment.ways.includes(way))
    return invalid({ path: 'body', message: m.capacity_adjust_wrong_body() })
  return undefined
}
