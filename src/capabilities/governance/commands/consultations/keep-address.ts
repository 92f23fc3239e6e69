import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Locale } from '../../../../platform/i18n/text.ts'
import { MailAddress } from '../../../../platform/mail/letter.ts'
import { mayKeepAddress } from '../../permissions/consultations.ts'
import { addAddress, addressById, keeperBySlug, removeAddress } from '../../store/consultations/addresses.ts'
import { PartyName } from '../../types/consultations.ts'
import { Slug } from '../../types.ts'

/** The kind under which addresses stand in the audit trail; the address itself never does. */
export const addressKind = 'governance.party-address'

/** Writes down where the secretariat reaches a party (GOV-5). Only this secretariat sees it. */
export const recordAddress = command({
  audit: 'governance.address.record',
  input: z.object({
    /** organisation whose staff are the secretariat, by slug */
    keeper: Slug,
    party: PartyName,
    email: z.string().trim().pipe(MailAddress),
    locale: Locale,
  }),
  subject: (tx, { keeper }) => keeperBySlug(tx, keeper),
  permission: mayKeepAddress,
  async run(work, input, { organisation }) {
    const { party, email, locale } = input
    const by = work.actor?.account ?? ''
    const added = await addAddress(work.tx, { keeper: organisation, party, email, locale, by })
    if (added === 'no-party')
      return invalid({ path: 'party', message: m.governance_consult_no_party({ name: party.slug }) })
    if (!added) return invalid({ path: 'email', message: m.governance_consult_address_known() })
    work.about({ kind: addressKind, id: added.id, detail: { party: party.slug } })
    return ok({ id: added.id })
  },
})

/** Takes an address out of use. */
export const forgetAddress = command({
  audit: 'governance.address.remove',
  input: z.object({ id: z.uuid() }),
  async subject(tx, { id }) {
    const address = await addressById(tx, id)
    return address && { organisation: address.keeper }
  },
  permission: mayKeepAddress,
  async run(work, input) {
    if (!(await removeAddress(work.tx, input.id))) return late(m.governance_consult_address_gone())
    work.about({ kind: addressKind, id: input.id })
    return ok({ id: input.id })
  },
})
