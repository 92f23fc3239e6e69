import { z } from 'zod'
import type { Outcome } from '../../../platform/access/outcome.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { type Fields, field } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { declineProposal, proposeWords, writePart } from '../commands/agreements/write-part.ts'
import { mayFollowAgreements, mayKeep, speaksFor } from '../permissions/agreements.ts'
import { offersTyped } from '../rules/agreements/period.ts'
import { draftersOf } from '../rules/agreements/state.ts'
import { agreementBySlug } from '../store/agreements/read-agreement.ts'
import { progressOf } from '../store/agreements/read-progress.ts'
import { partsInForce, proposalsOf, textsOf, versionsOf } from '../store/agreements/read-texts.ts'
import { Slug } from '../types.ts'
import { titleOf } from '../views/agreements/agreement-list.tsx'
import { inWords } from '../views/agreements/agreement-words.tsx'
import { PartDesk, type PartDeskProps } from '../views/agreements/part-desk.tsx'

const params = z.object({ slug: Slug, part: Slug })
const Choice = z.object({
  from: z.coerce.number().int().positive().optional(),
  to: z.coerce.number().int().positive().optional(),
  proposal: z.uuid().optional(),
})
type Named = Visit<z.output<typeof params>>
type Sent = Pick<PartDeskProps, 'sent' | 'state'>

/** The desk of one part: versions, what changed, proposals, the next version (GOV-6). */
export function partDesk(door: Door): void {
  const address = '/governance/agreements/{slug}/parts/{part}'
  door.page(
    address,
    { permission: mayFollowAgreements, audit: 'governance.framework.open', params, query: Choice },
    (visit) => show(visit, visit.query, { sent: undefined, state: {} }),
  )
  const form = (sent: NonNullable<PartDeskProps['sent']>) => ({
    params,
    again: (typed: Fields, outcome: Exclude<Outcome<unknown>, { is: 'ok' }>, visit: Named) =>
      show(
        visit,
        { proposal: sent === 'write' ? field(typed, 'proposal') : undefined },
        { sent, state: { typed, outcome: atLines(outcome) } },
      ),
  })
  const done = ({ slug, part }: { slug: string; part: string }, text: string) =>
    redirect(`/governance/agreements/${slug}/parts/${part}`, { kind: 'done', text })
  door.form(address, {
    command: writePart,
    ...form('write'),
    input: (fields, visit) => ({ ...fields, ...visit.params, offers: offersIn(fields) }),
    done: (result) => done(result, m.governance_framework_written_flash({ number: result.number })),
  })
  door.form(`${address}/propose`, {
    command: proposeWords,
    ...form('propose'),
    input: (fields, visit) => ({ ...fields, ...visit.params }),
    done: (result) => done(result, m.governance_framework_proposed_flash()),
  })
  door.form(`${address}/decline`, {
    command: declineProposal,
    ...form('decline'),
    input: (fields, visit) => ({ ...fields, ...visit.params }),
    done: (result) => done(result, m.governance_framework_declined_flash()),
  })
}

/** The annex as it was typed. The form says that it lists offers: an empty list is one too, while a part without a list says nothing of it. */
function offersIn({ listed, offers }: Record<string, unknown>): unknown {
  if (listed !== 'offers') return undefined
  const read = offersTyped(typeof offers === 'string' ? offers : '')
  // a line that nobody can read stays one: the schema of the command refuses it, and the page says which it is
  return Array.isArray(read) ? read : [...Array.from({ length: read.line - 1 }, () => ({ offer: 'read' })), {}]
}

/** Offers are one field of the form: whatever is wrong in a line is told there, with the number of the line. */
function atLines<Failed extends Exclude<Outcome<unknown>, { is: 'ok' }>>(outcome: Failed): Failed {
  if (outcome.is !== 'invalid') return outcome
  const errors = outcome.errors.map((error) => {
    const [, at] = /^offers\.(\d+)/.exec(error.path) ?? []
    return at === undefined
      ? error
      : { path: 'offers', message: m.governance_framework_offers_line({ line: Number(at) + 1 }) }
  })
  return { ...outcome, errors }
}

function show(visit: Named, choice: z.output<typeof Choice>, { sent, state }: Sent): Promise<Answer> {
  const { actor, read, params: named } = visit
  return read(async (tx): Promise<Answer> => {
    const agreement = await agreementBySlug(tx, named.slug)
    const part = agreement?.rule.parts.find(({ slug }) => slug === named.part)
    if (!agreement || !part) return { is: 'notFound' }
    const progress = await progressOf(tx, agreement)
    const bodies = [...progress.bodies.values()]
    if (!mayKeep.may(actor, agreement) && !bodies.some((body) => speaksFor(actor, body))) return { is: 'forbidden' }
    const drafting = draftersOf(agreement.rule, part)
    const drafters = bodies.filter((body) => drafting.includes(body.slug) && speaksFor(actor, body))
    const proposers = bodies.filter((body) => agreement.rule.contributors.includes(body.slug) && speaksFor(actor, body))
    const former = agreement.amends ?? agreement.predecessor
    const [versions, proposals, texts] = await Promise.all([
      versionsOf(tx, agreement.id, part.slug),
      proposalsOf(tx, agreement.id, part.slug),
      textsOf(tx, agreement.id),
    ])
    const base =
      versions.length === 0 && former
        ? (await partsInForce(tx, former.id)).find((one) => one.part === part.slug)
        : undefined
    const numbered = (number: number | undefined) => versions.find((version) => version.number === number)
    const [before, after] = [numbered(choice.from), numbered(choice.to)]
    return page(
      `${inWords(part.names)}, ${titleOf(agreement)}`,
      <PartDesk
        agreement={agreement}
        part={part}
        versions={versions}
        base={base}
        proposals={proposals}
        compared={before && after ? { before, after } : undefined}
        drafters={drafters}
        proposers={proposers}
        wentOut={texts.length > 0}
        taking={proposals.find(({ id, state: now }) => id === choice.proposal && now === 'open')}
        sent={sent}
        state={state}
        key={crypto.randomUUID()}
      />,
      { size: 'sm', region: agreement.pack },
    )
  })
}
