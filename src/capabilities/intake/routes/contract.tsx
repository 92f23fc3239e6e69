import { everyone, signedIn } from '../../../platform/access/permission.ts'
import type { Files } from '../../../platform/files/files.ts'
import { fileAnswer } from '../../../platform/files/serve.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { problem } from '../../../platform/http/problem.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { makePdf } from '../../../platform/pdf/pdf.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { leaveContract } from '../commands/end-contract.ts'
import { openNamed } from '../commands/opened-request.ts'
import { type Signed, type Signings, signings } from '../commands/sign-contract.ts'
import { mayAnswer, mayTakePart, mayWork } from '../permissions.ts'
import { ContractPage } from '../views/contract.tsx'
import { EndPage, paperLimit, SignPage } from '../views/contract-forms.tsx'
import { contractPdf } from '../views/contract-pdf.ts'
import { contractApi } from './contract-api.ts'
import { contractDeskForms } from './contract-desk.tsx'
import {
  type ContractVisit,
  contractParams,
  contractQuery,
  type Entry,
  purposeOf,
  type SeenContract,
  seeContract,
} from './contract-seen.ts'

const guards = {
  desk: { permission: mayWork, audit: 'intake.contract.read' },
  mine: { permission: signedIn, audit: 'intake.contract.read' },
  link: { permission: everyone, audit: 'intake.contract.read' },
} as const

const desk: Entry = {
  is: 'desk',
  address: '/requests/{id}/contract',
  seat: ({ id }) => ({ is: 'desk', base: `/requests/${id}/contract`, back: `/requests/${id}` }),
  read: mayAnswer,
}
const mine: Entry = {
  is: 'person',
  address: '/my/requests/{id}/contract',
  seat: ({ id }) => ({ is: 'person', base: `/my/requests/${id}/contract`, back: `/my/requests/${id}` }),
  read: mayTakePart,
}
const link: Entry = {
  is: 'person',
  address: '/r/{token}/contract',
  seat: ({ token }) => ({ is: 'person', base: `/r/${token}/contract`, back: `/r/${token}` }),
  read: mayTakePart,
}

/** INT-7: the contract with the person, at the desk, behind the link of the request, and in *My help*; and the same as JSON. */
export function contractRoutes(door: Door, house: { files: Files }): void {
  const sign = signings(house.files)
  for (const [entry, guard] of [
    [desk, guards.desk],
    [mine, guards.mine],
    [link, guards.link],
  ] as const) {
    contractPages(door, house, entry, guard)
    signing(door, entry, sign)
  }
  for (const entry of [mine, link])
    door.form(`${entry.address}/end`, {
      command: leaveContract,
      params: contractParams,
      input: (fields, visit) => ({ ...fields, token: visit.params.token }),
      done: (_ended, visit) =>
        redirect(entry.seat(visit.params).base, { kind: 'done', text: m.intake_contract_ended_flash() }),
      again: (typed, outcome, visit) => showEnd(visit, entry, typed.get('contract')?.[0], { typed, outcome }),
    })
  contractDeskForms(door, desk, { show: showContract, showEnd })
  contractApi(door, sign)
}

function contractPages(
  door: Door,
  house: { files: Files },
  entry: Entry,
  guard: (typeof guards)[keyof typeof guards],
): void {
  const route = { ...guard, params: contractParams, query: contractQuery }
  door.page(entry.address, route, (visit) => showContract(visit, entry, visit.query.contract))
  door.page(`${entry.address}/sign`, route, (visit) =>
    showSign(visit, entry, { ...visit.query, typed: undefined, outcome: undefined }),
  )
  door.page(`${entry.address}/end`, route, (visit) => showEnd(visit, entry, visit.query.contract, {}))
  door.page(`${entry.address}.pdf`, route, (visit) => showPdf(visit, entry, visit.query.contract))
  door.raw('get', `${entry.address}/paper`, guard, (visit) => showPaper(house.files, visit, entry))
}

/** Reads and answers, or says that there is nothing. */
async function answering(
  visit: ContractVisit,
  entry: Entry,
  wanted: string | undefined,
  answer: (seen: SeenContract) => Answer,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const seen = await seeContract(tx, visit, entry, wanted)
    if (!seen) return { is: 'notFound' }
    if (seen === 'forbidden') return { is: 'forbidden' }
    visit.about({ kind: 'intake.request', id: seen.opened.request.id })
    return answer(seen)
  }, purposeOf(visit.params))
}

/** The page of a contract. @param outcome why something could not be done */
export function showContract(
  visit: ContractVisit,
  entry: Entry,
  wanted: string | undefined,
  outcome?: FormState['outcome'],
): Promise<Answer> {
  return answering(visit, entry, wanted, (seen) =>
    page(
      m.intake_contract_title(),
      <ContractPage
        seat={entry.seat(visit.params)}
        reference={seen.opened.request.reference}
        contract={seen.contract}
        others={seen.others}
        deeds={seen.deeds}
        hindrance={seen.hindrance}
        dayOf={(moment) => dayIn(moment, seen.timeZone)}
        trouble={outcome}
      />,
      frame(entry, seen.opened),
    ),
  )
}

type Asked = FormState & {
  contract?: string | undefined
  side?: 'person' | 'provider' | undefined
  form?: 'drawn' | 'paper-scan' | undefined
}

function showSign(
  visit: ContractVisit,
  entry: Entry,
  { contract: wanted, side, form, ...state }: Asked,
): Promise<Answer> {
  return answering(visit, entry, wanted, ({ contract, deeds, forms, opened }) => {
    const signs = entry.is === 'person' ? 'person' : (side ?? 'provider')
    const chosen = forms.find((one) => one === form) ?? forms[0]
    const seat = entry.seat(visit.params)
    if (!contract || !chosen || !deeds.sign.includes(signs)) return redirect(seat.base)
    return page(
      m.intake_contract_sign(),
      <SignPage
        seat={seat}
        reference={opened.request.reference}
        state={state}
        contract={contract}
        side={signs}
        form={chosen}
        forms={forms}
        name={signs === 'person' ? contract.text.person.name : (visit.actor?.name ?? '')}
      />,
      frame(entry, opened),
    )
  })
}

function signing(door: Door, entry: Entry, sign: Signings): void {
  const shared = {
    params: contractParams,
    uploads: { limit: paperLimit, most: 1 },
    done: (signed: Signed, visit: ContractVisit) =>
      redirect(`${entry.seat(visit.params).base}?contract=${signed.id}`, {
        kind: 'done',
        text: signed.concluded ? m.intake_contract_concluded_flash() : m.intake_contract_signed_flash(),
      }),
  }
  if (entry.is === 'person') {
    door.form(`${entry.address}/sign`, {
      ...shared,
      command: sign.byPerson,
      admits: linkHolds,
      input: (fields, visit, uploads) => ({ ...fields, token: visit.params.token, paper: uploads[0] }),
      again: (typed, outcome, visit) => showSign(visit, entry, { ...askedIn(typed), typed, outcome }),
    })
    return
  }
  door.form(`${entry.address}/sign`, {
    ...shared,
    command: sign.atDesk,
    input: (fields, _visit, uploads) => ({ ...fields, paper: uploads[0] }),
    again: (typed, outcome, visit) => showSign(visit, entry, { ...askedIn(typed), typed, outcome }),
  })
}

/** Nobody stores bytes here who only guesses at links. */
async function linkHolds({ params, actor, database }: ContractVisit): Promise<boolean> {
  const purpose = purposeOf(params)
  const identity = { actor: actor?.account ?? null, ...(purpose ? { purpose } : {}) }
  return (
    (await database.transact(identity, (tx) => openNamed(tx, { token: params.token, request: params.id }))) !==
    undefined
  )
}

function askedIn(typed: NonNullable<FormState['typed']>): Asked {
  const asked = contractQuery.safeParse({
    contract: typed.get('contract')?.[0],
    side: typed.get('side')?.[0],
    form: typed.get('form')?.[0],
  })
  return asked.data ?? {}
}

/** The page on which a contract is ended. */
export function showEnd(
  visit: ContractVisit,
  entry: Entry,
  wanted: string | undefined,
  state: FormState,
): Promise<Answer> {
  return answering(visit, entry, wanted, ({ contract, deeds, opened, today }) => {
    const seat = entry.seat(visit.params)
    if (!contract || !deeds.end) return redirect(seat.base)
    return page(
      m.intake_contract_end(),
      <EndPage seat={seat} reference={opened.request.reference} state={state} contract={contract} today={today} />,
      frame(entry, opened),
    )
  })
}

/** No copy of the page stays anywhere; a person can leave it at once (INT-11). */
const frame = (entry: Entry, { request }: SeenContract['opened']) => ({
  region: request.pack,
  headers: { 'cache-control': 'no-store' },
  ...(entry.is === 'desk' ? { size: 'sm' as const } : { leave: true }),
})

async function showPdf(visit: ContractVisit, entry: Entry, wanted: string | undefined): Promise<Answer> {
  let seen: SeenContract | undefined
  const answer = await answering(visit, entry, wanted, (found) => {
    seen = found
    return { is: 'notFound' }
  })
  if (!seen?.contract) return answer
  const { contract, timeZone } = seen
  return {
    is: 'file',
    type: 'application/pdf',
    name: `${contract.text.reference}.pdf`,
    headers: { 'cache-control': 'private, no-store' },
    body: await makePdf(contractPdf(contract, (moment) => dayIn(moment, timeZone))),
  }
}

async function showPaper(files: Files, visit: Visit, entry: Entry): Promise<Response> {
  const params = contractParams.safeParse(visit.params)
  const query = contractQuery.safeParse(Object.fromEntries(new URL(visit.request.url).searchParams))
  if (!params.success || !query.success) return problem(404, m.problem_not_found())
  const file = await visit.read(async (tx) => {
    const seen = await seeContract(tx, { ...visit, params: params.data }, entry, query.data.contract)
    if (!seen || seen === 'forbidden') return undefined
    visit.about({ kind: 'intake.request', id: seen.opened.request.id })
    const signature = seen.contract?.signatures.find(({ side }) => side === query.data.side)
    return signature?.file ? files.open(tx, signature.file) : undefined
  }, purposeOf(params.data))
  const content = await file?.content()
  return file && content ? fileAnswer(file, content) : problem(404, m.problem_not_found())
}
