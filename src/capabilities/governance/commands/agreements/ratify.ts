import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import type { Files } from '../../../../platform/files/files.ts'
import { UploadInput } from '../../../../platform/http/uploads.ts'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { locales, Text } from '../../../../platform/i18n/text.ts'
import { entersRatificationAs, mayRatify } from '../../permissions/agreements.ts'
import { entersAs } from '../../permissions.ts'
import { bodiesNamed, turnSince } from '../../store/agreements/read-progress.ts'
import { saveRatification } from '../../store/agreements/save-agreement.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { frameworkKind } from '../../types/agreements.ts'
import { Day, decisionKind, Slug } from '../../types.ts'
import { enterDecision } from '../record-decision.ts'
import { note } from './move-agreement.ts'
import { openAgreement } from './opened.ts'

/** One document, of at most so many bytes. */
export const documentLimit = { limit: 20_000_000, most: 1 } as const

/**
 * Enters what a party decided on an agreement: its ratification, or that it declines (GOV-6). The decision of the party is recorded in the same act, so that it can
 * be found where its decisions are. A party ratifies once; whoever is no party does not ratify.
 * @param files where its document is kept; without them no document is taken, as over JSON
 */
export const ratifyAgreement = (files?: Pick<Files, 'keep'>) =>
  command({
    audit: 'governance.framework.ratify',
    input: z.object({
      slug: Slug,
      body: Slug,
      decidedOn: Day,
      /** as it stands in the minutes; without it the next free one of the year */
      number: z.string().trim().min(1).max(40).optional(),
      outcome: z.enum(['agreed', 'declined']).default('agreed'),
      words: z.string().trim().max(20_000).optional(),
      document: z.array(UploadInput).max(documentLimit.most).default([]),
    }),
    async subject(tx, input) {
      const opened = await openAgreement(tx, input)
      const party = (await bodiesNamed(tx, [input.body])).get(input.body)
      return opened && party && { ...opened, party }
    },
    permission: mayRatify,
    async run(work, input, opened) {
      const { agreement, progress, party, organisation } = opened
      if (agreement.state !== 'ratification')
        return late(
          agreement.state === 'in-force' || agreement.state === 'ended'
            ? m.governance_framework_ratified_by_all()
            : m.governance_framework_before_turn(),
        )
      const standing = progress.parties.find(({ body }) => body.id === party.id)
      if (!standing) return invalid({ path: 'body', message: m.governance_framework_no_party() })
      if (standing.ratified) return late(m.governance_framework_twice({ day: formatDay(standing.ratified.decidedOn) }))
      const since = (await turnSince(work.tx, agreement)) ?? agreement.since
      if (input.decidedOn < since)
        return invalid({
          path: 'decidedOn',
          message: m.governance_framework_decided_before({ day: formatDay(since) }),
        })
      const entered = entersRatificationAs(work.actor, { party, organisation })
      const body = await bodyBySlug(work.tx, party.slug)
      if (!body || !entered || !work.actor) throw new Error('a ratification passed the permission and nobody enters it')
      const decision = await enterDecision(
        work,
        body,
        {
          matter: agreement.rule.matter,
          number: input.number,
          decidedOn: input.decidedOn,
          outcome: input.outcome,
          title: decisionTitle(agreement.title, input.outcome),
          words: input.words ? { [agreement.rule.language]: input.words } : undefined,
        },
        undefined,
        entersAs(work.actor, { organisation: party.organisation, aboutPerson: false }) ?? 'from-minutes',
      )
      if (decision.is !== 'ok') return decision
      const [received] = input.document
      const file = received && (await files?.keep(work.tx, received, work.actor.account))
      await saveRatification(work.tx, {
        agreement: agreement.id,
        body: party.id,
        decision: decision.value.id,
        file,
        entered,
        by: work.actor.account,
      })
      work.thread.link(
        { kind: decisionKind, id: decision.value.id },
        input.outcome === 'agreed' ? 'ratifies' : 'declines',
        { kind: frameworkKind, id: agreement.id },
      )
      note(work, opened, { body: party.slug, outcome: input.outcome, entered, decision: decision.value.id })
      return ok({
        slug: agreement.slug,
        body: party.slug,
        decision: decision.value.id,
        number: decision.value.number,
        entered,
        outcome: input.outcome,
      })
    },
  })

/** The title of the decision names the agreement, in each of its languages. */
function decisionTitle(title: Text, outcome: 'agreed' | 'declined'): Text {
  const say = outcome === 'agreed' ? m.governance_framework_decision_title : m.governance_framework_decision_title_no
  const words = locales.flatMap((locale) => {
    const name = title[locale]
    return name ? [[locale, say({ title: name }, { locale })] as const] : []
  })
  return Text.parse({ ...Object.fromEntries(words), ...(title.draft ? { draft: title.draft } : {}) })
}
