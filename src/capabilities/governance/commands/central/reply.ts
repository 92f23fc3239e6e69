import { z } from 'zod'
import { command, type Work } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeepRequest } from '../../permissions/central.ts'
import { judgeReply } from '../../rules/central/judge-answers.ts'
import { centralRequestById, progressOf, replyTo } from '../../store/central/read-central.ts'
import { approvesReply, saveApproval, saveReply, saveSending } from '../../store/central/save-central.ts'
import { decidesAbout } from '../../store/matters/decided-about.ts'
import { decisionById } from '../../store/read-decisions.ts'
import { type CentralRequest, centralRequestKind } from '../../types/central.ts'
import { decisionKind } from '../../types.ts'
import { shortText } from '../short-text.ts'

async function kept(tx: Tx, { id }: { id: string }) {
  const request = await centralRequestById(tx, id)
  return request && { request, reply: await replyTo(tx, id), organisation: request.body.organisation }
}

const about = (work: Work, request: CentralRequest, detail: Record<string, string | number>) =>
  work.about({ kind: centralRequestKind, id: request.id, detail })

const words = {
  'no-reply': m.governance_central_no_reply,
  approved: m.governance_central_approved,
  'not-approved': m.governance_central_not_approved,
  sent: m.governance_central_sent_already,
} as const

/** Writes the joint answer, or writes it anew until it is approved; it says how many municipalities are missing (GOV-15). */
export const writeCentralReply = command({
  audit: 'governance.central-request.write-reply',
  input: z.object({ id: z.uuid(), words: shortText(100_000) }),
  subject: kept,
  permission: mayKeepRequest,
  async run(work, input, { request, reply }) {
    const wrong = judgeReply('write', reply)
    const missing = (await progressOf(work.tx, request.id)).filter(({ sentAt }) => !sentAt).length
    const by = work.actor?.account ?? ''
    if (wrong || !(await saveReply(work.tx, { request: request.id, words: input.words, missing, by })))
      return late(words[wrong ?? 'approved']())
    about(work, request, { missing })
    return ok({ id: request.id, missing })
  },
})

/** Ties the joint answer to the decision by which its body approves it (GOV-15). From then on everybody reads it and nothing changes. */
export const approveCentralReply = command({
  audit: 'governance.central-request.approve-reply',
  input: z.object({ id: z.uuid(), decision: z.uuid() }),
  subject: kept,
  permission: mayKeepRequest,
  async run(work, input, { request, reply }) {
    const wrong = judgeReply('approve', reply)
    if (wrong) return late(words[wrong]())
    const decision = await decisionById(work.tx, input.decision)
    const stands =
      decision?.body.id === request.body.id &&
      decision.outcome === 'agreed' &&
      !decision.aboutPerson &&
      !decision.superseded
    if (!decision || !stands) return invalid({ path: 'decision', message: m.governance_central_no_decision() })
    if (decision.decidedOn < request.askedOn)
      return invalid({ path: 'decision', message: m.governance_central_decision_before() })
    if (!(await decidesAbout(work.tx, decision.id, { kind: centralRequestKind, id: request.id })))
      return invalid({ path: 'decision', message: m.governance_central_other_matter() })
    if (await approvesReply(work.tx, decision.id))
      return invalid({ path: 'decision', message: m.governance_central_approves_another() })
    if (!(await saveApproval(work.tx, request.id, decision.id))) return late(m.governance_central_approved())
    work.thread.link({ kind: decisionKind, id: decision.id }, 'approves', { kind: centralRequestKind, id: request.id })
    about(work, request, { decision: decision.number })
    return ok({ id: request.id })
  },
})

/** Sends the approved joint answer to whoever asked: a letter with the paper as PDF behind its link (GOV-15). */
export const sendCentralReply = command({
  audit: 'governance.central-request.send-reply',
  input: z.object({ id: z.uuid() }),
  subject: kept,
  permission: mayKeepRequest,
  async run(work, _input, { request, reply }) {
    const wrong = judgeReply('send', reply)
    if (wrong || !(await saveSending(work.tx, request.id))) return late(words[wrong ?? 'sent']())
    work.jobs.add('governance.send-central-reply', { request: request.id })
    about(work, request, { to: 'the board that asked' })
    return ok({ id: request.id })
  },
})
