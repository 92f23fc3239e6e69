import { z } from 'zod'
import { command, type Work } from '../../../platform/access/command.ts'
import { type FieldError, invalid, ok } from '../../../platform/access/outcome.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { entersAs, mayRecord } from '../permissions.ts'
import { judgeDecision, type Mistake, matterOf } from '../rules/judge-decision.ts'
import { delegationsTo } from '../store/meetings/delegations.ts'
import { bodyBySlug, type StoredBody } from '../store/read-body.ts'
import type { Decision } from '../store/read-decisions.ts'
import { saveDecision } from '../store/save-decision.ts'
import { Day, DecisionOutcome, DecisionSubject, decisionKind, type Entered, Slug } from '../types.ts'
import { shortText } from './short-text.ts'

/** What is recorded of a decision. */
export const DecisionFields = z.object({
  matter: Slug,
  /** without a number it gets the next free one of its year */
  number: z.string().trim().min(1).max(40).optional(),
  decidedOn: Day,
  outcome: DecisionOutcome,
  title: shortText(300),
  words: shortText(20_000).optional(),
  /** only where the matter is about people */
  subject: DecisionSubject.optional(),
})

export interface RecordedDecision {
  id: string
  number: string
  body: string
  aboutPerson: boolean
}

/** Records what a body decided on a matter that it may decide on (GOV-4). One about a person is read through a grant alone (GOV-13). */
export const recordDecision = command({
  audit: 'governance.decision.record',
  input: DecisionFields.extend({ body: Slug }),
  async subject(tx, input) {
    const body = await bodyBySlug(tx, input.body)
    return (
      body && {
        body,
        organisation: body.organisation.id,
        aboutPerson: matterOf(body.profile, input.matter)?.aboutPeople ?? false,
      }
    )
  },
  permission: mayRecord,
  async run(work, input, { body }) {
    // GOV-14: within a limit is decided where the limit is looked at
    if ((await delegationsTo(work.tx, body.id)).length > 0)
      return invalid({ path: 'matter', message: m.governance_decide_at_meeting() })
    return enterDecision(work, body, input)
  },
})

/**
 * Judges and stores a decision, also one that takes the place of a `former` one.
 * @param as how it is entered, where a command with a permission of its own has settled that
 */
export async function enterDecision(
  work: Work,
  body: StoredBody,
  input: z.output<typeof DecisionFields>,
  former?: Decision,
  as?: Entered,
) {
  const mistakes = judgeDecision(body.profile, input, dayIn(work.now, body.timeZone), former)
  if (mistakes.length > 0) return invalid(...mistakes.map(inWords))
  const aboutPerson = matterOf(body.profile, input.matter)?.aboutPeople ?? false
  const entered = as ?? entersAs(work.actor, { organisation: body.organisation.id, aboutPerson })
  if (!work.actor || !entered) throw new Error('a decision passed the permission and nobody enters it')
  const saved = await saveDecision(work.tx, {
    body: body.id,
    number: input.number,
    decidedOn: input.decidedOn,
    matter: input.matter,
    outcome: input.outcome,
    title: input.title,
    words: input.words,
    aboutPerson,
    subject: input.subject,
    entered,
    by: work.actor.account,
    supersedes: former?.id,
  })
  if (!saved) return invalid({ path: 'number', message: m.governance_number_taken() })
  work.about({ kind: decisionKind, id: saved.id, detail: { body: body.profile.slug, entered } })
  return ok<RecordedDecision>({ ...saved, body: body.profile.slug, aboutPerson })
}

function inWords(mistake: Mistake): FieldError {
  switch (mistake) {
    case 'not-entitled':
      return { path: 'matter', message: m.governance_not_entitled() }
    case 'future':
      return { path: 'decidedOn', message: m.governance_future() }
    case 'public-subject':
      return { path: 'subject.id', message: m.governance_public_subject() }
    case 'other-publicity':
      return { path: 'matter', message: m.governance_other_publicity() }
  }
}
