import type { Draft } from '../types.ts'

/** What still has to be told before a request can be sent. */
export type Lacking =
  | 'situation.words'
  | 'particulars.name'
  | 'contact.ways'
  | 'contact.phone'
  | 'contact.email'
  | 'contact.through'
  | 'particulars.address'
  | 'enteredBy.name'
  | 'enteredBy.consentMissing'

/**
 * INT-1: what a request must tell. Information is given without a name; a formal service asks what its card asks; a notice may come without
 * a name of either. An emergency is never held up: it asks for words or a danger alone.
 */
export function lacking(draft: Draft, needsName: boolean): Lacking[] {
  const { kind, particulars, enteredBy, situation, contact } = draft
  const emergency = situation.dangers.length > 0
  const told = situation.words !== undefined || emergency
  const ways = contact.ways
  return [
    ...(told ? [] : (['situation.words'] as const)),
    ...(enteredBy?.consent === 'missing' && !enteredBy.consentMissing ? (['enteredBy.consentMissing'] as const) : []),
    ...(kind === 'referral' && !enteredBy ? (['enteredBy.name'] as const) : []),
    ...(emergency || kind === 'notice'
      ? []
      : [
          ...(needsName && !particulars.name ? (['particulars.name'] as const) : []),
          ...((ways.includes('phone') || ways.includes('sms')) && !contact.phone ? (['contact.phone'] as const) : []),
          ...(ways.includes('email') && !contact.email ? (['contact.email'] as const) : []),
          ...(ways.includes('post') && !particulars.address ? (['particulars.address'] as const) : []),
          ...(ways.includes('through') && !contact.through ? (['contact.through'] as const) : []),
        ]),
  ]
}
