import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { type FieldError, invalid, ok } from '../../../../platform/access/outcome.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { MailAddress } from '../../../../platform/mail/letter.ts'
import { mayKeepRequest } from '../../permissions/central.ts'
import { prefill } from '../../rules/central/judge-answers.ts'
import {
  councilOrganisations,
  figuresOf,
  lastAnswers,
  saveCentralRequest,
  saveQuestionnaires,
} from '../../store/central/save-central.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { CentralField, centralRequestKind } from '../../types/central.ts'
import { Day, Slug } from '../../types.ts'
import { shortText } from '../short-text.ts'

/**
 * Opens a central request (GOV-15): the national board asks, and each municipality of the region gets one questionnaire that begins
 * with what the program knows.
 */
export const openCentralRequest = command({
  audit: 'governance.central-request.open',
  input: z.object({
    /** slug of the body that approves the joint answer */
    body: Slug,
    askedBy: z.string().trim().min(2).max(200),
    /** where the joint answer is sent */
    replyTo: MailAddress,
    askedOn: Day,
    title: shortText(300),
    words: shortText(10_000).optional(),
    fields: z.array(CentralField).min(1).max(60),
    /** last day for the municipalities */
    answersDue: Day,
    /** last day for the joint answer */
    replyDue: Day,
    /** slugs; left out, every municipality and region that has a council */
    organisations: z.array(Slug).min(1).max(200).optional(),
  }),
  async subject(tx, input) {
    const body = await bodyBySlug(tx, input.body)
    return body && { body, organisation: body.organisation.id }
  },
  permission: mayKeepRequest,
  async run(work, input, { body }) {
    const today = dayIn(work.now, body.timeZone)
    const asked = await councilOrganisations(work.tx, body.pack, input.organisations)
    const strangers = (input.organisations ?? []).filter((slug) => !asked.some((one) => one.slug === slug))
    const ids = input.fields.map(({ id }) => id)
    const mistakes: (FieldError | false)[] = [
      input.askedOn > today && { path: 'askedOn', message: m.governance_central_future() },
      input.answersDue < input.askedOn && { path: 'answersDue', message: m.governance_central_due_before() },
      input.replyDue < input.answersDue && { path: 'replyDue', message: m.governance_central_reply_before() },
      new Set(ids).size < ids.length && { path: 'fields', message: m.governance_central_twice() },
      (strangers.length > 0 || asked.length === 0) && {
        path: 'organisations',
        message: m.governance_central_no_municipality({ names: strangers.join(', ') }),
      },
    ]
    const wrong = mistakes.filter((mistake) => mistake !== false)
    if (wrong.length > 0) return invalid(...wrong)
    const last = await lastAnswers(work.tx, body.pack)
    const figures = await figuresOf(
      work.tx,
      asked.map(({ id }) => id),
    )
    const id = await saveCentralRequest(work.tx, {
      ...input,
      words: input.words,
      pack: body.pack,
      body: body.id,
      by: work.actor?.account ?? '',
    })
    await saveQuestionnaires(
      work.tx,
      id,
      asked.map(({ id: organisation }) => ({
        organisation,
        prefilled: prefill(input.fields, last.get(organisation), figures.get(organisation) ?? new Map()),
      })),
    )
    work.jobs.add('governance.remind-central', { request: id })
    work.about({ kind: centralRequestKind, id, detail: { body: body.profile.slug, municipalities: asked.length } })
    return ok({ id, municipalities: asked.length })
  },
})
