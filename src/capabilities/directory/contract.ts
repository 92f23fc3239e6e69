/** What other capabilities may use of the directory: the card, and how it is found. */

export { remarkOnCard } from './commands/remark.ts'
export { activeServices, type NamedService, servicesByIds, similarServices } from './store/name-services.ts'
export { type TargetGroup, targetGroups } from './store/name-terms.ts'
export { type OrganisationReach, reachOrganisation } from './store/reach-organisation.ts'
export { publicServiceBySlug, type ServiceDetails, serviceById } from './store/read-service.ts'
/** what target groups, kinds and areas are called */
export { type AreaName, areaNames, type TermName, termNames } from './store/search-names.ts'
export { type RequiredDocument, type ServiceCard, serviceKind } from './types.ts'
/** words of a card in the reader's language */
export { costWords, formWords, neededWords } from './views/card-words.ts'
