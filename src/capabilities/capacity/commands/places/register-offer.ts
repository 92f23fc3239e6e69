import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, type FieldError, invalid, ok } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { publicServiceBySlug } from '../../../directory/contract.ts'
import { mayRunOffer } from '../../permissions/places.ts'
import { changePlaces } from '../../store/places/change-places.ts'
import { offerBySlug } from '../../store/places/read-offer.ts'
import { idsForMany, insertOffers, saveStaffing, updateOffer } from '../../store/places/save-offer.ts'
import { OfferFields, OfferLanguages } from '../../types/places.ts'
import { offerKind, Slug } from '../../types.ts'
import { mistakesOf, readOfferRegister } from './offer-register.ts'

type Named = Pick<OfferFields, 'pack' | 'paragraph' | 'area' | 'targetGroups' | 'service'>

/** What an offer names, found; or what of it is not there. */
async function resolve(tx: Tx, fields: Named) {
  const [register, service] = await Promise.all([
    readOfferRegister(tx, [fields.pack]),
    fields.service === undefined ? undefined : publicServiceBySlug(tx, fields.service),
  ])
  const mistakes: FieldError[] = [
    ...mistakesOf(register, fields),
    ...(fields.service === undefined || service ? [] : [{ path: 'service', message: m.capacity_unknown_service() }]),
  ]
  return { mistakes, service: service?.id, targetGroups: register.pathsOf(fields.targetGroups) }
}

/** Registers an offer with its places from its first day on (CAP-1). */
export const registerOffer = command({
  audit: 'capacity.offer.register',
  input: OfferFields,
  async subject(tx, input) {
    const operator = (await idsForMany(tx, [input.operator])).get(input.operator)
    return operator === undefined ? undefined : { operator }
  },
  permission: mayRunOffer,
  async run(work, input, { operator }) {
    const { mistakes, service, targetGroups } = await resolve(work.tx, input)
    const wrong = input.open > input.approved ? [{ path: 'open', message: m.capacity_open_above_approved() }] : []
    if (mistakes.length + wrong.length > 0) return invalid(...mistakes, ...wrong)
    const { description, placeName, point } = input
    const made = await insertOffers(work.tx, [
      { ...input, description, placeName, point, operatorId: operator, serviceId: service, targetGroups },
    ])
    const id = made.get(input.slug)
    if (id === undefined) return invalid({ path: 'slug', message: m.capacity_slug_taken() })
    await changePlaces(work.tx, {
      offer: id,
      from: input.opened,
      approved: input.approved,
      open: input.open,
      reason: m.capacity_reason_opened(),
    })
    if (input.posts !== undefined) await saveStaffing(work.tx, id, input.opened, input.posts)
    work.about({ kind: offerKind, id })
    return ok({ id, slug: input.slug })
  },
})

/** Changes what an offer says of itself; what is left out stays. So do its places, its operator and its first day. */
export const changeOffer = command({
  audit: 'capacity.offer.change',
  input: OfferFields.pick({
    names: true,
    description: true,
    service: true,
    paragraph: true,
    targetGroups: true,
    area: true,
    placeName: true,
    point: true,
  })
    .partial()
    .extend({
      slug: Slug,
      version: z.coerce.number<string | number>().int(),
      // without the default of a new offer: it would wipe out what is known
      languages: OfferLanguages.optional(),
    }),
  async subject(tx, { slug }) {
    const offer = await offerBySlug(tx, slug)
    return offer && { offer, operator: offer.operator.id }
  },
  permission: mayRunOffer,
  async run(work, input, { offer }) {
    const { paragraph = offer.paragraph.code, area = offer.area, targetGroups: groups = offer.targetGroups } = input
    const found = await resolve(work.tx, {
      pack: offer.pack,
      paragraph,
      area,
      targetGroups: [...groups],
      service: input.service,
    })
    if (found.mistakes.length > 0) return invalid(...found.mistakes)
    const saved = await updateOffer(work.tx, offer.id, input.version, {
      names: { ...offer.names, ...input.names },
      description: input.description ? { ...offer.description, ...input.description } : offer.description,
      serviceId: found.service ?? offer.service,
      paragraph,
      targetGroups: found.targetGroups,
      area,
      placeName: input.placeName ?? offer.placeName,
      point: input.point ?? offer.point,
      languages: input.languages ?? offer.languages,
    })
    if (!saved) return conflict(await offerBySlug(work.tx, offer.slug))
    work.about({ kind: offerKind, id: offer.id })
    return ok({ slug: offer.slug, version: input.version + 1 })
  },
})
