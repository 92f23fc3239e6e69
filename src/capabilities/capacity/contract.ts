/** All that other capabilities may use of capacity. */
export { offerById, offerBySlug, type StoredOffer } from './store/places/read-offer.ts'
export { approvedPlaces, isInScope, type OfferUser, placesOn, usersOf } from './store/places/use-of-offer.ts'
export { type CapacitySetting, offerKind, type Paragraph } from './types.ts'
