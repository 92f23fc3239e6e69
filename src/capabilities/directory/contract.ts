/** What other capabilities may use of the directory: the card, and how it is found. */
export { publicServiceBySlug, type ServiceDetails, serviceById } from './store/read-service.ts'
export type { RequiredDocument, ServiceCard } from './types.ts'
/** words of a card in the reader's language */
export { costWords, formWords } from './views/card-words.ts'
