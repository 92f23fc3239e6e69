import { z } from 'zod'
import { command, type Work } from '../../../../platform/access/command.ts'
import { invalid, type Outcome, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { Text } from '../../../../platform/i18n/text.ts'
import { keepsSecretariat, mayRaise } from '../../permissions/matters.ts'
import { matterOf } from '../../rules/judge-decision.ts'
import { saveMatter } from '../../store/matters/save-matter.ts'
import { bodyBySlug, type StoredBody } from '../../store/read-body.ts'
import { MatterKind, MatterSource, matterKind, SourceThing, theme } from '../../types/matters.ts'
import { Slug } from '../../types.ts'
import { shortText } from '../short-text.ts'

/** What other capabilities say of a matter that they bring before a body. */
export interface Raised {
  /** slug of the body */
  body: string
  /** of its `decidesOn`; left out: a theme, on which nothing is decided there */
  kind?: string | undefined
  title: Text
  words?: Text | undefined
  source: MatterSource
  /** what it came from, where that is a thing of the thread */
  thing?: SourceThing | undefined
  sourceName?: string | undefined
  /** an idea that nobody has looked at; else it is prepared, where the actor keeps the secretariat */
  asIdea?: boolean | undefined
}

/**
 * GOV-2: brings a matter before a body, inside the transaction of any command. A matter about people has no path (GOV-13).
 * Whoever does not keep the secretariat of the body brings an idea, which it then prepares.
 */
export async function raiseMatter(work: Work, raised: Raised): Promise<Outcome<{ id: string; body: string }>> {
  const body = await bodyBySlug(work.tx, raised.body)
  if (!body) return { is: 'notFound' }
  const asIdea = raised.asIdea === true || !keepsSecretariat(work.actor, body.organisation.id)
  if (!mayRaise.may(work.actor, { organisation: body.organisation.id, asIdea })) return { is: 'forbidden' }
  return enterMatter(work, body, { ...raised, asIdea })
}

/** Enters a matter for an actor who may. */
async function enterMatter(
  work: Work,
  body: StoredBody,
  raised: Raised,
): Promise<Outcome<{ id: string; body: string }>> {
  const kind = raised.kind ?? theme
  const known = matterOf(body.profile, kind)
  if (kind !== theme && !known) return invalid({ path: 'kind', message: m.governance_not_entitled() })
  if (known?.aboutPeople) return invalid({ path: 'kind', message: m.governance_matter_about_person() })
  if (!work.actor) return { is: 'forbidden' }
  const id = await saveMatter(work.tx, {
    body: body.id,
    kind,
    title: raised.title,
    words: raised.words,
    source: raised.source,
    thing: raised.thing,
    sourceName: raised.sourceName,
    state: raised.asIdea ? 'idea' : 'prepared',
    by: work.actor.account,
  })
  if (raised.thing) work.thread.link(raised.thing, 'raises', { kind: matterKind, id })
  return ok({ id, body: body.profile.slug })
}

/** GOV-2: brings a matter before a body: by its secretariat, or as an idea by whoever works for an organisation. */
export const enterNewMatter = command({
  audit: 'governance.matter.raise',
  input: z.object({
    body: Slug,
    kind: MatterKind.optional(),
    title: shortText(300),
    words: shortText(20_000).optional(),
    source: MatterSource,
    thing: SourceThing.optional(),
    sourceName: z.string().trim().min(1).max(200).optional(),
    asIdea: z.boolean().default(false),
  }),
  async subject(tx, input) {
    const body = await bodyBySlug(tx, input.body)
    return body && { body, organisation: body.organisation.id, asIdea: true }
  },
  permission: mayRaise,
  async run(work, input, { body, organisation }) {
    const asIdea = input.asIdea || !keepsSecretariat(work.actor, organisation)
    const outcome = await enterMatter(work, body, { ...input, title: input.title, asIdea })
    if (outcome.is === 'ok')
      work.about({ kind: matterKind, id: outcome.value.id, detail: { body: body.profile.slug, source: input.source } })
    return outcome
  },
})
