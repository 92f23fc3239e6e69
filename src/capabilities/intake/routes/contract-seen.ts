import { z } from 'zod'
import type { Permission } from '../../../platform/access/permission.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { serviceById } from '../../directory/contract.ts'
import { contractGround } from '../commands/contract-case.ts'
import { lackingError } from '../commands/draft-contract.ts'
import { type OpenedRequest, openNamed } from '../commands/opened-request.ts'
import { LinkToken, linkPurpose } from '../link.ts'
import { mayDecide, maySign, type Opened } from '../permissions.ts'
import { contractIsNext, formsOffered, mayExtend } from '../rules/contract.ts'
import { isPersonShown } from '../store/contacts.ts'
import { contractsOf, type Side, type StoredContract } from '../store/contracts.ts'
import { followUpsOf } from '../store/decisions.ts'
import { courseOf } from '../store/procedure.ts'
import { requestRedirectedFrom } from '../store/requests.ts'
import type { ContractDeeds, Seat } from '../views/contract.tsx'

/** A request is named by its id, or by the token of its link. */
export const contractParams = z.object({ id: z.uuid().optional(), token: LinkToken.optional() })
export const contractQuery = z.object({
  contract: z.uuid().optional(),
  side: z.enum(['person', 'provider']).optional(),
  form: z.enum(['drawn', 'paper-scan']).optional(),
  /** of the draft that is being written: the limits of its end follow from it */
  begins: z.iso.date().optional(),
})
export type ContractParams = z.output<typeof contractParams>
export type ContractQuery = z.output<typeof contractQuery>
export type ContractVisit = Visit<ContractParams>

/** One of the doors to a contract: the desk, the link, or *My help*. */
export interface Entry {
  is: Seat['is']
  /** `/requests/{id}/contract` */
  address: string
  seat(params: ContractParams): Seat
  /** who may read it here */
  read: Permission<Opened>
}

/** What a page about a contract shows. */
export interface SeenContract {
  opened: OpenedRequest
  contract: StoredContract | undefined
  others: readonly StoredContract[]
  deeds: ContractDeeds
  hindrance: string | undefined
  forms: ('drawn' | 'paper-scan')[]
  timeZone: string
  today: string
}

/** The errand of whoever came by a link. */
export const purposeOf = ({ token }: ContractParams): string | undefined => (token ? linkPurpose(token) : undefined)

/**
 * Reads a contract and its request for this visitor. @param wanted id of one of several; else the one that waits, runs, or was the last
 * @returns undefined where there is no such request for them; `forbidden` where it is there and none of their business
 */
export async function seeContract(
  tx: Tx,
  visit: ContractVisit,
  entry: Entry,
  wanted: string | undefined,
): Promise<SeenContract | 'forbidden' | undefined> {
  const opened = await openWhole(tx, visit.params)
  if (!opened) return undefined
  if (!entry.read.may(visit.actor, opened)) return 'forbidden'
  if (entry.is === 'desk' && !(await isPersonShown(tx, opened.request.person))) return undefined
  const all = (await contractsOf(tx, opened.request.id)).filter(({ state }) => entry.is === 'desk' || state !== 'draft')
  const contract = wanted ? all.find(({ id }) => id === wanted) : (all.find(({ state }) => state !== 'ended') ?? all[0])
  if (wanted && !contract) return undefined
  const course = await courseOf(tx, opened.request.pack)
  const timeZone = course?.place.timeZone ?? 'UTC'
  const forms = course ? formsOffered(course.procedure.contract) : []
  const shared = {
    opened,
    contract,
    others: all.filter((other) => other !== contract),
    forms: forms.filter((form) => form === 'drawn' || form === 'paper-scan'),
    timeZone,
    today: dayIn(visit.now, timeZone),
  }
  if (entry.is === 'person') {
    const may = maySign.may(visit.actor, opened)
    return { ...shared, deeds: deedsOfPerson(contract, may, forms.length > 0), hindrance: undefined }
  }
  const may = mayDecide.may(visit.actor, opened)
  const hindrance = contract ? undefined : await hindranceOf(tx, opened)
  const deeds = await deedsAtDesk(tx, contract, all, may)
  return { ...shared, deeds: { ...deeds, draft: deeds.draft && hindrance === undefined }, hindrance }
}

/** A link goes on to where its request was redirected: there the contract is. */
async function openWhole(tx: Tx, params: ContractParams): Promise<OpenedRequest | undefined> {
  let opened = await openNamed(tx, { token: params.token, request: params.id })
  while (opened?.byLink && opened.request.state === 'redirected') {
    const next = await requestRedirectedFrom(tx, opened.request.id)
    if (!next) break
    opened = await openNamed(tx, { token: params.token, request: next.id })
  }
  return opened
}

const none: ContractDeeds = { draft: false, offer: false, sign: [], end: false, extend: false }

const unsigned = (contract: StoredContract, sides: readonly Side[]): Side[] =>
  sides.filter((side) => !contract.signatures.some((signature) => signature.side === side))

function deedsOfPerson(contract: StoredContract | undefined, may: boolean, forms: boolean): ContractDeeds {
  if (!contract || !may) return none
  const offered = contract.state === 'offered'
  return {
    ...none,
    sign: offered && forms ? unsigned(contract, ['person']) : [],
    end: offered || contract.state === 'signed',
  }
}

async function deedsAtDesk(
  tx: Tx,
  contract: StoredContract | undefined,
  all: readonly StoredContract[],
  may: boolean,
): Promise<ContractDeeds> {
  if (!may) return none
  if (!contract) return { ...none, draft: true }
  const { state } = contract
  const extended = all.some((other) => other.extendsId === contract.id && other.state !== 'ended')
  const term = state === 'signed' && !extended ? (await serviceById(tx, contract.service))?.card.term : undefined
  return {
    draft:
      state === 'draft' ||
      (state === 'ended' && !all.some((other) => other.state !== 'ended') && contract.signatures.length < 2),
    offer: state === 'draft',
    sign: state === 'offered' ? unsigned(contract, ['provider', 'person']) : [],
    end: state === 'offered' || state === 'signed',
    extend: term !== undefined && mayExtend(term, contract.ends ?? null, contract.firstBegan),
  }
}

/** Why no contract can be written now; undefined where one can. */
async function hindranceOf(tx: Tx, { request }: OpenedRequest): Promise<string | undefined> {
  if (request.state !== 'accepted' || !contractIsNext(await followUpsOf(tx, request.id)))
    return m.intake_contract_not_next()
  const ground = await contractGround(tx, request)
  return typeof ground === 'string' ? lackingError(ground).message : undefined
}
