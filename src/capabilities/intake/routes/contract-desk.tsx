import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { contractGround } from '../commands/contract-case.ts'
import { draftContract } from '../commands/draft-contract.ts'
import { endContract } from '../commands/end-contract.ts'
import { extendContract } from '../commands/extend-contract.ts'
import { offerContract } from '../commands/offer-contract.ts'
import { openById } from '../commands/opened-request.ts'
import { mayDecide, mayWork } from '../permissions.ts'
import { endLimits } from '../rules/contract.ts'
import { contractsOf, placeOf } from '../store/contracts.ts'
import { DraftPage } from '../views/contract-forms.tsx'
import { type ContractVisit, contractParams, contractQuery, type Entry } from './contract-seen.ts'

interface Shows {
  show(visit: ContractVisit, entry: Entry, wanted: string | undefined, outcome?: FormState['outcome']): Promise<Answer>
  showEnd(visit: ContractVisit, entry: Entry, wanted: string | undefined, state: FormState): Promise<Answer>
}

/** What only the office does with a contract: write, offer, extend, end. */
export function contractDeskForms(door: Door, desk: Entry, { show, showEnd }: Shows): void {
  const route = {
    permission: mayWork,
    audit: 'intake.contract.read',
    params: contractParams,
    query: contractQuery,
  } as const
  const to = (visit: ContractVisit, text: string, contract: string) =>
    redirect(`${desk.seat(visit.params).base}?contract=${contract}`, { kind: 'done', text })

  door.page(`${desk.address}/draft`, route, (visit) => showDraft(visit, desk, {}, visit.query.begins))
  door.form(`${desk.address}/draft`, {
    command: draftContract,
    params: contractParams,
    input: (fields, visit) => ({ ...fields, request: visit.params.id }),
    done: ({ id }, visit) => to(visit, m.intake_contract_saved_flash(), id),
    again: (typed, outcome, visit) => showDraft(visit, desk, { typed, outcome }, typed.get('begins')?.[0]),
  })

  door.page(`${desk.address}/extend`, route, (visit) => showExtension(visit, desk, {}, visit.query.contract))
  door.form(`${desk.address}/extend`, {
    command: extendContract,
    params: contractParams,
    input: (fields) => fields,
    done: ({ id }, visit) => to(visit, m.intake_contract_saved_flash(), id),
    again: (typed, outcome, visit) => showExtension(visit, desk, { typed, outcome }, typed.get('contract')?.[0]),
  })

  door.form(`${desk.address}/offer`, {
    command: offerContract,
    params: contractParams,
    input: (fields) => fields,
    done: ({ id }, visit) => to(visit, m.intake_contract_offered_flash(), id),
    again: (_typed, outcome, visit) => show(visit, desk, undefined, outcome),
  })

  door.form(`${desk.address}/end`, {
    command: endContract,
    params: contractParams,
    input: (fields) => fields,
    done: ({ id }, visit) => to(visit, m.intake_contract_ended_flash(), id),
    again: (typed, outcome, visit) => showEnd(visit, desk, typed.get('contract')?.[0], { typed, outcome }),
  })
}

const isDay = (typed: string | undefined): typed is string =>
  typed !== undefined && contractQuery.shape.begins.safeParse(typed).success

function showDraft(
  visit: ContractVisit,
  entry: Entry,
  state: FormState,
  typedBegins: string | undefined,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const opened = await openById(tx, { request: visit.params.id ?? '' })
    if (!opened) return { is: 'notFound' }
    if (!mayDecide.may(visit.actor, opened)) return { is: 'forbidden' }
    const { request } = opened
    const ground = await contractGround(tx, request)
    if (typeof ground === 'string') return redirect(entry.seat(visit.params).base)
    const draft = (await contractsOf(tx, request.id)).find(({ state, extendsId }) => state === 'draft' && !extendsId)
    const begins = isDay(typedBegins) ? typedBegins : (draft?.begins ?? ground.today)
    const place = await placeOf(tx, ground.office?.id ?? ground.service.organisation.id)
    return page(
      m.intake_contract_write(),
      <DraftPage
        seat={entry.seat(visit.params)}
        reference={request.reference}
        state={state}
        draft={draft}
        begins={begins}
        limits={endLimits(ground.service.card.term, begins)}
        place={place ? speak(place, request.locale, [ground.service.card.writtenIn]).words : ''}
      />,
      { size: 'sm', region: request.pack, headers: { 'cache-control': 'no-store' } },
    )
  })
}

function showExtension(
  visit: ContractVisit,
  entry: Entry,
  state: FormState,
  wanted: string | undefined,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const opened = await openById(tx, { request: visit.params.id ?? '' })
    if (!opened) return { is: 'notFound' }
    if (!mayDecide.may(visit.actor, opened)) return { is: 'forbidden' }
    const { request } = opened
    const all = await contractsOf(tx, request.id)
    const extended = all.find(({ id, state }) => id === wanted && state === 'signed')
    const ground = await contractGround(tx, request)
    if (typeof ground === 'string' || !extended?.ends) return redirect(entry.seat(visit.params).base)
    return page(
      m.intake_contract_extend_title(),
      <DraftPage
        seat={entry.seat(visit.params)}
        reference={request.reference}
        state={state}
        draft={all.find(({ state, extendsId }) => state === 'draft' && extendsId === extended.id)}
        begins={extended.ends}
        limits={endLimits(ground.service.card.term, extended.ends, extended.firstBegan)}
        place={extended.text.place}
        extended={extended}
      />,
      { size: 'sm', region: request.pack, headers: { 'cache-control': 'no-store' } },
    )
  })
}
