import { createHmac } from 'node:crypto'
import { needsSecondFactor, type Role } from '../platform/access/actor.ts'
import { totpSecretOf } from '../platform/auth/second-factor.ts'
import type { Locale } from '../platform/i18n/text.ts'

/** Somebody invented, with whom Linden can be tried. Residents have no role; they belong to an area. */
export interface DemoPerson {
  email: string
  name: string
  language: Locale
  /** pack without which this person is not needed */
  pack: string
  area: string
  /** slug of the organisation they work for, with their role there */
  work: { organisation: string; role: Role } | undefined
}

/** Does this person sign in with a second factor? */
export const needsCode = ({ work }: DemoPerson): boolean =>
  work !== undefined && needsSecondFactor({ memberships: [{ organisation: '', areaPath: [], role: work.role }] })

/** Everybody of the demo, region by region. */
export const people: readonly DemoPerson[] = [
  ...region(
    {
      town: 'kharkiv',
      pack: 'ua-kharkiv',
      area: 'UA63120270010096107',
      language: 'uk',
      office: 'dovira',
      provider: 'dovira',
      secretariat: 'dovira',
      answers: 'dovira',
    },
    {
      editor: 'Оксана Кравець',
      provider: 'Ігор Мельник',
      administrator: 'Лариса Дяченко',
      dpo: 'Тарас Вовк',
      resident: 'Наталя Гриценко',
      secretariat: 'Богдан Лисенко',
      worker: 'Олена Коваль',
      lead: 'Ірина Савченко',
      duty: 'Андрій Бондар',
    },
  ),
  ...region(
    {
      town: 'viborg',
      pack: 'dk-midtjylland',
      area: 'DK-0791',
      language: 'da',
      office: 'region-midtjylland',
      provider: 'raadgivningen-birkelunden',
      secretariat: 'viborg-kommune',
      answers: 'viborg-kommune',
    },
    {
      editor: 'Mette Lindegaard',
      provider: 'Jonas Overgaard',
      administrator: 'Karen Østerby',
      dpo: 'Henrik Bækgaard',
      resident: 'Sofie Nørskov',
      secretariat: 'Birgit Haugaard',
      worker: 'Maja Thomsen',
      lead: 'Lars Dalgaard',
      duty: 'Emil Krogh',
    },
  ),
  ...region(
    {
      town: 'stuttgart',
      pack: 'de-stuttgart',
      area: 'DE-08111',
      language: 'de',
      office: 'sozialamt',
      provider: 'wohnungsnotfallhilfe-beispiel',
      secretariat: 'jugendamt',
      answers: 'sozialamt',
    },
    {
      editor: 'Annette Kübler',
      provider: 'Murat Aydın',
      administrator: 'Jürgen Sailer',
      dpo: 'Friederike Nägele',
      resident: 'Ilse Baumgärtner',
      secretariat: 'Clara Weidenbach',
      worker: 'Jana Weiß',
      lead: 'Uwe Lang',
      duty: 'Sabine Roth',
    },
  ),
  ...steering([
    ['operator.viborg', 'Rikke Damgaard', 'viborg-kommune', 'DK-0791', 'provider'],
    ['operator.aarhus', 'Søren Hvid', 'aarhus-kommune', 'DK-0751', 'provider'],
    ['operator.herning', 'Lone Brink', 'herning-kommune', 'DK-0657', 'provider'],
    ['operator.region', 'Jens-Peter Munk', 'region-midtjylland', 'DK-1082', 'provider'],
    ['economist.viborg', 'Anne-Mette Vind', 'viborg-kommune', 'DK-0791', 'economist'],
    ['economist.aarhus', 'Hanne Sletten', 'aarhus-kommune', 'DK-0751', 'economist'],
    ['economist.herning', 'Torben Rask', 'herning-kommune', 'DK-0657', 'economist'],
    ['economist.randers', 'Gitte Fuglsang', 'randers-kommune', 'DK-0730', 'economist'],
    ['economist.silkeborg', 'Mikkel Hedegaard', 'silkeborg-kommune', 'DK-0740', 'economist'],
    ['economist.region', 'Dorte Kjær', 'region-midtjylland', 'DK-1082', 'economist'],
    ['member.herning', 'Preben Solgaard', 'herning-kommune', 'DK-0657', 'body_member'],
    ['member.aarhus', 'Ellen Ravnkilde', 'aarhus-kommune', 'DK-0751', 'body_member'],
  ]),
]

/** Those who steer places, tariffs and agreements together, in the region that does. */
function steering(
  all: readonly [called: string, name: string, organisation: string, area: string, role: Role][],
): DemoPerson[] {
  return all.map(([called, name, organisation, area, role]) => ({
    email: `${called}@example.org`,
    name,
    language: 'da',
    pack: 'dk-midtjylland',
    area,
    work: { organisation, role },
  }))
}

function region(
  place: {
    town: string
    pack: string
    area: string
    language: Locale
    office: string
    provider: string
    secretariat: string
    /** organisation that answers requests */
    answers: string
  },
  names: {
    editor: string
    provider: string
    administrator: string
    dpo: string
    resident: string
    secretariat: string
    worker: string
    lead: string
    duty: string
  },
): DemoPerson[] {
  const { town, pack, area, language, office } = place
  const someone = (called: string, name: string, work: DemoPerson['work']): DemoPerson => ({
    email: `${called}.${town}@example.org`,
    name,
    language,
    pack,
    area,
    work,
  })
  return [
    someone('editor', names.editor, { organisation: office, role: 'editor' }),
    someone('provider', names.provider, { organisation: place.provider, role: 'provider' }),
    someone('administrator', names.administrator, { organisation: office, role: 'administrator' }),
    someone('dpo', names.dpo, { organisation: office, role: 'data_protection_officer' }),
    someone('secretariat', names.secretariat, { organisation: place.secretariat, role: 'secretariat' }),
    someone('worker', names.worker, { organisation: place.answers, role: 'case_worker' }),
    someone('lead', names.lead, { organisation: place.answers, role: 'team_lead' }),
    someone('duty', names.duty, { organisation: place.answers, role: 'duty_officer' }),
    someone('resident', names.resident, undefined),
  ]
}

/** What a demo person signs in with. Follows from the secret of the instance: never the same on two of them. */
export interface DemoKeys {
  /** one for all demo people of an instance, so that it can be typed */
  password: string
  /** base32; undefined for whoever needs no second factor */
  totpSecret: string | undefined
}

/** @param secret of the instance, as `secretOf` gives it */
export function keysOf(person: DemoPerson, secret: Buffer): DemoKeys {
  return {
    password: (letters(secret, 'password', 16).match(/.{4}/g) ?? []).join('-'),
    totpSecret: needsCode(person) ? totpSecretOf(letters(secret, `code ${person.email}`, 32)) : undefined,
  }
}

/** Without those that look alike on paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Letters that only this instance can make: 16 of them hold 79 bits. */
function letters(secret: Buffer, purpose: string, count: number): string {
  const bytes = createHmac('sha512', secret).update(`linden demo ${purpose}`).digest()
  let number = BigInt(`0x${bytes.toString('hex')}`)
  let made = ''
  while (made.length < count) {
    made += alphabet[Number(number % BigInt(alphabet.length))]
    number /= BigInt(alphabet.length)
  }
  return made
}
