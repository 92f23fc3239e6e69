/** All that other capabilities may use of capacity. */
/** who waits for a service, told by a job (INT-9) */
export { noteWaiting, type WaitingNote } from './jobs/note-waiting.ts'
export { offerById, offerBySlug, type StoredOffer } from './store/places/read-offer.ts'
export { approvedPlaces, isInScope, type OfferUser, placesOn, usersOf } from './store/places/use-of-offer.ts'
export type { WaitingEnd } from './types/places.ts'
export { type CapacitySetting, offerKind, type Paragraph } from './types.ts'
