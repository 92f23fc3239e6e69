import type { z } from 'zod'
import { type SealedIdentifier, sealIdentifier } from '../../../platform/access/identifier.ts'
import type { Outcome } from '../../../platform/access/outcome.ts'
import { dueAt } from '../../../platform/calendar/deadline.ts'
import type { Premises } from '../../../platform/capability.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Fields } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { type ServiceDetails, serviceById } from '../../directory/contract.ts'
import { askedOf } from '../commands/begin-answering.ts'
import { saveDraft } from '../commands/save-draft.ts'
import { submitRequest } from '../commands/submit-request.ts'
import { deadlineFor, needsName } from '../rules/procedure.ts'
import { areasOf, type Place } from '../store/areas.ts'
import { type Course, courseOf } from '../store/procedure.ts'
import type { StoredRequest } from '../store/requests.ts'
import type { ClockKind } from '../types.ts'
import { CheckPage } from '../views/ask-check.tsx'
import { type AskStep, type DraftPageProps, isForAnother, steps } from '../views/ask-frame.tsx'
import { ContactPage, WhatPage, WhoPage } from '../views/ask-pages.tsx'
import { lastDayOf } from '../views/clock-words.tsx'
import { onwardToken } from './contact.tsx'
import { asObject, contactTyped, type Typed } from './contact-typed.ts'
import { type Entrance, quietly, showRequest, type Way } from './entrance.tsx'

/** The short pages of a draft: each is kept when it is sent, and leads to the next (INT-1). */
export function draftRoutes<Params extends z.ZodType>(
  door: Door,
  { secret }: Pick<Premises, 'secret'>,
  entrance: Entrance<Params>,
): void {
  const { address, params, guard } = entrance
  type At = Visit<z.output<Params>>
  const wayTo = (visit: At) => entrance.way(visit.params)

  const inputs = {
    what: (fields: Typed) => ({ situation: fields.situation ?? {} }),
    who: (fields: Typed) => whoOf(fields, secret),
    contact: contactTyped,
  } as const

  for (const step of steps) {
    door.page(`${address}/${step}`, { ...guard, params }, (visit: At) => showStep(visit, wayTo(visit), step, {}))
    if (step === 'check') continue
    for (const [path, to] of [
      [step, steps[steps.indexOf(step) + 1] ?? 'check'],
      [`${step}/later`, 'later'],
    ] as const)
      door.form(`${address}/${path}`, {
        command: saveDraft,
        params,
        input: (fields, visit: At) => ({ ...wayTo(visit).named, version: fields.version, ...inputs[step](fields) }),
        done: (_saved, visit: At) => redirect(`${wayTo(visit).base}/${to}`),
        again: (typed, outcome, visit: At) => showAgain(visit, wayTo(visit), step, typed, outcome),
      })
  }

  // menus lead back to where a form came back: there is a page for it too
  const leadsOn = { ...guard, audit: { none: 'leads to the page beside it' }, params } as const
  for (const step of steps)
    if (step !== 'check')
      door.page(`${address}/${step}/later`, leadsOn, async (visit: At) => redirect(`${wayTo(visit).base}/${step}`))
  door.page(`${address}/send`, leadsOn, async (visit: At) => redirect(`${wayTo(visit).base}/check`))

  door.form(`${address}/send`, {
    command: submitRequest,
    params,
    input: (fields, visit: At) => ({
      ...wayTo(visit).named,
      version: fields.version,
      newToken: onwardToken(secret, wayTo(visit).named.token, fields.version),
    }),
    done: ({ told, onward }, visit: At) =>
      onward
        ? redirect(`/r/${onwardToken(secret, wayTo(visit).named.token, onward)}/sent`, {
            kind: 'warning',
            text: m.intake_letters_new_link(),
          })
        : redirect(`${wayTo(visit).base}/sent${told ? `?region=${told}` : ''}`),
    again: (typed, outcome, visit: At) => showAgain(visit, wayTo(visit), 'check', typed, outcome),
  })
}

/** What was sent meanwhile is not a draft any more: its own page says so. */
async function showAgain(
  visit: Visit,
  way: Way,
  step: AskStep,
  typed: Fields,
  outcome: Exclude<Outcome<unknown>, { is: 'ok' }>,
): Promise<Answer> {
  return showStep(visit, way, step, { typed, outcome })
}

interface DraftGround {
  service: ServiceDetails | undefined
  course: Course | undefined
  areas: readonly Place[]
}

async function loadGround(tx: Tx, request: StoredRequest): Promise<DraftGround> {
  const [service, course, areas] = await Promise.all([
    request.service ? serviceById(tx, request.service) : undefined,
    courseOf(tx, request.pack),
    areasOf(tx, request.pack),
  ])
  return { service, course, areas }
}

function showStep(visit: Visit, way: Way, step: AskStep, state: FormState): Promise<Answer> {
  return showRequest(visit, way, loadGround, (request, ground) => {
    // what was sent stands; how contact is safe may change at any time (INT-11)
    if (request.state !== 'draft') return redirect(step === 'contact' ? `${way.base}/contact/change` : way.base)
    const { service } = ground
    const shared: DraftPageProps = {
      base: way.base,
      request,
      service: service && {
        slug: service.slug,
        name: speak(service.card.names, visit.locale, [service.card.writtenIn]),
      },
      region: visit.regions.find(({ id }) => id === request.pack) ?? visit.region,
      state,
      idempotencyKey: crypto.randomUUID(),
    }
    return quietly(stepTitle(step, request), <Step step={step} ground={ground} shared={shared} now={visit.now} />, {
      region: request.pack,
    })
  })
}

function Step({
  step,
  ground,
  shared,
  now,
}: {
  step: AskStep
  ground: DraftGround
  shared: DraftPageProps
  now: Date
}) {
  const { service, course, areas } = ground
  switch (step) {
    case 'what':
      return <WhatPage {...shared} />
    case 'who': {
      const named = shared.request.draft.kind !== 'notice' && !!course && needsName(course.procedure, askedOf(service))
      return <WhoPage {...shared} areas={areas} needsName={named} />
    }
    case 'contact':
      return <ContactPage {...shared} />
    case 'check':
      return (
        <CheckPage
          {...shared}
          areas={areas}
          papers={service?.card.documents ?? []}
          deadlines={course ? deadlinesNow(course, shared.request, service, now) : []}
        />
      )
  }
}

function stepTitle(step: AskStep, request: StoredRequest): string {
  const another = isForAnother(request.draft)
  switch (step) {
    case 'what':
      return m.intake_ask_what_title()
    case 'who':
      return another ? m.intake_ask_who_them_title() : m.intake_ask_who_me_title()
    case 'contact':
      return another ? m.intake_ask_contact_them_title() : m.intake_ask_contact_me_title()
    case 'check':
      return m.intake_ask_check_title()
  }
}

/** What would begin to run if the request were sent now, and the day with which each ends (INT-3). */
export function deadlinesNow(
  course: Course,
  request: Pick<StoredRequest, 'urgency'>,
  service: ServiceDetails | undefined,
  now: Date,
) {
  const { procedure, place } = course
  const today = dayIn(now, place.timeZone)
  const kinds: ClockKind[] = [
    ...(request.urgency === 'emergency' ? (['emergency'] as const) : []),
    'assessment',
    'decision',
  ]
  return kinds.flatMap((kind) => {
    const deadline = deadlineFor(procedure, kind, askedOf(service), today)
    return deadline ? [{ deadline, lastDay: lastDayOf(dueAt(deadline.rule, now, place), place.timeZone) }] : []
  })
}

/** What was typed about a person and whoever writes for them. A number of a paper is sealed before anything sees it. */
function whoOf(fields: Typed, secret: string): Typed {
  const typed = asObject(fields.particulars)
  const { documentNumber: _never, ...particulars } = typed
  const number = typeof fields.paper === 'string' ? sealedOnce(secret, fields.paper) : undefined
  return {
    particulars: { ...particulars, ...(number ? { documentNumber: number } : {}) },
    ...helperOf(fields),
  }
}

/**
 * Each sealing is another one, and would make the same form sent twice look like two: only the hash counts for that.
 */
function sealedOnce(secret: string, typed: string): (SealedIdentifier & { toJSON(): object }) | undefined {
  const sealed = sealIdentifier(secret, typed)
  return sealed && { ...sealed, toJSON: () => ({ hash: sealed.hash }) }
}

/** A worker or an agency refers; everybody else writes an application for the person (INT-1). A notice may come without a name. */
function helperOf(fields: Typed): Typed {
  if (fields.helps !== 'yes') return {}
  const helper = asObject(fields.enteredBy)
  if (fields.kind === 'notice') {
    const named = ['name', 'organisation', 'phone', 'email'].some((key) => helper[key] !== undefined)
    return { kind: 'notice', enteredBy: named ? helper : null }
  }
  const refers = helper.relation === 'worker' || helper.relation === 'agency'
  return { kind: refers ? 'referral' : 'application', enteredBy: helper }
}
