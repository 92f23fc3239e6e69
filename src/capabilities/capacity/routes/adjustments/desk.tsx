import { z } from 'zod'
import { type Actor, holdsRole, holdsRoleIn } from '../../../../platform/access/actor.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../../platform/http/answer.ts'
import { encodeCursor } from '../../../../platform/http/cursor.ts'
import type { Door } from '../../../../platform/http/door.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { FormState } from '../../../../platform/ui/form.tsx'
import type { Link } from '../../../../platform/ui/frame.ts'
import { recordAddress } from '../../../governance/contract.ts'
import { askByMail, askMeeting, choosePath, takeVerdict } from '../../commands/adjustments/ask-approval.ts'
import { contactMunicipalities } from '../../commands/adjustments/contact-municipalities.ts'
import { noteTariff, withdrawAdjustment } from '../../commands/adjustments/end-adjustment.ts'
import { splittingOf } from '../../commands/adjustments/splitting-of.ts'
import { titleWords } from '../../letters/adjustment-words.ts'
import { mayPlanAdjustment, maySteerAdjustment, mayWorkWithAdjustments } from '../../permissions/adjustments.ts'
import { organisationsWhere } from '../../permissions/places.ts'
import { hindranceOf } from '../../rules/adjustments/course.ts'
import { lettersOf, uncontacted } from '../../store/adjustments/contacts.ts'
import { findAdjustments, type StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { verdictOf } from '../../store/adjustments/save-adjustment.ts'
import { organisationsById } from '../../store/places/read-setting.ts'
import { adjustmentKind, runningStates } from '../../types/adjustments.ts'
import { AdjustmentPage } from '../../views/adjustments/adjustment-page.tsx'
import { AdjustmentDesk, type Waiting } from '../../views/adjustments/desk.tsx'
import { ContactPage, type Deeds, Work } from '../../views/adjustments/steered.tsx'
import { adjustmentParams, bodyNames, cursorOf, pageSize, seeAdjustment, todayThere } from './seen.ts'

const guarded = { permission: mayWorkWithAdjustments, audit: 'capacity.adjustment.read' } as const
const root = '/capacity/adjustments'

/** The desk where operators plan adjustments and secretariats see every one, and are asked where approval is needed (CAP-3). */
export function adjustmentDesk(door: Door): void {
  door.page(
    root,
    {
      permission: mayWorkWithAdjustments,
      audit: { none: 'offers and places; nothing of people' },
      query: z.object({ after: z.string().max(1000).optional() }),
    },
    showDesk,
  )
  door.page(`${root}/{id}`, { ...guarded, params: adjustmentParams }, (visit) => showWork(visit, undefined, {}))
  door.page(`${root}/{id}/contact`, { ...guarded, params: adjustmentParams }, (visit) => showContact(visit, {}))
  door.form(`${root}/{id}/contact`, {
    command: contactMunicipalities,
    params: adjustmentParams,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.capacity_adjust_contacted_flash() }),
    again: (typed, outcome, visit) => showContact(visit, { typed, outcome }),
  })
  door.form(`${root}/{id}/address`, {
    command: recordAddress,
    params: adjustmentParams,
    input: (fields) => fields,
    done: (_address, visit) =>
      redirect(`${root}/${visit.params.id}`, { kind: 'done', text: m.capacity_adjust_address_flash() }),
    again: (typed, outcome, visit) => showWork(visit, 'address', { typed, outcome }),
  })
  door.form(`${root}/{id}/withdraw`, {
    command: withdrawAdjustment,
    params: adjustmentParams,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.capacity_adjust_withdrawn_flash() }),
    again: (typed, outcome, visit) => showWork(visit, 'withdraw', { typed, outcome }),
  })
  door.form(`${root}/{id}/tariff`, {
    command: noteTariff,
    params: adjustmentParams,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.capacity_adjust_tariff_flash() }),
    again: (typed, outcome, visit) => showWork(visit, 'tariff', { typed, outcome }),
  })
  door.form(`${root}/{id}/path`, {
    command: choosePath,
    params: adjustmentParams,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.capacity_adjust_path_flash() }),
    again: (typed, outcome, visit) => showWork(visit, 'path', { typed, outcome }),
  })
  door.form(`${root}/{id}/ask`, {
    command: askByMail,
    params: adjustmentParams,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.capacity_adjust_asked_flash() }),
    again: (typed, outcome, visit) => showWork(visit, 'ask', { typed, outcome }),
  })
  door.form(`${root}/{id}/ask-meeting`, {
    command: askMeeting,
    params: adjustmentParams,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.capacity_adjust_asked_flash() }),
    again: (typed, outcome, visit) => showWork(visit, 'ask', { typed, outcome }),
  })
  door.form(`${root}/{id}/verdict`, {
    command: takeVerdict,
    params: adjustmentParams,
    input: (_fields, visit) => ({ id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.capacity_adjust_verdict_flash() }),
    again: (typed, outcome, visit) => showWork(visit, 'verdict', { typed, outcome }),
  })
}

/** What the menu of operators and secretariats holds; undefined for all others. */
export const adjustmentMenu = (actor: Actor | null): Link | undefined =>
  mayWorkWithAdjustments.may(actor, {}) ? { href: root, label: m.capacity_adjust_nav(), icon: 'edit' } : undefined

async function showDesk({
  query,
  read,
  actor,
  region,
  now,
}: Visit<unknown, { after?: string | undefined }>): Promise<Answer> {
  const after = cursorOf(query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const operators = organisationsWhere('runs', actor)
  // the secretariat sees every change of the region, an operator its own
  const choice = holdsRole(actor, 'secretariat') ? { pack: region?.id ?? '' } : { operators }
  const { found, waiting } = await read(async (tx) => {
    const [shown, running] = await Promise.all([
      findAdjustments(tx, choice, { after, limit: pageSize }),
      findAdjustments(tx, { ...choice, states: [...runningStates, 'in-force'] }, { after: undefined, limit: 100 }),
    ])
    return { found: shown, waiting: await waitingFor(tx, actor, running.adjustments, now) }
  })
  return page(
    m.capacity_adjust_nav(),
    <AdjustmentDesk
      plans={operators.length > 0}
      waiting={waiting}
      adjustments={found.adjustments}
      first={after ? root : undefined}
      next={found.next ? `${root}?after=${encodeURIComponent(encodeCursor(found.next))}` : undefined}
    />,
    { size: 'sm' },
  )
}

/** What this person can do something about, the earliest effect first. */
async function waitingFor(
  tx: Tx,
  actor: Actor | null,
  adjustments: readonly StoredAdjustment[],
  now: Date,
): Promise<Waiting[]> {
  const found = await Promise.all(
    adjustments.map(async (adjustment) => ({ adjustment, todo: await todoOf(tx, actor, adjustment, now) })),
  )
  return found
    .filter((one): one is Waiting => one.todo !== undefined)
    .sort((a, b) => (a.adjustment.effectOn < b.adjustment.effectOn ? -1 : 1))
}

async function todoOf(
  tx: Tx,
  actor: Actor | null,
  adjustment: StoredAdjustment,
  now: Date,
): Promise<Waiting['todo'] | undefined> {
  const { state } = adjustment
  const operates = mayPlanAdjustment.may(actor, { operator: adjustment.operator.id })
  const steers = maySteerAdjustment.may(actor, {
    operator: adjustment.operator.id,
    secretariats: adjustment.secretariats,
  })
  const today = todayThere(adjustment, now)
  if (operates) {
    if (state === 'in-force') return adjustment.tariffDue ? 'tariff' : undefined
    if (state === 'planned') return 'contact'
    if (hindranceOf(adjustment, today) === 'day-is-over') return 'day-over'
    if ((await uncontacted(tx, adjustment.id, today)).length > 0) return 'contact-missing'
  }
  if (!steers || state === 'in-force') return undefined
  if ((await uncontacted(tx, adjustment.id, today)).some(({ addressKept }) => !addressKept)) return 'address'
  if (state === 'path-open') return 'choose-path'
  if (state === 'approval-open') {
    if (adjustment.way === undefined) return 'ask'
    return (await verdictOf(tx, adjustment.id)) ? 'verdict' : undefined
  }
  return (await splittingOf(tx, adjustment)) ? 'splitting' : undefined
}

type OfAdjustment = Visit<{ id: string }>

function showWork(visit: OfAdjustment, sent: string | undefined, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const seen = await seeAdjustment(tx, visit.params.id)
    if (!seen) return { is: 'notFound' }
    const { adjustment } = seen
    visit.about({ kind: adjustmentKind, id: adjustment.id })
    const deeds = await deedsOf(tx, visit, adjustment)
    if (!deeds.operates && !deeds.steers)
      return adjustment.publishedAt ? redirect(`/adjustments/${adjustment.id}`) : { is: 'forbidden' }
    return page(
      titleWords(adjustment),
      <AdjustmentPage
        seen={{ ...seen, letters: await lettersOf(tx, adjustment.id) }}
        back={{ href: root, label: m.capacity_adjust_back_list() }}
        before={
          <Work adjustment={adjustment} deeds={deeds} state={state} sent={sent} idempotencyKey={crypto.randomUUID()} />
        }
      />,
      { size: 'sm', region: adjustment.pack },
    )
  })
}

async function deedsOf(tx: Tx, { actor, now }: OfAdjustment, adjustment: StoredAdjustment): Promise<Deeds> {
  const today = todayThere(adjustment, now)
  const running = (runningStates as readonly string[]).includes(adjustment.state)
  const kept = adjustment.secretariats.filter((organisation) => holdsRoleIn(actor, 'secretariat', organisation))
  const [missing, splitting, bodies, keepers, verdict] = await Promise.all([
    running ? uncontacted(tx, adjustment.id, today) : [],
    running ? splittingOf(tx, adjustment) : undefined,
    bodyNames(tx, adjustment.bodies),
    organisationsById(tx, kept),
    verdictOf(tx, adjustment.id),
  ])
  return {
    operates: mayPlanAdjustment.may(actor, { operator: adjustment.operator.id }),
    steers: maySteerAdjustment.may(actor, { operator: adjustment.operator.id, secretariats: adjustment.secretariats }),
    missing,
    hindrance: hindranceOf(adjustment, today),
    splitting,
    bodies,
    keepers,
    verdict: verdict?.outcome,
  }
}

function showContact(visit: OfAdjustment, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const seen = await seeAdjustment(tx, visit.params.id)
    if (!seen) return { is: 'notFound' }
    const { adjustment } = seen
    if (!mayPlanAdjustment.may(visit.actor, { operator: adjustment.operator.id })) return { is: 'forbidden' }
    visit.about({ kind: adjustmentKind, id: adjustment.id })
    const missing = await uncontacted(tx, adjustment.id, todayThere(adjustment, visit.now))
    return page(
      m.capacity_adjust_contact(),
      <ContactPage adjustment={adjustment} missing={missing} state={state} idempotencyKey={crypto.randomUUID()} />,
      { size: 'sm', region: adjustment.pack },
    )
  })
}
