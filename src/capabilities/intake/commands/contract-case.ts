import { createHash } from 'node:crypto'
import type { Tx } from '../../../platform/db/database.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay, formatList } from '../../../platform/i18n/format.ts'
import { inLocale, m } from '../../../platform/i18n/speech.ts'
import { costWords, formWords, type ServiceDetails, serviceById } from '../../directory/contract.ts'
import { canonical, contractText } from '../rules/contract.ts'
import { isPersonShown } from '../store/contacts.ts'
import { readContract, type StoredContract } from '../store/contracts.ts'
import { readPerson } from '../store/people.ts'
import { type Course, courseOf, type Office, officeById } from '../store/procedure.ts'
import type { StoredRequest } from '../store/requests.ts'
import type { ContractText } from '../types.ts'
import { type OpenedRequest, openNamed } from './opened-request.ts'

/** A contract, and the request that it follows. */
export interface ContractOfRequest extends OpenedRequest {
  contract: StoredContract
}

/** @returns undefined where there is none, or the actor may not know that there is */
export async function openContract(
  tx: Tx,
  named: { contract: string; token?: string | undefined },
): Promise<ContractOfRequest | undefined> {
  const contract = await readContract(tx, named.contract)
  const opened = contract && (await openNamed(tx, { token: named.token, request: contract.request }))
  return opened && { ...opened, contract }
}

/** The same for the office, which sees no contract of somebody who may not be seen. */
export async function openContractAtDesk(tx: Tx, named: { contract: string }): Promise<ContractOfRequest | undefined> {
  const opened = await openContract(tx, { contract: named.contract })
  return opened && (await isPersonShown(tx, opened.request.person)) ? opened : undefined
}

/** All that a contract is written from. */
export interface ContractGround {
  service: ServiceDetails
  course: Course
  person: ContractText['person']
  office: Office | undefined
  /** the local day */
  today: string
}

export type Lacking = 'service' | 'procedure' | 'name'

/** What a contract about this request is written from; or what of it is missing. */
export async function contractGround(tx: Tx, request: StoredRequest): Promise<ContractGround | Lacking> {
  const [service, course, person, office] = await Promise.all([
    request.service ? serviceById(tx, request.service) : undefined,
    courseOf(tx, request.pack),
    request.person ? readPerson(tx, request.person) : undefined,
    request.handler ? officeById(tx, request.handler) : undefined,
  ])
  if (!service) return 'service'
  if (!course) return 'procedure'
  if (!person) return 'name'
  const { name, birthDate, address } = person
  return {
    service,
    course,
    person: { name, ...(birthDate ? { birthDate } : {}), ...(address ? { address } : {}) },
    office,
    today: dayIn(tx.now, course.place.timeZone),
  }
}

/** What the case worker decides about a contract. */
export interface Agreed {
  begins: string
  ends: string | null
  besides: string | undefined
  place: string
  /** day on which the first contract began, where this one extends it */
  extendsFrom?: string
}

/** The text of a contract in the language of whoever asked for help. */
export function writeText(request: StoredRequest, ground: ContractGround, agreed: Agreed): ContractText {
  const { service, course, person, office, today } = ground
  return inLocale(request.locale, () =>
    contractText({
      locale: request.locale,
      reference: request.reference,
      provider: service.organisation.names,
      office: office && office.id !== service.organisation.id ? office.names : undefined,
      person,
      card: service.card,
      cardVersion: service.version,
      contract: course.procedure.contract,
      begins: agreed.begins,
      ends: agreed.ends,
      besides: agreed.besides,
      place: agreed.place,
      day: today,
      words: {
        title: agreed.extendsFrom ? m.intake_contract_text_extension() : m.intake_contract_text_title(),
        form: formatList(service.card.forms.map(formWords)),
        term: termInWords(agreed),
        cost: costWords(service.card.cost.kind),
        basis: basisInWords(course.procedure.contract.source),
        headings: headings(),
      },
    }),
  )
}

function termInWords({ begins, ends, extendsFrom }: Agreed): string {
  if (ends === null) return m.intake_contract_text_open({ begins: formatDay(begins) })
  const days = { begins: formatDay(begins), ends: formatDay(ends) }
  return extendsFrom
    ? m.intake_contract_text_extended({ ...days, first: formatDay(extendsFrom) })
    : m.intake_contract_text_until(days)
}

/** The act on which a contract rests, and its date. */
const basisInWords = (source: Course['procedure']['contract']['source']): string | undefined =>
  source && [source.title, source.date && formatDay(source.date)].filter(Boolean).join(', ')

const headings = (): ContractText['headings'] => ({
  provider: m.intake_contract_text_provider(),
  office: m.intake_contract_text_office(),
  person: m.intake_contract_text_person(),
  birthDate: m.intake_contract_text_birth_date(),
  address: m.intake_contract_text_address(),
  service: m.intake_contract_text_service(),
  activities: m.intake_contract_text_activities(),
  form: m.intake_contract_text_form(),
  term: m.intake_contract_text_term(),
  cost: m.intake_contract_text_cost(),
  rights: m.intake_contract_text_rights(),
  duties: m.intake_contract_text_duties(),
  personMayEnd: m.intake_contract_text_person_may_end(),
  providerMayEnd: m.intake_contract_text_provider_may_end(),
  besides: m.intake_contract_text_besides(),
  written: m.intake_contract_text_written(),
  basis: m.intake_contract_text_basis(),
})

/** INT-7: the hash that binds signatures to the text. */
export const hashOf = (text: ContractText): Buffer => createHash('sha256').update(canonical(text)).digest()
