import { z } from 'zod'
import { type Actor, effectiveMemberships } from '../../../platform/access/actor.ts'
import { signedIn } from '../../../platform/access/permission.ts'
import type { Premises } from '../../../platform/capability.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { sortedBy } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { addPaper, takePaperOut } from '../commands/consultations/add-paper.ts'
import {
  computedResult,
  confirmConsultation,
  publishConsultation,
} from '../commands/consultations/confirm-consultation.ts'
import { changeConsultation, draftConsultation } from '../commands/consultations/draft-consultation.ts'
import { extendConsultation } from '../commands/consultations/extend-consultation.ts'
import { sendConsultation } from '../commands/consultations/send-consultation.ts'
import { termsOn } from '../commands/consultations/terms.ts'
import { withdrawConsultation } from '../commands/consultations/withdraw-consultation.ts'
import { mayConfirm, mayConsult, mayKeepConsultations } from '../permissions/consultations.ts'
import { timetableOf } from '../rules/consultations/closing.ts'
import { reachedBy } from '../store/consultations/addresses.ts'
import { consultationsAtDesk } from '../store/consultations/consultations.ts'
import { noticesOf } from '../store/consultations/notices.ts'
import { isChair } from '../store/consultations/ties.ts'
import { placeOf } from '../store/consultations/working-days.ts'
import { bodiesOf, bodyBySlug, listBodies } from '../store/read-body.ts'
import { organisationsIn } from '../store/read-seats.ts'
import { consultationKind } from '../types/consultations.ts'
import {
  ConsultationsDesk,
  ConsultationWork,
  type DeskConsultation,
  type DeskForm,
} from '../views/consultations/desk.tsx'
import { DraftForm } from '../views/consultations/draft-form.tsx'
import { PaperForm } from '../views/consultations/paper-form.tsx'
import { wordsOf } from '../views/consultations/parts.tsx'
import { aboutWhat, wholeConsultation } from './consultations.tsx'
import { atTexts, inOneLanguage } from './one-language.ts'

const root = '/governance/consultations'
const params = z.object({ id: z.uuid() })
const paperParams = z.object({ id: z.uuid(), paper: z.uuid() })
const deskBack = () => ({ href: root, label: m.governance_consult_back_desk() })

/** Bytes of one paper. */
export const paperLimit = 25_000_000

/** The desk on which a secretariat consults the parties of its bodies, and a chair confirms (GOV-5). */
export function consultationsDesk(door: Door, house: Premises): void {
  door.page(root, { permission: mayKeepConsultations, audit: 'governance.consultations.open' }, showDesk)

  door.page(`${root}/new`, { permission: mayKeepConsultations, audit: { none: 'an empty form' } }, (visit) =>
    showForm(visit, undefined, {}),
  )
  door.form(`${root}/new`, {
    command: draftConsultation,
    input: questionInput,
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.governance_consult_drafted_flash() }),
    again: (typed, outcome, visit) =>
      showForm(visit, undefined, { typed, outcome: atTexts(outcome, 'title', 'question') }),
  })

  // a chair comes here without keeping the secretariat: what they may see, the page decides
  const guard = { permission: signedIn, audit: 'governance.consultation.read', params } as const
  door.page(`${root}/{id}`, guard, (visit) => showOne(visit, house, visit.params.id, {}))
  door.page(
    `${root}/{id}/edit`,
    { permission: mayKeepConsultations, audit: 'governance.consultation.read', params },
    (visit) => showForm(visit, visit.params.id, {}),
  )
  door.form(`${root}/{id}/edit`, {
    command: changeConsultation,
    params,
    input: (fields, visit) => ({ ...questionInput(fields), id: visit.params.id }),
    done: ({ id }) => redirect(`${root}/${id}`, { kind: 'done', text: m.governance_consult_drafted_flash() }),
    again: (typed, outcome, visit) =>
      showForm(visit, visit.params.id, { typed, outcome: atTexts(outcome, 'title', 'question') }),
  })

  const step = {
    params,
    input: (fields: Record<string, unknown>, visit: Visit<{ id: string }>) => ({ ...fields, id: visit.params.id }),
  }
  const again =
    (form: DeskForm) => (typed: FormState['typed'], outcome: FormState['outcome'], visit: Visit<{ id: string }>) =>
      showOne(visit, house, visit.params.id, { [form]: { typed, outcome } })
  const done = (text: () => string) => (_result: unknown, visit: Visit<{ id: string }>) =>
    redirect(`${root}/${visit.params.id}`, { kind: 'done', text: text() })
  door.form(`${root}/{id}/send`, {
    ...step,
    command: sendConsultation,
    done: done(m.governance_consult_sent_flash),
    again: again('send'),
  })
  door.form(`${root}/{id}/extend`, {
    ...step,
    command: extendConsultation,
    done: done(m.governance_consult_extended_flash),
    again: again('extend'),
  })
  door.form(`${root}/{id}/withdraw`, {
    ...step,
    command: withdrawConsultation,
    done: done(m.governance_consult_withdrawn_flash),
    again: again('withdraw'),
  })
  door.form(`${root}/{id}/confirm`, {
    ...step,
    command: confirmConsultation,
    done: done(m.governance_consult_confirmed_flash),
    again: again('confirm'),
  })
  door.form(`${root}/{id}/publish`, {
    ...step,
    command: publishConsultation,
    done: done(m.governance_consult_published_flash),
    again: again('publish'),
  })
  door.form(`${root}/{id}/papers`, {
    params,
    command: addPaper(house.files),
    uploads: { limit: paperLimit, most: 1 },
    input: (fields, visit, uploads) => ({ ...fields, id: visit.params.id, uploads }),
    done: done(m.governance_consult_paper_added_flash),
    again: again('paper'),
  })
  door.form(`${root}/{id}/papers/{paper}/remove`, {
    params: paperParams,
    command: takePaperOut(house.files),
    input: (_fields, visit) => visit.params,
    done: (result) =>
      redirect(`${root}/${result.id}`, { kind: 'done', text: m.governance_consult_paper_removed_flash() }),
    again: (typed, outcome, visit) => showOne(visit, house, visit.params.id, { paper: { typed, outcome } }),
  })
}

/** What was typed about a question: texts in one language, papers without a name or an address left out. */
function questionInput(fields: Record<string, unknown>): Record<string, unknown> {
  const papers = Array.isArray(fields.papers)
    ? fields.papers.filter((paper) => typeof paper === 'object' && paper !== null && Object.keys(paper).length > 0)
    : []
  return { ...inOneLanguage(fields, 'title', 'question'), papers }
}

/** Organisations in whose secretariat this person works. */
export const secretariatsOf = (actor: Actor | null): string[] => [
  ...new Set(
    (actor ? effectiveMemberships(actor) : [])
      .filter(({ role }) => role === 'secretariat')
      .map(({ organisation }) => organisation),
  ),
]

/** Who can be asked in these regions: public organisations and bodies, as the form names them, in the order of the reader's language. */
export async function partyChoices(tx: Tx, packs: readonly string[]): Promise<{ value: string; names: Text }[]> {
  const choices: { value: string; names: Text }[] = []
  for (const pack of new Set(packs)) {
    const bodies = await listBodies(tx, pack)
    const secretariats = new Set(bodies.map(({ organisation }) => organisation.slug))
    for (const { slug, names } of await organisationsIn(tx, pack))
      if (secretariats.has(slug)) choices.push({ value: `organisation:${slug}`, names })
    for (const { profile } of bodies) choices.push({ value: `body:${profile.slug}`, names: profile.names })
  }
  return sortedBy(choices, ({ names }) => wordsOf(names))
}

async function showDesk(visit: Visit): Promise<Answer> {
  const consultations = await visit.read((tx) => consultationsAtDesk(tx, secretariatsOf(visit.actor)))
  return page(m.governance_consult_desk_title(), <ConsultationsDesk consultations={consultations} />, { size: 'sm' })
}

function showForm(visit: Visit, id: string | undefined, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const whole = id === undefined ? undefined : await wholeConsultation(tx, id)
    if (id !== undefined) {
      visit.about({ kind: consultationKind, id })
      if (!whole) return { is: 'notFound' }
      if (!mayConsult.may(visit.actor, whole.consultation.body)) return { is: 'forbidden' }
      if (whole.consultation.state !== 'draft') return redirect(`${root}/${id}`)
    }
    const bodies = await bodiesOf(tx, secretariatsOf(visit.actor))
    const packs = whole ? [whole.consultation.body.pack] : bodies.map(({ pack }) => pack)
    return page(
      id === undefined ? m.governance_consult_new() : m.governance_consult_edit(),
      <DraftForm
        action={id === undefined ? `${root}/new` : `${root}/${id}/edit`}
        back={id === undefined ? deskBack() : { href: `${root}/${id}`, label: m.governance_consult_back_desk() }}
        bodies={bodies}
        choices={await partyChoices(tx, packs)}
        draft={whole}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

function showOne(
  visit: Visit,
  { threadKinds }: Premises,
  id: string,
  states: Partial<Record<DeskForm, FormState>>,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: consultationKind, id })
    const whole = await wholeConsultation(tx, id)
    if (!whole) return { is: 'notFound' }
    const { consultation } = whole
    const chairs = await isChair(tx, consultation.body.id)
    if (!mayConfirm.may(visit.actor, { organisation: consultation.body.organisation, chairs }))
      return { is: 'forbidden' }
    const serves = mayConsult.may(visit.actor, consultation.body)
    const desk = await deskView(tx, { ...whole, chairs, serves }, visit.now)
    return page(
      wordsOf(consultation.title),
      <ConsultationWork
        of={desk}
        about={await aboutWhat(tx, threadKinds, consultation)}
        states={states}
        paperForm={
          <PaperForm
            base={`${root}/${id}/papers`}
            papers={whole.papers}
            limit={paperLimit}
            state={states.paper ?? {}}
            idempotencyKey={crypto.randomUUID()}
          />
        }
      />,
      { size: 'sm' },
    )
  })
}

async function deskView(
  tx: Tx,
  whole: Pick<DeskConsultation, 'consultation' | 'parties' | 'papers' | 'extensions' | 'answers' | 'chairs' | 'serves'>,
  now: Date,
): Promise<DeskConsultation> {
  const { consultation, parties } = whole
  const { id, timeZone, state } = consultation
  const reached = new Set((await reachedBy(tx, id, dayIn(now, timeZone))).map(({ party }) => party))
  const body = state === 'draft' ? await bodyBySlug(tx, consultation.body.slug) : undefined
  const terms = body && (await termsOn(tx, body, dayIn(now, timeZone), consultation.daysWanted))
  return {
    ...whole,
    unreached: whole.serves ? parties.filter((party) => !reached.has(party.id)).map(({ names }) => wordsOf(names)) : [],
    notices: await noticesOf(tx, id),
    computed: state === 'closed' ? await computedResult(tx, consultation) : undefined,
    planned: body && terms && { terms, table: timetableOf(terms, now, await placeOf(tx, body)) },
  }
}
