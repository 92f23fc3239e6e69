/** What other capabilities may use of intake. */
export { callOf, type Held, type Way, wayOf } from './rules/contact.ts'
/** INT-11: whatever is sent to somebody goes the way that they said is safe: `wayOf(contact, address)` of what `contactOf` finds. */
export { contactOf, type Reach } from './store/contacts.ts'
export type { SafeContact } from './types.ts'
