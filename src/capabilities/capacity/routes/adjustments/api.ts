import { z } from 'zod'
import { everyone } from '../../../../platform/access/permission.ts'
import { encodeCursor } from '../../../../platform/http/cursor.ts'
import type { Door } from '../../../../platform/http/door.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Text } from '../../../../platform/i18n/text.ts'
import { askByMail, askMeeting, choosePath, takeVerdict } from '../../commands/adjustments/ask-approval.ts'
import { contactMunicipalities } from '../../commands/adjustments/contact-municipalities.ts'
import { noteTariff, withdrawAdjustment } from '../../commands/adjustments/end-adjustment.ts'
import { amendAdjustment, planAdjustment } from '../../commands/adjustments/plan-adjustment.ts'
import { answerAsMunicipality, disputeAnswer } from '../../commands/adjustments/speak-for-municipality.ts'
import { findAdjustments, type StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { AdjustmentKind, AdjustmentState, ContactAnswer, PathChoice, RuleSeen } from '../../types/adjustments.ts'
import { Day, Slug } from '../../types.ts'
import { adjustmentParams, cursorOf, seeAdjustment } from './seen.ts'

const open = { permission: everyone, audit: { none: 'public; the same as the pages' }, tag: 'Capacity' } as const
const writing = { method: 'post', tag: 'Capacity', scope: 'capacity:write', params: adjustmentParams } as const

const Item = z.object({
  id: z.uuid(),
  number: z.string(),
  offer: z.string(),
  operator: z.string(),
  kind: AdjustmentKind,
  change: z.number().int(),
  placesBefore: z.number().int(),
  effectOn: z.string(),
  state: AdjustmentState,
  plannedOn: z.string(),
  path: PathChoice.nullable(),
  bodies: z.array(z.string()),
  rule: RuleSeen.nullable(),
  decision: z.uuid().nullable(),
  consultation: z.uuid().nullable(),
  matter: z.uuid().nullable(),
  version: z.number().int(),
  page: z.string(),
})
const Contact = z.object({
  municipality: z.string(),
  at: z.string(),
  answer: ContactAnswer.nullable(),
  words: z.string().nullable(),
  /** the municipality says that the last answer in its name was not its own */
  disputed: z.boolean(),
})
const Whole = Item.extend({
  reason: Text,
  tariffEffect: Text,
  peopleEffect: Text,
  alternatives: Text,
  contacted: z.array(Contact),
})

/** Adjustments over JSON: what is public, and the same commands as the forms (CAP-3). */
export function adjustmentsApi(door: Door): void {
  reading(door)
  door.command('/api/v1/adjustments', {
    ...writing,
    params: z.object({}),
    summary: 'Plan more or fewer places of an offer, or its end',
    command: planAdjustment,
    response: z.object({ id: z.uuid(), number: z.string() }),
    status: 201,
  })
  door.command('/api/v1/adjustments/{id}', {
    ...writing,
    method: 'put',
    summary: 'Change a plan: another size or an earlier day needs contact and approval anew',
    command: amendAdjustment,
    response: z.object({ id: z.uuid(), anew: z.boolean() }),
  })
  door.command('/api/v1/adjustments/{id}/contact', {
    ...writing,
    summary: 'Contact the affected municipalities, which the program finds',
    command: contactMunicipalities,
    response: z.object({ id: z.uuid(), state: AdjustmentState, contacted: z.number().int() }),
  })
  door.command('/api/v1/adjustment-letters/{id}/answer', {
    ...writing,
    summary: 'Answer a letter about a change in the name of your municipality',
    command: answerAsMunicipality,
    response: z.object({ id: z.uuid(), adjustment: z.uuid() }),
  })
  door.command('/api/v1/adjustment-answers/{id}/dispute', {
    ...writing,
    summary: 'Say that an answer in the name of your municipality was not its own',
    command: disputeAnswer,
    response: z.object({ id: z.uuid(), contact: z.uuid() }),
  })
  door.command('/api/v1/adjustments/{id}/withdraw', {
    ...writing,
    summary: 'Withdraw a change that still runs',
    command: withdrawAdjustment,
    response: z.object({ id: z.uuid() }),
  })
  door.command('/api/v1/adjustments/{id}/path', {
    ...writing,
    summary: 'Choose the path where no rule is known, with a reason',
    command: choosePath,
    response: z.object({ id: z.uuid(), state: AdjustmentState }),
  })
  door.command('/api/v1/adjustments/{id}/ask-meeting', {
    ...writing,
    summary: 'Bring a change before a meeting of a body that may approve it',
    command: askMeeting,
    response: z.object({ id: z.uuid(), matter: z.uuid() }),
  })
  door.command('/api/v1/adjustments/{id}/ask-mail', {
    ...writing,
    summary: 'Open the hearing by mail of a body that may approve it',
    command: askByMail,
    response: z.object({ id: z.uuid(), consultation: z.uuid(), lastDay: Day }),
  })
  door.command('/api/v1/adjustments/{id}/verdict', {
    ...writing,
    summary: 'Take over what a body has decided about it',
    command: takeVerdict,
    response: z.object({ id: z.uuid(), outcome: z.enum(['agreed', 'declined']) }),
  })
  door.command('/api/v1/adjustments/{id}/tariff', {
    ...writing,
    summary: 'Note that the tariff was calculated for the places that there are now',
    command: noteTariff,
    response: z.object({ id: z.uuid() }),
  })
}

function reading(door: Door): void {
  door.resource(
    '/api/v1/adjustments',
    {
      ...open,
      summary: 'Changes in places: what was told to the municipalities, the latest effect first',
      query: z.object({
        pack: z.string().max(40).optional(),
        state: AdjustmentState.optional(),
        municipality: Slug.optional(),
        offer: Slug.optional(),
        year: z.coerce.number().int().min(1990).max(2200).optional(),
        after: z.string().max(1000).optional(),
        size: z.coerce.number().int().min(1).max(100).default(25),
      }),
      response: z.object({ items: z.array(Item), next: z.string().nullable() }),
    },
    async ({ read, query, origin }) => {
      const after = cursorOf(query.after)
      if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
      const { state, pack, municipality, offer, year, size } = query
      const choice = { pack, municipality, offer, year, states: state && [state], published: true }
      const found = await read((tx) => findAdjustments(tx, choice, { after, limit: size }))
      const items = found.adjustments.map((adjustment) => item(adjustment, origin))
      return { is: 'ok', value: { items, next: found.next ? encodeCursor(found.next) : null } }
    },
  )
  door.resource(
    '/api/v1/adjustments/{id}',
    {
      ...open,
      summary: 'One change in places, with who was contacted and what they answered',
      params: adjustmentParams,
      response: Whole,
    },
    async ({ read, params: { id }, origin }) => {
      const seen = await read((tx) => seeAdjustment(tx, id))
      if (!seen?.adjustment.publishedAt) return { is: 'notFound' }
      const { adjustment, contacts } = seen
      const { reason, tariffEffect, peopleEffect, alternatives, revision, version } = adjustment
      const contacted = contacts
        .filter((contact) => contact.revision === revision)
        .map(({ municipality, contactedAt, answer, disputed }) => ({
          municipality: municipality.slug,
          at: contactedAt.toISOString(),
          answer: answer?.answer ?? null,
          words: answer?.words ?? null,
          disputed,
        }))
      const value = { ...item(adjustment, origin), reason, tariffEffect, peopleEffect, alternatives, contacted }
      return { is: 'ok', version, value }
    },
  )
}

const item = (adjustment: StoredAdjustment, origin: string): z.input<typeof Item> => ({
  id: adjustment.id,
  number: adjustment.number,
  offer: adjustment.offer.slug,
  operator: adjustment.operator.slug,
  kind: adjustment.kind,
  change: adjustment.change,
  placesBefore: adjustment.placesBefore,
  effectOn: adjustment.effectOn,
  state: adjustment.state,
  plannedOn: adjustment.plannedOn,
  path: adjustment.path ?? null,
  bodies: [...adjustment.bodies],
  rule: adjustment.rule ?? null,
  decision: adjustment.decision ?? null,
  consultation: adjustment.consultation ?? null,
  matter: adjustment.matter ?? null,
  version: adjustment.version,
  page: `${origin}/adjustments/${adjustment.id}`,
})
