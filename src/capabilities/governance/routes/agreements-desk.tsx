import { z } from 'zod'
import type { Actor } from '../../../platform/access/actor.ts'
import type { Outcome } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Files } from '../../../platform/files/files.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { type Fields, field } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { attachLink } from '../commands/agreements/attach-link.ts'
import { beginAgreement, beginAmendment } from '../commands/agreements/begin-agreement.ts'
import {
  bringIntoForce,
  holdInWords,
  passStep,
  returnToDraft,
  settleText,
} from '../commands/agreements/move-agreement.ts'
import { documentLimit, ratifyAgreement } from '../commands/agreements/ratify.ts'
import { remindMissing } from '../commands/agreements/remind-missing.ts'
import { sendToConsultation } from '../commands/agreements/send-to-consultation.ts'
import { entersRatificationAs, mayFollowAgreements, mayKeep, speaksFor } from '../permissions/agreements.ts'
import { nextFirstYear, periodFrom, periodName } from '../rules/agreements/period.ts'
import { holds, missingOf, turnOf } from '../rules/agreements/state.ts'
import { type Agreement, agreementBySlug, frameworkRuleOf, listAgreements } from '../store/agreements/read-agreement.ts'
import {
  consultationState,
  decisionsForStep,
  type Progress,
  progressOf,
  turnSince,
} from '../store/agreements/read-progress.ts'
import { newestVersions, proposalsOf } from '../store/agreements/read-texts.ts'
import { Slug } from '../types.ts'
import { AgreementDesk, type DeskForm } from '../views/agreements/agreement-desk.tsx'
import { titleOf } from '../views/agreements/agreement-list.tsx'
import { AgreementsDesk, type OwnAgreement } from '../views/agreements/agreements-desk.tsx'
import { RatifyForm } from '../views/agreements/ratify-form.tsx'
import { partDesk } from './agreement-parts.tsx'

type FormState = { typed?: Fields | undefined; outcome?: Exclude<Outcome<unknown>, { is: 'ok' }> | undefined }
type Named = Visit<{ slug: string }>
const params = z.object({ slug: Slug })
const desk = { permission: mayFollowAgreements, audit: 'governance.framework.open' } as const

/** The desk of framework agreements: of their secretariat, of who drafts them, of the parties (GOV-6). @param url of this instance */
export function agreementsDesk(door: Door, { files, url }: { files: Files; url: string }): void {
  door.page('/governance/agreements', desk, (visit) => showDesk(visit, {}))
  door.form('/governance/agreements', {
    command: beginAgreement,
    input: (fields) => fields,
    done: ({ slug }) => to(slug, m.governance_framework_begun_flash()),
    again: (typed, outcome, visit) => showDesk(visit, { typed, outcome }),
  })
  door.page('/governance/agreements/{slug}', { ...desk, params }, (visit) => showOne(visit, undefined, {}))

  const form = (name: DeskForm) => ({
    params,
    input: (fields: Record<string, unknown>, visit: Named) => ({ ...fields, slug: visit.params.slug }),
    again: (typed: Fields, outcome: Exclude<Outcome<unknown>, { is: 'ok' }>, visit: Named) =>
      showOne(visit, name, { typed, outcome }),
  })
  door.form('/governance/agreements/{slug}/consult', {
    command: sendToConsultation(url),
    ...form('consult'),
    done: ({ slug }) => to(slug, m.governance_framework_sent_flash()),
  })
  door.form('/governance/agreements/{slug}/settle', {
    command: settleText,
    ...form('settle'),
    done: ({ slug }) => to(slug, m.governance_framework_settled_flash()),
  })
  door.form('/governance/agreements/{slug}/step', {
    command: passStep,
    ...form('step'),
    done: ({ slug }) => to(slug, m.governance_framework_step_flash()),
  })
  door.form('/governance/agreements/{slug}/remind', {
    command: remindMissing,
    ...form('remind'),
    done: ({ slug, reminded }) => to(slug, m.governance_framework_reminded_flash({ count: reminded })),
  })
  door.form('/governance/agreements/{slug}/force', {
    command: bringIntoForce,
    ...form('force'),
    done: ({ slug }) => to(slug, m.governance_framework_force_flash()),
  })
  door.form('/governance/agreements/{slug}/return', {
    command: returnToDraft,
    ...form('return'),
    done: ({ slug }) => to(slug, m.governance_framework_returned()),
  })
  door.form('/governance/agreements/{slug}/attach', {
    command: attachLink,
    ...form('attach'),
    done: ({ slug }) => to(slug, m.governance_framework_attached_flash()),
  })
  door.form('/governance/agreements/{slug}/amend', {
    command: beginAmendment,
    ...form('amend'),
    done: ({ slug }) => to(slug, m.governance_framework_begun_flash()),
  })
  door.page(
    '/governance/agreements/{slug}/ratify',
    { ...desk, params, query: z.object({ body: Slug.optional() }) },
    (visit) => showRatify(visit, visit.query.body, {}),
  )
  door.form('/governance/agreements/{slug}/ratify', {
    command: ratifyAgreement(files),
    params,
    uploads: documentLimit,
    input: (fields, visit, uploads) => ({
      ...fields,
      slug: visit.params.slug,
      document: uploads.filter((upload) => upload.field === 'document[]'),
    }),
    done: ({ slug }) => to(slug, m.governance_framework_ratified_flash()),
    again: (typed, outcome, visit) => showRatify(visit, field(typed, 'body'), { typed, outcome }),
  })
  partDesk(door)
}

const to = (slug: string, text: string) => redirect(`/governance/agreements/${slug}`, { kind: 'done', text })

/** Does this actor take part: keep it, draft, contribute, agree or ratify for a body that it names? */
export const takesPart = (actor: Actor | null, agreement: Agreement, progress: Progress): boolean =>
  mayKeep.may(actor, agreement) || [...progress.bodies.values()].some((body) => speaksFor(actor, body))

/** The parties for which this actor speaks. */
const ownParties = (actor: Actor | null, progress: Progress): string[] =>
  progress.parties.map(({ body }) => body).flatMap((body) => (speaksFor(actor, body) ? [body.slug] : []))

function showDesk(visit: Visit, state: FormState): Promise<Answer> {
  const { actor, now, read, regions } = visit
  return read(async (tx): Promise<Answer> => {
    const own: OwnAgreement[] = []
    for (const agreement of await listAgreements(tx, undefined)) {
      const progress = await progressOf(tx, agreement)
      if (!takesPart(actor, agreement, progress)) continue
      const mine = ownParties(actor, progress)
      own.push({
        agreement,
        progress,
        keeps: mayKeep.may(actor, agreement),
        today: dayIn(now, agreement.timeZone),
        missing: agreement.state === 'ratification' ? missingOf(progress).filter((party) => mine.includes(party)) : [],
      })
    }
    return page(
      m.governance_framework_nav(),
      <AgreementsDesk
        agreements={own}
        begin={await nextToBegin(tx, actor, now, regions)}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

/** The next agreement that this actor can begin, where nobody has. */
async function nextToBegin(tx: Tx, actor: Actor | null, now: Date, regions: readonly { id: string }[]) {
  for (const { id } of regions) {
    const kept = await frameworkRuleOf(tx, id)
    if (!kept || !mayKeep.may(actor, kept)) continue
    const year = nextFirstYear(kept.rule, dayIn(now, kept.timeZone))
    const period = periodFrom(kept.rule, year)
    if (period && !(await agreementBySlug(tx, `${kept.rule.slug}-${periodName(period)}`)))
      return { pack: id, year, period: periodName(period).replace('-', '–') }
  }
  return undefined
}

function showOne(visit: Named, sent: DeskForm | undefined, state: FormState): Promise<Answer> {
  const { actor, now, read, params: named } = visit
  return read(async (tx): Promise<Answer> => {
    const agreement = await agreementBySlug(tx, named.slug)
    if (!agreement) return { is: 'notFound' }
    const progress = await progressOf(tx, agreement)
    if (!takesPart(actor, agreement, progress)) return { is: 'forbidden' }
    const today = dayIn(now, agreement.timeZone)
    const keeps = mayKeep.may(actor, agreement)
    const turn = progress.bodies.get(turnOf(progress) ?? '')
    const [newest, proposals, candidates, asked] = await Promise.all([
      newestVersions(tx, agreement.id),
      proposalsOf(tx, agreement.id),
      keeps && turn && agreement.state === 'on-its-way'
        ? decisionsForStep(tx, agreement, turn.id, (await turnSince(tx, agreement)) ?? agreement.since)
        : [],
      agreement.consultation ? consultationState(tx, agreement.consultation) : undefined,
    ])
    const open = proposals.filter((proposal) => proposal.state === 'open')
    return page(
      titleOf(agreement),
      <AgreementDesk
        agreement={agreement}
        progress={progress}
        newest={newest}
        proposals={new Map([...Map.groupBy(open, ({ part }) => part)].map(([part, waiting]) => [part, waiting.length]))}
        candidates={candidates}
        askAgain={agreement.state === 'consultation' && (!agreement.consultation || asked === 'withdrawn')}
        held={holds(progress, today).map((hold) =>
          holdInWords(hold, { agreement, progress, organisation: agreement.organisation }),
        )}
        keeps={keeps}
        mayEnter={keeps ? progress.way.ratifiedBy : ownParties(actor, progress)}
        today={today}
        sent={sent}
        state={state}
        key={crypto.randomUUID()}
      />,
      { size: 'sm', region: agreement.pack },
    )
  })
}

function showRatify(visit: Named, chosen: string | undefined, state: FormState): Promise<Answer> {
  const { actor, now, read, params: named } = visit
  return read(async (tx): Promise<Answer> => {
    const agreement = await agreementBySlug(tx, named.slug)
    if (!agreement) return { is: 'notFound' }
    const progress = await progressOf(tx, agreement)
    const { organisation } = agreement
    const entered = progress.parties.flatMap(({ body, ratified }) => {
      const as = entersRatificationAs(actor, { party: body, organisation })
      return as === undefined ? [] : [{ body, as, ratified }]
    })
    if (entered.length === 0) return { is: 'forbidden' }
    const open = agreement.state === 'ratification' ? entered.filter(({ ratified }) => !ratified) : []
    return page(
      m.governance_framework_enter(),
      <RatifyForm
        agreement={agreement}
        parties={open.map(({ body }) => body)}
        chosen={open.some(({ body }) => body.slug === chosen) ? chosen : undefined}
        fromMinutes={open.some(({ as }) => as === 'from-minutes')}
        since={await turnSince(tx, agreement)}
        today={dayIn(now, agreement.timeZone)}
        document={documentLimit}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm', region: agreement.pack },
    )
  })
}
