import { z } from 'zod'
import { command, type Work } from '../../../../platform/access/command.ts'
import { conflict, type FieldError, invalid, late, type Outcome, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay, formatList } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { mayKeep } from '../../permissions/agreements.ts'
import { type Hold, holds, mayGoBack, missingOf, turnOf } from '../../rules/agreements/state.ts'
import { decisionsForStep, turnSince } from '../../store/agreements/read-progress.ts'
import { moveAgreement, saveStep } from '../../store/agreements/save-agreement.ts'
import { type FrameworkState, frameworkKind } from '../../types/agreements.ts'
import { decisionKind, Slug } from '../../types.ts'
import { type Opened, openAgreement } from './opened.ts'

/** The agreement, and the version of it that whoever sends this has seen. */
export const Seen = z.object({ slug: Slug, version: z.coerce.number().int().positive().max(2_147_483_647) })

export interface MovedOn {
  slug: string
  state: FrameworkState
}

/** Settles the text after the consultation: from now on bodies agree on exactly this text (GOV-6). */
export const settleText = command({
  audit: 'governance.framework.settle',
  input: Seen,
  subject: openAgreement,
  permission: mayKeep,
  async run(work, input, opened) {
    if (opened.agreement.state !== 'consultation') return late(m.governance_framework_not_now())
    return move(work, input.version, opened, 'on-its-way')
  },
})

/** Notes that the body whose turn it is has agreed, by a decision of its own that is recorded (GOV-6). After the last one the parties ratify. */
export const passStep = command({
  audit: 'governance.framework.step',
  input: z.object({
    slug: Slug,
    /** without it the one recorded decision on which the step can rest */
    decision: z.uuid().optional(),
  }),
  subject: openAgreement,
  permission: mayKeep,
  async run(work, input, opened) {
    const { agreement, progress } = opened
    if (agreement.state !== 'on-its-way') return late(m.governance_framework_not_now())
    const turn = progress.steps.find(({ body }) => body.slug === turnOf(progress))
    if (!turn) return late(m.governance_framework_all_agreed())
    const since = (await turnSince(work.tx, agreement)) ?? agreement.since
    const counted = await decisionsForStep(work.tx, agreement, turn.body.id, since)
    const [only, ...others] = counted
    const chosen =
      input.decision === undefined && others.length === 0 ? only : counted.find(({ id }) => id === input.decision)
    if (!chosen)
      return invalid({
        path: 'decision',
        message: m.governance_framework_no_such_decision({ body: speak(turn.body.names, currentLocale()).words }),
      })
    const by = work.actor?.account ?? ''
    await saveStep(work.tx, { agreement: agreement.id, body: turn.body.id, decision: chosen.id, by })
    work.thread.link({ kind: decisionKind, id: chosen.id }, 'agrees-to', { kind: frameworkKind, id: agreement.id })
    const last = progress.agreed.length + 1 === progress.way.steps.length
    const state = last && progress.way.ratifiedBy.length > 0 ? ('ratification' as const) : agreement.state
    if (state !== agreement.state && !(await moveAgreement(work.tx, agreement, state))) return conflict()
    note(work, opened, { body: turn.body.slug, state })
    return ok<MovedOn>({ slug: agreement.slug, state })
  },
})

/** Brings an agreement into force: only when all parties have ratified, and its first day has come (GOV-6). */
export const bringIntoForce = command({
  audit: 'governance.framework.force',
  input: Seen,
  subject: openAgreement,
  permission: mayKeep,
  async run(work, input, opened) {
    const { agreement } = opened
    const direct = agreement.state === 'on-its-way' && agreement.way.ratifiedBy.length === 0
    if (agreement.state !== 'ratification' && !direct) return late(m.governance_framework_not_now())
    return move(work, input.version, opened, 'in-force', { inForceOn: dayIn(work.now, agreement.timeZone) })
  },
})

/** Takes an agreement back to drafting, with the reason: a party has declined, or the text has to change. What was agreed was agreed on the old text. */
export const returnToDraft = command({
  audit: 'governance.framework.return',
  input: Seen.extend({ reason: z.string().trim().min(3).max(2000) }),
  subject: openAgreement,
  permission: mayKeep,
  async run(work, input, opened) {
    if (!mayGoBack(opened.agreement.state)) return late(m.governance_framework_not_now())
    return move(work, input.version, opened, 'draft', { reason: input.reason })
  },
})

/** Moves an agreement that nothing holds. */
async function move(
  work: Work,
  version: number,
  opened: Opened,
  to: FrameworkState,
  more: { reason?: string; inForceOn?: string } = {},
): Promise<Outcome<MovedOn>> {
  const { agreement, progress } = opened
  if (version !== agreement.version) return conflict({ version: agreement.version, state: agreement.state })
  if (to !== 'draft') {
    const held = holds(progress, dayIn(work.now, agreement.timeZone))
    if (held.length > 0) return invalid(...held.map((hold) => holdInWords(hold, opened)))
  }
  if (!(await moveAgreement(work.tx, agreement, to, more))) return conflict()
  note(work, opened, { state: to })
  return ok({ slug: agreement.slug, state: to })
}

export function note(work: Work, { agreement }: Opened, detail: Record<string, string>): void {
  work.about({ kind: frameworkKind, id: agreement.id, detail: { agreement: agreement.slug, ...detail } })
}

/** What keeps it, and what to do. */
export function holdInWords(hold: Hold, { agreement, progress }: Opened): FieldError {
  const names = (slugs: readonly string[]) =>
    formatList(
      slugs.map((slug) => {
        const body = progress.bodies.get(slug)
        return body ? speak(body.names, currentLocale()).words : slug
      }),
    )
  const words = {
    parts: () =>
      m.governance_framework_hold_parts({
        parts: formatList(
          agreement.rule.parts
            .filter(({ slug }) => progress.missingParts.includes(slug))
            .map((part) => speak(part.names, currentLocale()).words),
        ),
      }),
    consultation: () => m.governance_framework_hold_consultation(),
    steps: () => m.governance_framework_hold_steps({ body: names([turnOf(progress) ?? '']) }),
    ratifications: () => m.governance_framework_hold_ratifications({ bodies: names(missingOf(progress)) }),
    day: () => m.governance_framework_hold_day({ day: formatDay(agreement.since) }),
    over: () => m.governance_framework_hold_over({ day: formatDay(agreement.until) }),
  }
  return { path: '', message: words[hold]() }
}
