import type { FieldError } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { publicServiceBySlug } from '../../../directory/contract.ts'
import { changeManyPlaces } from '../../store/places/change-places.ts'
import { idsForMany, insertOffers, saveManyStaffings } from '../../store/places/save-offer.ts'
import type { OfferRecord } from '../../types/places.ts'
import { mistakesOf, type OfferRegister, readOfferRegister } from './offer-register.ts'

export interface OffersReport {
  applied: boolean
  added: number
  /** addresses that are taken: those offers stay as they are */
  known: readonly string[]
  rejected: readonly { slug: string; errors: readonly FieldError[] }[]
}

/**
 * Offers of a whole region at once, with the history of their places, as a register knows them: `linden import offers`, and the demo. All are stored,
 * or none where one is rejected; those that are there stay as they are.
 */
export async function importOffers(tx: Tx, records: readonly OfferRecord[], apply: boolean): Promise<OffersReport> {
  const register = await readOfferRegister(tx, [...new Set(records.map(({ pack }) => pack))])
  const operators = await idsForMany(
    tx,
    records.map(({ operator }) => operator),
  )
  const services = await servicesNamed(tx, records)
  const rejected = records.flatMap((record) => {
    const errors = [
      ...mistakesOf(register, record),
      ...unknownOperator(operators, record),
      ...unknownService(services, record),
      ...disorder(record),
    ]
    return errors.length > 0 ? [{ slug: record.slug, errors }] : []
  })
  if (!apply || rejected.length > 0) return { applied: false, added: 0, known: [], rejected }
  const made = await insertOffers(
    tx,
    records.map((record) => newOffer(register, operators, services, record)),
  )
  const added = records.flatMap((record) => {
    const id = made.get(record.slug)
    return id === undefined ? [] : [{ ...record, id }]
  })
  await changeManyPlaces(
    tx,
    added.flatMap(({ id, opened, approved, open, changes }) => [
      { offer: id, from: opened, approved, open, reason: m.capacity_reason_opened() },
      ...changes.map((change) => ({ offer: id, ...change })),
    ]),
  )
  await saveManyStaffings(
    tx,
    added.flatMap(({ id, opened, posts }) => (posts === undefined ? [] : [{ offer: id, from: opened, posts }])),
  )
  return {
    applied: true,
    added: added.length,
    known: records.flatMap(({ slug }) => (made.has(slug) ? [] : [slug])),
    rejected,
  }
}

/** Ids of cards of the directory, by slug; few offers name one. */
async function servicesNamed(tx: Tx, records: readonly OfferRecord[]): Promise<ReadonlyMap<string, string>> {
  const slugs = [...new Set(records.flatMap(({ service }) => service ?? []))]
  const found = await Promise.all(slugs.map((slug) => publicServiceBySlug(tx, slug)))
  return new Map(found.flatMap((service) => (service ? [[service.slug, service.id] as const] : [])))
}

const unknownService = (services: ReadonlyMap<string, string>, { service }: OfferRecord): FieldError[] =>
  service === undefined || services.has(service) ? [] : [{ path: 'service', message: m.capacity_unknown_service() }]

const unknownOperator = (operators: ReadonlyMap<string, string>, { operator }: OfferRecord): FieldError[] =>
  operators.has(operator) ? [] : [{ path: 'operator', message: m.capacity_unknown_operator() }]

function disorder({ opened, approved, open, changes }: OfferRecord): FieldError[] {
  const days = [opened, ...changes.map(({ from }) => from)]
  return [
    ...(open > approved || changes.some((change) => change.open > change.approved)
      ? [{ path: 'open', message: m.capacity_open_above_approved() }]
      : []),
    ...(days.every((day, at) => at === 0 || day > (days[at - 1] ?? ''))
      ? []
      : [{ path: 'changes', message: m.capacity_changes_in_order() }]),
  ]
}

function newOffer(
  register: OfferRegister,
  operators: ReadonlyMap<string, string>,
  services: ReadonlyMap<string, string>,
  record: OfferRecord,
) {
  return {
    ...record,
    description: record.description,
    placeName: record.placeName,
    point: record.point,
    operatorId: operators.get(record.operator) ?? '',
    serviceId: record.service === undefined ? undefined : services.get(record.service),
    targetGroups: register.pathsOf(record.targetGroups),
  }
}
