import { z } from 'zod'
import { type Actor, effectiveMemberships, holdsRole } from '../../../platform/access/actor.ts'
import type { FieldError, Outcome } from '../../../platform/access/outcome.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { type Fields, field } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Locale } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import type { Link } from '../../../platform/ui/frame.ts'
import { recordDecision } from '../commands/record-decision.ts'
import { shareDecision } from '../commands/share-decision.ts'
import { supersedeDecision } from '../commands/supersede-decision.ts'
import { mayDelegate } from '../permissions/meetings.ts'
import { entersAs, mayReadByGrant, mayRecord, mayShare, mayWork } from '../permissions.ts'
import { canDelegate } from '../rules/meetings/delegation.ts'
import { limitsGivenBy } from '../store/meetings/delegations.ts'
import { bodiesOf, bodyBySlug, type StoredBody } from '../store/read-body.ts'
import { type Decision, decisionById, decisionsOf } from '../store/read-decisions.ts'
import { DecisionSubject, decisionKind } from '../types.ts'
import { DecisionForm } from '../views/decision-form.tsx'
import { DecisionPage, DecisionWork } from '../views/decision-page.tsx'
import { Desk } from '../views/desk.tsx'
import { GivenLimits } from '../views/meetings/delegate-form.tsx'
import { cursorOf } from './after.ts'
import { dueOf } from './due.tsx'

const pageSize = 20
const params = z.object({ id: z.uuid() })
const deskBack = () => ({ href: '/governance', label: m.governance_back_desk() })

/** What a link to the form may fill in: matter as `body/matter`, and what the decision is about. */
const Begin = z.object({
  matter: z
    .string()
    .regex(/^[a-z0-9-]{1,120}\/[a-z0-9-]{1,120}$/)
    .optional(),
  /** the matter that it decides */
  on: z.uuid().optional(),
  subject_kind: DecisionSubject.shape.kind.optional(),
  subject_id: z.uuid().optional(),
})

/** The desk on which decisions are recorded, replaced, and opened to colleagues. */
export function deskRoutes(door: Door): void {
  door.page(
    '/governance',
    {
      permission: mayWork,
      audit: 'governance.desk.open',
      query: z.object({ after: z.string().max(1000).optional() }),
    },
    showDesk,
  )

  door.page(
    '/governance/decisions/new',
    { permission: mayWork, audit: { none: 'an empty form; bodies are public' }, query: Begin },
    (visit) => {
      const { matter, on, subject_kind: kind, subject_id: id } = visit.query
      return showForm(visit, { matter, on, subject: kind && id ? { kind, id } : undefined }, {})
    },
  )

  door.form('/governance/decisions/new', {
    command: recordDecision,
    input: (fields) => decisionInput(fields),
    done: (result) => recorded(result),
    again: (typed, outcome, visit) =>
      showForm(visit, { subject: typedSubject(typed), on: field(typed, 'on') }, { typed, outcome: atFields(outcome) }),
  })

  door.page(
    '/governance/decisions/{id}',
    { permission: mayReadByGrant, audit: 'governance.decision.read', params },
    (visit) => showDecision(visit, visit.params.id, {}),
  )

  door.page(
    '/governance/decisions/{id}/supersede',
    { permission: mayWork, audit: 'governance.decision.read', params },
    (visit) => showReplacement(visit, visit.params.id, {}),
  )

  door.form('/governance/decisions/{id}/supersede', {
    command: supersedeDecision,
    params,
    input: (fields, visit) => ({ ...decisionInput(fields), id: visit.params.id }),
    done: (result) => recorded(result),
    again: (typed, outcome, visit) => showReplacement(visit, visit.params.id, { typed, outcome: atFields(outcome) }),
  })

  door.form('/governance/decisions/{id}/share', {
    command: shareDecision,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: (result) =>
      redirect(`/governance/decisions/${result.id}`, { kind: 'done', text: m.governance_shared_flash() }),
    again: (typed, outcome, visit) => showDecision(visit, visit.params.id, { typed, outcome }),
  })
}

/** What the menu of a secretariat holds; undefined for all others. */
export function deskMenu(actor: Actor | null): { heading: string; links: Link[] }[] | undefined {
  const mine: Link = { href: '/governance/mine', label: m.governance_consult_mine(), icon: 'people' }
  // members and organisations of people concerned bring themes (GOV-2)
  const bring: Link = { href: '/governance/matters/new', label: m.governance_matter_new(), icon: 'plus' }
  if (!holdsRole(actor, 'secretariat'))
    return holdsRole(actor, 'body_member')
      ? [
          {
            heading: m.governance_nav_heading(),
            links: [
              mine,
              { href: '/matters', label: m.governance_matters_title(), icon: 'document' as const },
              { href: '/meetings', label: m.governance_meetings(), icon: 'calendar' as const },
              { href: '/consultations', label: m.governance_consult_nav_desk(), icon: 'mail' as const },
              bring,
            ],
          },
        ]
      : undefined
  // five of daily work, which the bar of a phone shows as well; what is rarer follows, and the desk leads to the rest
  return [
    {
      heading: m.governance_nav_heading(),
      links: [
        { href: '/governance', label: m.governance_nav_desk(), icon: 'today' },
        { href: '/governance/matters', label: m.governance_matters_title(), icon: 'document' },
        { href: '/governance/meetings', label: m.governance_meetings(), icon: 'calendar' },
        { href: '/governance/consultations', label: m.governance_consult_nav_desk(), icon: 'mail' },
        { href: '/governance/agreements', label: m.governance_framework_desk_nav(), icon: 'book' },
      ],
    },
    {
      heading: m.governance_nav_bodies_heading(),
      links: [
        { href: '/governance/seats', label: m.governance_nav_seats(), icon: 'people' },
        { href: '/governance/questions', label: m.governance_questions_desk_nav(), icon: 'speech' },
        { href: '/governance/rules', label: m.governance_rules_desk_nav(), icon: 'edit' },
      ],
    },
  ]
}

/** Organisations for whose bodies this actor may enter decisions of some kind. */
function organisationsOf(actor: Actor | null): string[] {
  const held = actor ? effectiveMemberships(actor) : []
  return [
    ...new Set(
      held
        .filter(({ role }) => ['secretariat', 'case_worker', 'team_lead'].includes(role))
        .map(({ organisation }) => organisation),
    ),
  ]
}

/** The same bodies with those matters alone that this actor may enter. */
function enterable(actor: Actor | null, bodies: readonly StoredBody[]): StoredBody[] {
  return bodies
    .map((body) => ({
      ...body,
      profile: {
        ...body.profile,
        decidesOn: body.profile.decidesOn.filter(
          ({ aboutPeople }) =>
            entersAs(actor, { organisation: body.organisation.id, aboutPerson: aboutPeople }) !== undefined,
        ),
      },
    }))
    .filter(({ profile }) => profile.decidesOn.length > 0)
}

async function showDesk(visit: Visit<unknown, { after?: string | undefined }>): Promise<Answer> {
  const after = cursorOf(visit.query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const organisations = organisationsOf(visit.actor)
  const { bodies, decisions, next } = await visit.read(async (tx) => {
    const [all, found] = await Promise.all([
      bodiesOf(tx, organisations),
      decisionsOf(tx, organisations, { after, limit: pageSize }),
    ])
    return { bodies: all, ...found }
  })
  // the pages that follow show the list alone
  const due = after ? undefined : await dueOf(visit)
  return page(
    due !== undefined ? m.governance_due_title() : m.governance_desk_title(),
    <Desk
      due={due}
      decisions={decisions}
      hasBodies={enterable(visit.actor, bodies).length > 0}
      first={after ? '/governance' : undefined}
      next={next ? `/governance?after=${encodeCursor(next)}` : undefined}
    />,
    { size: 'sm' },
  )
}

async function showForm(
  visit: Visit,
  begin: { matter?: string | undefined; on?: string | undefined; subject?: DecisionSubject | undefined },
  state: FormState,
): Promise<Answer> {
  const bodies = enterable(visit.actor, await visit.read((tx) => bodiesOf(tx, organisationsOf(visit.actor))))
  return page(
    m.governance_record(),
    <DecisionForm
      action="/governance/decisions/new"
      title={m.governance_record()}
      lead={m.governance_record_lead()}
      back={deskBack()}
      bodies={bodies}
      begin={begin}
      today={todayFor(visit, bodies[0])}
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />,
    { size: 'sm' },
  )
}

const todayFor = (visit: Visit, body: StoredBody | undefined) => dayIn(visit.now, body?.timeZone ?? 'UTC')
const recordedOf = (decision: Decision) => ({
  organisation: decision.body.organisation,
  aboutPerson: decision.aboutPerson,
})

function showDecision(visit: Visit, id: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: decisionKind, id })
    const decision = await decisionById(tx, id)
    if (!decision) return { is: 'notFound' }
    const about = recordedOf(decision)
    const shares = mayShare.may(visit.actor, about)
    return page(
      m.governance_decisions(),
      <DecisionPage
        decision={decision}
        root="/governance/decisions"
        back={mayWork.may(visit.actor, {}) ? deskBack() : { href: '/bodies', label: m.governance_back_bodies() }}
      >
        <GivenLimits given={await limitsGivenBy(tx, id)} />
        <DecisionWork
          decision={decision}
          maySupersede={mayRecord.may(visit.actor, about)}
          delegates={canDelegate(decision) && mayDelegate.may(visit.actor, about)}
          share={shares ? { state, idempotencyKey: crypto.randomUUID() } : undefined}
        />
      </DecisionPage>,
      { size: 'sm' },
    )
  })
}

function showReplacement(visit: Visit, id: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: decisionKind, id })
    const decision = await decisionById(tx, id)
    const body = decision && (await bodyBySlug(tx, decision.body.slug))
    if (!decision || !body) return { is: 'notFound' }
    if (!mayRecord.may(visit.actor, recordedOf(decision))) return { is: 'forbidden' }
    const same = {
      ...body,
      profile: {
        ...body.profile,
        decidesOn: body.profile.decidesOn.filter(({ aboutPeople }) => aboutPeople === decision.aboutPerson),
      },
    }
    return page(
      m.governance_supersede(),
      <DecisionForm
        action={`/governance/decisions/${id}/supersede`}
        title={m.governance_supersede()}
        lead={m.governance_supersede_lead()}
        back={{ href: `/governance/decisions/${id}`, label: m.governance_back_decision() }}
        bodies={[same]}
        begin={{ decision }}
        today={todayFor(visit, body)}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

function recorded({ id, number }: { id: string; number: string }): Answer {
  return redirect(`/governance/decisions/${id}`, { kind: 'done', text: m.governance_recorded_flash({ number }) })
}

/** One choice names body and matter; one language holds for title and text. */
function decisionInput({
  matter,
  title,
  words,
  language,
  ...fields
}: Record<string, unknown>): Record<string, unknown> {
  const [body, own] = typeof matter === 'string' ? matter.split('/') : []
  const locale = Locale.safeParse(language).data ?? 'en'
  const spoken = (text: unknown) => (typeof text === 'string' ? { [locale]: text } : undefined)
  return { ...fields, body, matter: own, title: spoken(title), words: spoken(words) }
}

function typedSubject(typed: Fields): DecisionSubject | undefined {
  return DecisionSubject.safeParse({ kind: field(typed, 'subject.kind'), id: field(typed, 'subject.id') }).data
}

/** Mistakes at the fields of the form, which asks for body and matter in one, and for one language. */
function atFields<Failed extends Exclude<Outcome<unknown>, { is: 'ok' }>>(outcome: Failed): Failed {
  if (outcome.is !== 'invalid') return outcome
  const errors = new Map<string, FieldError>()
  for (const { path, message } of outcome.errors) {
    const first = path.split('.')[0] ?? ''
    const at = first === 'body' || first === 'subject' ? 'matter' : first
    // the choices have words of their own there, which a schema does not know
    if (!errors.has(at)) errors.set(at, { path: at, message: at === 'outcome' ? m.form_missing() : message })
  }
  return { ...outcome, errors: [...errors.values()] }
}
