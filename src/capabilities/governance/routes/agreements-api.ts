import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Door } from '../../../platform/http/door.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { Text } from '../../../platform/i18n/text.ts'
import { attachLink } from '../commands/agreements/attach-link.ts'
import { beginAgreement, beginAmendment } from '../commands/agreements/begin-agreement.ts'
import { bringIntoForce, passStep, returnToDraft, settleText } from '../commands/agreements/move-agreement.ts'
import { ratifyAgreement } from '../commands/agreements/ratify.ts'
import { remindMissing } from '../commands/agreements/remind-missing.ts'
import { sendToConsultation } from '../commands/agreements/send-to-consultation.ts'
import { declineProposal, proposeWords, writePart } from '../commands/agreements/write-part.ts'
import { daysUntil } from '../rules/agreements/period.ts'
import { type Agreement, agreementBySlug, listAgreements } from '../store/agreements/read-agreement.ts'
import { type Progress, progressOf } from '../store/agreements/read-progress.ts'
import { type FixedText, linksAttached, textsOf } from '../store/agreements/read-texts.ts'
import { FrameworkLinkPurpose, FrameworkState, ScopeOffer } from '../types/agreements.ts'
import { Slug } from '../types.ts'

const open = {
  permission: everyone,
  audit: { none: 'public; the same as the pages' },
  tag: 'Framework agreements',
} as const
const writing = { tag: 'Framework agreements', scope: 'governance:write', method: 'post' } as const
const params = z.object({ slug: Slug })
const partParams = params.extend({ part: Slug })

const AgreementItem = z.object({
  slug: z.string(),
  pack: z.string(),
  title: Text,
  since: z.string(),
  until: z.string(),
  state: FrameworkState,
  round: z.number(),
  amends: z.string().nullable(),
  predecessor: z.string().nullable(),
  ratifyBy: z.string(),
  /** negative where the last day is over */
  daysLeft: z.number(),
  inForceOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  consultation: z.uuid().nullable(),
  steps: z.array(z.object({ body: z.string(), decision: z.uuid().nullable(), decidedOn: z.string().nullable() })),
  ratifications: z.array(
    z.object({
      body: z.string(),
      state: z.enum(['ratified', 'declined', 'missing']),
      decision: z.uuid().nullable(),
      decidedOn: z.string().nullable(),
      number: z.string().nullable(),
      entered: z.enum(['by-party', 'from-minutes']).nullable(),
      document: z.string().nullable(),
    }),
  ),
  missing: z.array(z.string()),
  page: z.string(),
})
const TextItem = z.object({
  purpose: z.enum(['consultation', 'agreement']),
  round: z.number(),
  fixedAt: z.string(),
  /** SHA-256 of the plain text */
  hash: z.string(),
  parts: z.array(
    z.object({
      part: z.string(),
      version: z.number(),
      words: z.string(),
      offers: z.array(ScopeOffer),
      reason: z.string().nullable(),
    }),
  ),
})
const LinkItem = z.object({
  purpose: FrameworkLinkPurpose,
  title: z.string(),
  target: z.string(),
  source: z.string().nullable(),
})
const Begun = z.object({ id: z.uuid(), slug: z.string() })
const Moved = z.object({ slug: z.string(), state: FrameworkState })

/** Framework agreements over JSON: reading what is public, and the same commands as the forms (GOV-6). */
export function agreementsApi(door: Door, { url }: { url: string }): void {
  door.resource(
    '/api/v1/framework-agreements',
    {
      ...open,
      summary: 'Framework agreements: where each stands, who has ratified and who has not',
      query: z.object({ pack: z.string().max(40).optional(), state: FrameworkState.optional() }),
      response: z.object({ items: z.array(AgreementItem), next: z.null() }),
    },
    async ({ read, query, origin, now }) => {
      const items = await read(async (tx) => {
        const all = await listAgreements(tx, query.pack)
        const wanted = all.filter(({ state }) => query.state === undefined || state === query.state)
        return Promise.all(
          wanted.map(async (agreement) => agreementItem(agreement, await progressOf(tx, agreement), origin, now)),
        )
      })
      return { is: 'ok', value: { items, next: null } }
    },
  )
  door.resource(
    '/api/v1/framework-agreements/{slug}',
    {
      ...open,
      summary: 'One framework agreement, with its text as it went out and what it rests on',
      params,
      response: AgreementItem.extend({ texts: z.array(TextItem), links: z.array(LinkItem) }),
    },
    async ({ read, params: { slug }, origin, now }) => {
      const found = await read(async (tx) => {
        const agreement = await agreementBySlug(tx, slug)
        if (!agreement) return undefined
        const [progress, texts, links] = await Promise.all([
          progressOf(tx, agreement),
          textsOf(tx, agreement.id),
          linksAttached(tx, agreement.id),
        ])
        return {
          version: agreement.version,
          value: {
            ...agreementItem(agreement, progress, origin, now),
            texts: texts.map(textItem),
            links: links.map(({ source, purpose, title, target }) => ({
              purpose,
              title,
              target,
              source: source ?? null,
            })),
          },
        }
      })
      return found ? { is: 'ok', ...found } : { is: 'notFound' }
    },
  )

  const root = '/api/v1/framework-agreements'
  door.command(root, {
    ...writing,
    summary: 'Begin the next agreement of a region',
    command: beginAgreement,
    response: Begun,
    status: 201,
  })
  door.command(`${root}/{slug}/amendments`, {
    ...writing,
    summary: 'Begin an amendment to an agreement in force',
    command: beginAmendment,
    params,
    response: Begun,
    status: 201,
  })
  door.command(`${root}/{slug}/parts/{part}`, {
    ...writing,
    method: 'put',
    summary: 'Write the next version of a part',
    command: writePart,
    params: partParams,
    response: z.object({ slug: z.string(), part: z.string(), number: z.number() }),
  })
  door.command(`${root}/{slug}/parts/{part}/proposals`, {
    ...writing,
    summary: 'Propose words for a part',
    command: proposeWords,
    params: partParams,
    response: z.object({ slug: z.string(), part: z.string(), id: z.uuid() }),
    status: 201,
  })
  door.command(`${root}/{slug}/parts/{part}/proposals/{proposal}/decline`, {
    ...writing,
    summary: 'Decline a proposal, with an answer',
    command: declineProposal,
    params: partParams.extend({ proposal: z.uuid() }),
    response: z.object({ slug: z.string(), part: z.string(), id: z.uuid() }),
  })
  door.command(`${root}/{slug}/consultation`, {
    ...writing,
    summary: 'Fix the text and ask the parties in writing',
    command: sendToConsultation(url),
    params,
    response: Moved.extend({ consultation: z.uuid() }),
    status: 201,
  })
  for (const [verb, declared, summary] of [
    ['settle', settleText, 'Settle the text after the consultation'],
    ['force', bringIntoForce, 'Bring it into force, when all have ratified and its day is there'],
    ['return', returnToDraft, 'Take it back to drafting, with the reason'],
  ] as const)
    door.command(`${root}/{slug}/${verb}`, {
      ...writing,
      summary,
      command: declared as typeof settleText,
      params,
      response: Moved,
    })
  door.command(`${root}/{slug}/steps`, {
    ...writing,
    summary: 'Note that the body whose turn it is has agreed, by a recorded decision',
    command: passStep,
    params,
    response: Moved,
    status: 201,
  })
  door.command(`${root}/{slug}/ratifications`, {
    ...writing,
    summary: 'Enter what a party decided; its decision is recorded in the same act',
    command: ratifyAgreement(),
    params,
    response: z.object({
      slug: z.string(),
      body: z.string(),
      decision: z.uuid(),
      number: z.string(),
      entered: z.enum(['by-party', 'from-minutes']),
      outcome: z.enum(['agreed', 'declined']),
    }),
    status: 201,
  })
  door.command(`${root}/{slug}/reminders`, {
    ...writing,
    summary: 'Remind every party that has not ratified',
    command: remindMissing,
    params,
    response: z.object({ slug: z.string(), reminded: z.number() }),
  })
  door.command(`${root}/{slug}/links`, {
    ...writing,
    summary: 'Attach evidence, a contribution or a report by link',
    command: attachLink,
    params,
    response: z.object({ slug: z.string(), id: z.uuid() }),
    status: 201,
  })
}

function agreementItem(agreement: Agreement, progress: Progress, origin: string, now: Date) {
  const page = `${origin}/framework-agreements/${agreement.slug}`
  return {
    slug: agreement.slug,
    pack: agreement.pack,
    title: agreement.title,
    since: agreement.since,
    until: agreement.until,
    state: agreement.state,
    round: agreement.round,
    amends: agreement.amends?.slug ?? null,
    predecessor: agreement.predecessor?.slug ?? null,
    ratifyBy: agreement.ratifyBy,
    daysLeft: daysUntil(agreement.ratifyBy, dayIn(now, agreement.timeZone)),
    inForceOn: agreement.inForceOn ?? null,
    endedOn: agreement.endedOn ?? null,
    consultation: agreement.consultation ?? null,
    steps: progress.steps.map(({ body, agreed }) => ({
      body: body.slug,
      decision: agreed?.decision ?? null,
      decidedOn: agreed?.decidedOn ?? null,
    })),
    ratifications: progress.parties.map(({ body, ratified, declined }) => {
      const made = ratified ?? declined
      return {
        body: body.slug,
        state: ratified ? ('ratified' as const) : declined ? ('declined' as const) : ('missing' as const),
        decision: made?.decision ?? null,
        decidedOn: made?.decidedOn ?? null,
        number: made?.number ?? null,
        entered: made?.entered ?? null,
        document: ratified?.file ? `${page}/documents/${body.slug}` : null,
      }
    }),
    missing: progress.parties.filter(({ ratified }) => !ratified).map(({ body }) => body.slug),
    page,
  }
}

const textItem = ({ purpose, round, at, hash, parts }: FixedText) => ({
  purpose,
  round,
  fixedAt: at.toISOString(),
  hash,
  parts: parts.map(({ part, number, words, offers, reason }) => ({
    part,
    version: number,
    words,
    offers,
    reason: reason ?? null,
  })),
})
