import { z } from 'zod'
import type { FieldError, Outcome } from '../../../platform/access/outcome.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { delegateLimit } from '../commands/meetings/delegate-limit.ts'
import { mayDelegate, mayOpenMeetings } from '../permissions/meetings.ts'
import { canDelegate } from '../rules/meetings/delegation.ts'
import { typedAmount } from '../rules/meetings/typed-amount.ts'
import { currencyOfLimits, limitsGivenBy } from '../store/meetings/delegations.ts'
import { listBodies } from '../store/read-body.ts'
import { decisionById } from '../store/read-decisions.ts'
import { decisionKind } from '../types.ts'
import { DelegateForm } from '../views/meetings/delegate-form.tsx'

const params = z.object({ id: z.uuid() })
const address = '/governance/decisions/{id}/delegate'

/** What another body may decide by itself is entered from the decision that says so (GOV-14). */
export function delegationRoutes(door: Door): void {
  door.page(address, { permission: mayOpenMeetings, audit: 'governance.decision.read', params }, (visit) =>
    showForm(visit, visit.params.id, {}),
  )
  door.form(address, {
    command: delegateLimit,
    params,
    input: ({ target, most, currency, ...fields }, visit) => {
      const [to, kind] = typeof target === 'string' ? target.split('/') : []
      return {
        ...fields,
        id: visit.params.id,
        to,
        kind,
        most: typeof most === 'string' ? typedAmount(most) : most,
        currency: typeof currency === 'string' ? currency.toUpperCase() : currency,
      }
    },
    done: (_result, visit) =>
      redirect(`/governance/decisions/${visit.params.id}#delegated`, {
        kind: 'done',
        text: m.governance_delegated_flash(),
      }),
    again: (typed, outcome, visit) => showForm(visit, visit.params.id, { typed, outcome: atTarget(outcome) }),
  })
}

/** Body and matter are one choice of the form, so their mistakes stand there; what is wrong with the decision stands above. */
function atTarget<Failed extends Exclude<Outcome<unknown>, { is: 'ok' }>>(outcome: Failed): Failed {
  if (outcome.is !== 'invalid') return outcome
  const errors = new Map<string, FieldError>()
  for (const { path, message } of outcome.errors) {
    const at = path === 'to' || path === 'kind' ? 'target' : path === 'id' ? '' : path
    if (!errors.has(at)) errors.set(at, { path: at, message })
  }
  return { ...outcome, errors: [...errors.values()] }
}

function showForm(visit: Visit, id: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: decisionKind, id })
    const decision = await decisionById(tx, id)
    if (!decision) return { is: 'notFound' }
    if (!mayDelegate.may(visit.actor, { organisation: decision.body.organisation })) return { is: 'forbidden' }
    if (!canDelegate(decision))
      return redirect(`/governance/decisions/${id}`, { kind: 'warning', text: m.governance_delegation_no_decision() })
    const [bodies, given, currency] = await Promise.all([
      listBodies(tx, decision.body.pack),
      limitsGivenBy(tx, id),
      currencyOfLimits(tx, decision.body.pack),
    ])
    return page(
      m.governance_delegate(),
      <DelegateForm
        decision={decision}
        given={given}
        bodies={bodies.filter((body) => body.id !== decision.body.id)}
        currency={currency}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}
