import { z } from 'zod'
import { command, type Work } from '../../../platform/access/command.ts'
import { type FieldError, invalid, late, ok } from '../../../platform/access/outcome.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { entersAs, mayRecord } from '../permissions.ts'
import { judgeDecision, type Mistake, matterOf } from '../rules/judge-decision.ts'
import { stateAfter } from '../rules/matters/path.ts'
import { matterById, type StoredMatter } from '../store/matters/read-matters.ts'
import { saveStep } from '../store/matters/save-matter.ts'
import { delegationsTo } from '../store/meetings/delegations.ts'
import { bodyBySlug, type StoredBody } from '../store/read-body.ts'
import type { Decision } from '../store/read-decisions.ts'
import { saveDecision } from '../store/save-decision.ts'
import { matterKind } from '../types/matters.ts'
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
  input: DecisionFields.extend({
    body: Slug,
    /** id of the matter that it decides, where one is on its way (GOV-2) */
    on: z.uuid().optional(),
  }),
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
    const matter = input.on === undefined ? undefined : await matterById(work.tx, input.on)
    if (input.on !== undefined && !decidable(matter, body))
      return invalid({ path: 'matter', message: m.governance_matter_not_here() })
    const entered = await enterDecision(work, body, input)
    if (entered.is !== 'ok' || !matter) return entered
    return (await moveOn(work, matter, input, entered.value)) ? entered : late(m.governance_matter_moved())
  },
})

/** Is the matter with this body, so that a decision ends it? */
const decidable = (matter: StoredMatter | undefined, body: StoredBody): boolean =>
  matter?.body.id === body.id && stateAfter(matter.state, 'decided') !== undefined

/** Takes a matter on by what was decided on it. @returns false where it moved meanwhile */
async function moveOn(
  work: Work,
  matter: StoredMatter,
  { outcome, title }: z.output<typeof DecisionFields>,
  decision: RecordedDecision,
): Promise<boolean> {
  const postponed = outcome === 'postponed'
  if (matter.published)
    work.thread.link({ kind: matterKind, id: matter.id }, 'decided-by', { kind: decisionKind, id: decision.id })
  return saveStep(work.tx, {
    matter: matter.id,
    from: matter.state,
    deed: postponed ? 'postponed' : 'decided',
    body: matter.body.id,
    decision: postponed ? undefined : decision.id,
    words: postponed ? speak(title, work.locale).words : undefined,
    by: work.actor?.account ?? '',
  })
}

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
