import { z } from 'zod'
import { signedIn } from '../../../platform/access/permission.ts'
import type { Door } from '../../../platform/http/door.ts'
import { openContract } from '../commands/contract-case.ts'
import { draftContract } from '../commands/draft-contract.ts'
import { endContract } from '../commands/end-contract.ts'
import { offerContract } from '../commands/offer-contract.ts'
import type { Signings } from '../commands/sign-contract.ts'
import { mayTakePart } from '../permissions.ts'
import { isPersonShown } from '../store/contacts.ts'
import { ContractState, ContractText, SignatureForm } from '../types.ts'

const params = z.object({ contract: z.uuid() })
const Changed = z.object({ id: z.uuid(), request: z.uuid() })

const Contract = z.object({
  id: z.uuid(),
  request: z.uuid(),
  state: ContractState,
  begins: z.iso.date(),
  ends: z.iso.date().nullable(),
  extends: z.uuid().nullable(),
  locale: z.string(),
  text: ContractText,
  /** SHA-256 of the text as PostgreSQL writes `jsonb`, hex; null before it is offered */
  hash: z.string().nullable(),
  signatures: z.array(
    z.object({ side: z.enum(['person', 'provider']), form: SignatureForm, name: z.string(), at: z.iso.datetime() }),
  ),
  ended: z
    .object({ on: z.iso.date(), by: z.enum(['person', 'provider', 'term']), ground: z.string().nullable() })
    .nullable(),
})

/** Contracts over JSON: the same commands as the forms, with the same permissions. */
export function contractApi(door: Door, sign: Signings): void {
  const writing = { tag: 'Requests', scope: 'intake:write', method: 'post' } as const
  door.resource(
    '/api/v1/contracts/{contract}',
    {
      tag: 'Requests',
      scope: 'intake:read',
      permission: signedIn,
      audit: 'intake.contract.read',
      summary: 'A contract with a person, its text and its signatures',
      params,
      response: Contract,
    },
    (visit) =>
      visit.read(async (tx) => {
        const seen = await openContract(tx, visit.params)
        if (!seen || !mayTakePart.may(visit.actor, seen)) return { is: 'notFound' } as const
        const own = seen.account === visit.actor?.account
        if (!own && !(await isPersonShown(tx, seen.request.person))) return { is: 'notFound' } as const
        const { contract } = seen
        visit.about({ kind: 'intake.request', id: contract.request })
        return {
          is: 'ok',
          version: contract.version,
          value: {
            id: contract.id,
            request: contract.request,
            state: contract.state,
            begins: contract.begins,
            ends: contract.ends ?? null,
            extends: contract.extendsId ?? null,
            locale: contract.locale,
            text: contract.text,
            hash: contract.hash ?? null,
            signatures: contract.signatures.map(({ side, form, name, at }) => ({
              side,
              form,
              name,
              at: at.toISOString(),
            })),
            ended: contract.ended ? { ...contract.ended, ground: contract.ended.ground ?? null } : null,
          },
        } as const
      }),
  )
  door.command('/api/v1/requests/{request}/contracts', {
    ...writing,
    summary: 'Write the contract of a request, or its draft anew; `If-Match` carries the version of the draft',
    command: draftContract,
    params: z.object({ request: z.uuid() }),
    response: Changed,
    status: 201,
  })
  door.command('/api/v1/contracts/{contract}/offer', {
    ...writing,
    summary: 'Offer a contract: from then on its text stands still; `If-Match` carries the version of the draft',
    command: offerContract,
    params,
    response: Changed,
  })
  door.command('/api/v1/contracts/{contract}/sign', {
    ...writing,
    summary: 'Sign for the provider with a drawn line, where the pack calls that valid',
    command: sign.byProgram,
    params,
    response: Changed.extend({ concluded: z.boolean() }),
  })
  door.command('/api/v1/contracts/{contract}/end', {
    ...writing,
    summary: 'End a contract for something that stands in it, or take back an offer',
    command: endContract,
    params,
    response: Changed,
  })
}
