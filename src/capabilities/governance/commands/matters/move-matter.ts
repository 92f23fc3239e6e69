import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayMoveMatter } from '../../permissions/matters.ts'
import { matterOf } from '../../rules/judge-decision.ts'
import { stateAfter } from '../../rules/matters/path.ts'
import { decidesSomething } from '../../store/matters/decided-about.ts'
import { matterById } from '../../store/matters/read-matters.ts'
import { saveStep } from '../../store/matters/save-matter.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { decisionById } from '../../store/read-decisions.ts'
import { MatterKind, matterKind, theme } from '../../types/matters.ts'
import { decisionKind, Slug } from '../../types.ts'

/**
 * GOV-2: takes a matter one step on: prepared, sent on to another body, postponed, withdrawn, carried out, followed up, or decided by a decision
 * that was recorded outside a meeting. Each step stands in its path for good.
 */
export const moveMatter = command({
  audit: 'governance.matter.move',
  input: z.object({
    id: z.uuid(),
    deed: z.enum(['prepared', 'decided', 'sent-on', 'postponed', 'withdrawn', 'carried-out', 'followed-up']),
    /** where it is sent on to */
    to: Slug.optional(),
    /** what that body decides about it; left out: it deals with it, and decides nothing */
    kind: MatterKind.optional(),
    decision: z.uuid().optional(),
    /** why; whoever postpones or withdraws says it */
    words: z.string().trim().min(1).max(2000).optional(),
  }),
  async subject(tx, input) {
    const matter = await matterById(tx, input.id)
    return matter && { matter, organisation: matter.body.organisation }
  },
  permission: mayMoveMatter,
  async run(work, input, { matter }) {
    const { deed } = input
    if (stateAfter(matter.state, deed) === undefined) return late(m.governance_matter_moved())
    if ((deed === 'postponed' || deed === 'withdrawn') && input.words === undefined)
      return invalid({ path: 'words', message: m.governance_reason_missing() })
    let to: { body: string; kind: string } | undefined
    if (deed === 'sent-on') {
      const body = input.to === undefined ? undefined : await bodyBySlug(work.tx, input.to)
      if (!body || body.id === matter.body.id) return invalid({ path: 'to', message: m.governance_no_such_body() })
      const kind = input.kind ?? theme
      const known = matterOf(body.profile, kind)
      if (kind !== theme && !known) return invalid({ path: 'kind', message: m.governance_not_entitled() })
      if (known?.aboutPeople) return invalid({ path: 'kind', message: m.governance_matter_about_person() })
      to = { body: body.id, kind }
    }
    if (deed === 'decided') {
      const decision = input.decision === undefined ? undefined : await decisionById(work.tx, input.decision)
      if (!decision || decision.aboutPerson || decision.body.id !== matter.body.id)
        return invalid({ path: 'decision', message: m.governance_no_such_decision() })
      if (await decidesSomething(work.tx, decision.id))
        return invalid({ path: 'decision', message: m.governance_decides_another() })
      work.thread.link({ kind: matterKind, id: matter.id }, 'decided-by', { kind: decisionKind, id: decision.id })
    }
    const moved = await saveStep(work.tx, {
      matter: matter.id,
      from: matter.state,
      deed,
      body: matter.body.id,
      to,
      decision: deed === 'decided' ? input.decision : undefined,
      words: input.words,
      by: work.actor?.account ?? '',
    })
    if (!moved) return late(m.governance_matter_moved())
    work.about({ kind: matterKind, id: matter.id, detail: { deed } })
    return ok({ id: matter.id })
  },
})
