import { createHash } from 'node:crypto'
import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../platform/access/outcome.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayConfirmByLink, mayTend } from '../permissions.ts'
import { assuranceDue } from '../rules/freshness.ts'
import {
  answerRequest,
  assuranceMonths,
  assureService,
  cardsToConfirm,
  requestByToken,
} from '../store/edit-assurance.ts'
import { organisationName } from '../store/edit-organisation.ts'
import { addRemark } from '../store/edit-remarks.ts'
import { Slug } from '../types.ts'
import { assuranceBy, tendedBySlug } from './tended-service.ts'

/** The token of a letter's link: 32 random bytes, base64url. */
export const LinkToken = z.string().regex(/^[\w-]{43}$/)

/** What is stored of a token. */
export const linkHash = (token: string): Buffer => createHash('sha256').update(`directory.confirm ${token}`).digest()

const Answer = z.object({ right: z.enum(['yes', 'no']).optional(), wrong: z.string().trim().max(2000).optional() })

/**
 * Answers the letter about freshness (DIR-6): one form for all cards of an organisation, no account. A card that is right is
 * assured; what is wrong with another goes to the editor's desk, and the card stays due. Cards without an answer stay as they are.
 */
export const confirmCards = command({
  audit: 'directory.assurance.answer',
  purpose: 'assurance',
  input: z.object({ token: LinkToken, cards: z.record(Slug, Answer).default({}) }),
  subject: async (tx, input) => {
    const request = await requestByToken(tx, linkHash(input.token))
    return request && { request }
  },
  permission: mayConfirmByLink,
  async run(work, input, { request }) {
    const { tx } = work
    if (request.answeredAt) return late(m.edit_confirm_used_title())
    if (request.expiresAt <= work.now) return late(m.edit_confirm_expired_title())
    const cards = await cardsToConfirm(tx, request.organisation.id)
    const answers = cards.map((card) => ({ card, answer: input.cards[card.slug] ?? {} }))
    const silent = answers.filter(({ answer }) => answer.right === 'no' && (answer.wrong?.length ?? 0) < 3)
    if (silent.length > 0)
      return invalid(
        ...silent.map(({ card }) => ({ path: `cards.${card.slug}.wrong`, message: m.edit_confirm_say_what() })),
      )
    const confirmed = answers.filter(({ answer }) => answer.right === 'yes')
    const wrong = answers.filter(({ answer }) => answer.right === 'no')
    if (confirmed.length + wrong.length === 0) return invalid({ path: '', message: m.edit_confirm_nothing() })
    if (!(await answerRequest(tx, request))) return late(m.edit_confirm_used_title())
    const [by, months] = await Promise.all([
      organisationName(tx, request.organisation.id),
      assuranceMonths(tx, request.organisation.pack),
    ])
    const due = assuranceDue(work.now, months)
    for (const { card } of confirmed) await assureService(tx, card.id, { by, due })
    for (const { card, answer } of wrong)
      addRemark(tx, { service: card.id, text: answer.wrong ?? '', fromProvider: true })
    work.about({
      kind: 'access.organisation',
      id: request.organisation.id,
      detail: { confirmed: confirmed.length, wrong: wrong.length },
    })
    return ok({ confirmed: confirmed.length, wrong: wrong.length, due: due.toISOString() })
  },
})

/** Says that a card is still right: from the desk, or after a call to a crisis service (DIR-6). */
export const confirmCard = command({
  audit: 'directory.service.assure',
  input: z.object({ slug: Slug }),
  subject: (tx, input) => tendedBySlug(tx, input.slug),
  permission: mayTend,
  async run(work, _input, subject) {
    const { by, due } = await assuranceBy(work, subject, subject.service.pack)
    await assureService(work.tx, subject.service.id, { by, due })
    work.about({ kind: 'directory.service', id: subject.service.id })
    return ok({ slug: subject.service.slug, due: due.toISOString() })
  },
})
