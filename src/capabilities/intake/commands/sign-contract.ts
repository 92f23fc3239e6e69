import { z } from 'zod'
import { type Command, command, type Work } from '../../../platform/access/command.ts'
import { invalid, late, type Outcome, ok } from '../../../platform/access/outcome.ts'
import type { Files } from '../../../platform/files/files.ts'
import { UploadInput } from '../../../platform/http/uploads.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { LinkToken } from '../link.ts'
import { mayDecide, maySign } from '../permissions.ts'
import { formsOffered } from '../rules/contract.ts'
import { addSignature, concludeContract, holdOffered, type Side } from '../store/contracts.ts'
import { courseOf } from '../store/procedure.ts'
import { addStep } from '../store/steps.ts'
import { Strokes } from '../types.ts'
import { type ContractOfRequest, hashOf, openContract, openContractAtDesk } from './contract-case.ts'
import { begin } from './go-on.ts'
import { errandOf } from './opened-request.ts'

/** A drawn line comes from a form as text, from a program as lists. */
const Drawn = z.preprocess((typed) => {
  if (typeof typed !== 'string') return typed
  try {
    return JSON.parse(typed) as unknown
  } catch {
    return undefined
  }
}, Strokes.optional())

const Signing = z.object({
  contract: z.uuid(),
  form: z.enum(['drawn', 'paper-scan']),
  /** in full, as on the paper */
  name: z.string().trim().min(2).max(200),
  strokes: Drawn,
  /** the paper with the signature */
  paper: UploadInput.optional(),
})
type Signing = z.output<typeof Signing>

export interface Signed {
  id: string
  request: string
  /** both sides have signed */
  concluded: boolean
}

const ByPerson = Signing.extend({ token: LinkToken.optional() })
const AtDesk = Signing.extend({ side: z.enum(['person', 'provider']) })
const ByProgram = z.object({ contract: z.uuid(), name: Signing.shape.name, strokes: Strokes })

/** The ways to sign a contract: by the person themselves; at the desk, for the provider or with the person; for the provider over JSON. */
export interface Signings {
  byPerson: Command<typeof ByPerson, ContractOfRequest, Signed>
  atDesk: Command<typeof AtDesk, ContractOfRequest, Signed>
  byProgram: Command<typeof ByProgram, ContractOfRequest, Signed>
}

/** Signing: the offered text and no other, in a form that the pack calls valid (INT-7). @param files where papers are kept */
export function signings(files: Pick<Files, 'keep'>): Signings {
  return {
    byPerson: command({
      audit: 'intake.contract.sign',
      purpose: errandOf,
      input: ByPerson,
      subject: openContract,
      permission: maySign,
      run: (work, input, subject) => sign(files, work, 'person', input, subject),
    }),
    atDesk: command({
      audit: 'intake.contract.sign-at-desk',
      input: AtDesk,
      subject: openContractAtDesk,
      permission: mayDecide,
      run: (work, input, subject) => sign(files, work, input.side, input, subject),
    }),
    byProgram: command({
      audit: 'intake.contract.sign-by-program',
      input: ByProgram,
      subject: openContractAtDesk,
      permission: mayDecide,
      run: (work, input, subject) => sign(files, work, 'provider', { ...input, form: 'drawn' }, subject),
    }),
  }
}

async function sign(
  files: Pick<Files, 'keep'>,
  work: Work,
  side: Side,
  input: Signing,
  { contract, request }: ContractOfRequest,
): Promise<Outcome<Signed>> {
  const { tx } = work
  const account = work.actor?.account ?? null
  const course = await courseOf(tx, request.pack)
  if (!course || !formsOffered(course.procedure.contract).includes(input.form))
    return invalid({ path: 'form', message: m.intake_contract_form_not_valid() })
  if (input.form === 'drawn' && !input.strokes)
    return invalid({ path: 'strokes', message: m.intake_contract_draw_first() })
  const { paper } = input
  if (input.form === 'paper-scan' && !paper) return invalid({ path: 'paper', message: m.intake_contract_paper_first() })
  if (!(await holdOffered(tx, contract.id))) return late(m.intake_contract_not_offered())
  const stored = await addSignature(tx, {
    contract: contract.id,
    hash: hashOf(contract.text),
    side,
    form: input.form,
    name: input.name,
    strokes: input.form === 'drawn' ? input.strokes : undefined,
    file: paper && input.form === 'paper-scan' ? await files.keep(tx, paper, account) : undefined,
    account,
  })
  if (!stored) return late(m.intake_contract_signed_already())
  const conclusion = await concludeContract(tx, contract.id)
  const concluded = conclusion !== undefined
  if (conclusion) await begin(work, request, conclusion.next)
  await addStep(tx, request.id, {
    deed: 'contract',
    account,
    detail: { contract: contract.id, state: concluded ? 'signed' : 'offered', side, form: input.form },
  })
  work.about({
    kind: 'intake.request',
    id: request.id,
    detail: { contract: contract.id, side, form: input.form, concluded },
  })
  return ok({ id: contract.id, request: request.id, concluded })
}
