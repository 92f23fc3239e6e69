import type { Marks } from '../src/capabilities/intake/rules/matching/marks.ts'
import {
  boys,
  danishFamilies,
  danishFirst,
  familyEndings,
  familyStems,
  germanFamilies,
  germanFirst,
  girls,
  streets,
} from './duplicates-names.ts'
import { danish, gost, german as latinOfGermany, latinOfUkraine } from './duplicates-spellings.ts'
import { chance } from './search-data.ts'

/*
 * A register of people in households, with second records of some of them as offices make them: heard on the telephone, copied from
 * a passport of another country, typed in a hurry. Nothing here comes from the matcher: names, short forms, transliterations and slips are
 * the bench's own. The same seed makes the same people.
 */

/** One record; two of the same `person` are a duplicate to be found. */
export interface Entry {
  person: number
  household: number
  marks: Marks
}

interface First {
  name: string
  russian?: string | undefined
  short: readonly string[]
}
type Land = 'uk' | 'de' | 'da'
interface Person {
  id: number
  land: Land
  woman: boolean
  first: First
  second?: First | undefined
  family: string
  father?: string | undefined
  born: { year: number; month: number; day: number }
  phone: string
  email: string
  home: { street: string; house: number; flat: number | undefined; place: string }
  paper: string
}

/**
 * People without end, household after household.
 * @param duplicates share of the records that are second ones
 */
export function* register(duplicates: number, seed: number): Generator<Entry> {
  const make = maker(seed)
  for (let household = 0; ; household++) {
    for (const person of make.household()) {
      yield { person: person.id, household, marks: make.firstRecord(person) }
      if (make.next() < duplicates / (1 - duplicates))
        yield { person: person.id, household, marks: make.secondRecord(person) }
    }
  }
}

function maker(seed: number) {
  const next = chance(seed)
  const draw = (below: number) => Math.floor(next() * below)
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[draw(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  /** The first of a list are the common ones, as in life. */
  const common = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(items.length * next() ** 2.2)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  let people = 0

  const familyIn: Readonly<Record<Land, () => string>> = {
    uk: () => common(familyStems) + common(familyEndings),
    de: () => common(germanFamilies) + (next() < 0.07 ? `-${pick(germanFamilies)}` : ''),
    da: () => common(danishFamilies) + (next() < 0.25 ? ` ${pick(danishFamilies)}` : ''),
  }
  const firstIn = (land: Land, woman: boolean): First => {
    if (land === 'uk') return common(woman ? girls : boys)
    const lists = land === 'de' ? germanFirst : danishFirst
    return common(woman ? lists.women : lists.men)
  }
  const phoneIn: Readonly<Record<Land, () => string>> = {
    uk: () => `+380${pick(['50', '66', '67', '68', '93', '95', '97', '99'])}${digits(7)}`,
    de: () => `+49${pick(['151', '160', '171', '176', '30', '40'])}${digits(8)}`,
    da: () => `+45${2 + draw(7)}${digits(7)}`,
  }
  const digits = (many: number) => Array.from({ length: many }, () => draw(10)).join('')
  const bornIn = (from: number, years: number) => ({
    year: from + draw(years),
    month: 1 + draw(12),
    day: 1 + draw(28),
  })
  const email = (first: string, family: string) =>
    `${latinOfUkraine(first)
      .toLowerCase()
      .replace(/[^a-z]/g, '')}.${latinOfUkraine(family)
      .toLowerCase()
      .replace(/[^a-z]/g, '')}${draw(1000)}@${pick(['ukr.net', 'gmail.com', 'web.de', 'mail.dk', 'gmx.de'])}`
  const homeIn = (land: Land) => ({
    street: pick(streets[land].names),
    house: 1 + Math.floor(150 * next() ** 2),
    flat: next() < 0.7 ? 1 + draw(120) : undefined,
    place: pick(streets[land].places),
  })

  function one(land: Land, woman: boolean, born: Person['born'], family: string, of: Partial<Person>): Person {
    const first = of.first ?? firstIn(land, woman)
    people += 1
    return {
      id: people,
      land,
      woman,
      first,
      second: land !== 'uk' && next() < 0.25 ? firstIn(land, woman) : undefined,
      family: land === 'uk' && woman ? family.replace(/ський$/, 'ська').replace(/(ов|єв|ін)$/, '$1а') : family,
      father: land === 'uk' ? (of.father ?? common(boys).name) : undefined,
      born,
      phone: of.phone ?? phoneIn[land](),
      email: of.email ?? email(first.name, family),
      home: of.home ?? homeIn(land),
      paper: digits(16),
    }
  }

  /** Parents and children under one roof: with one telephone, with twins, with a son who is called as his father. */
  function household(): Person[] {
    const land: Land = next() < 0.6 ? 'uk' : next() < 0.5 ? 'de' : 'da'
    const family = familyIn[land]()
    const home = homeIn(land)
    const oldest = bornIn(1935, 65)
    const head = one(land, next() < 0.5, oldest, family, { home })
    const all = [head]
    const beside = () => ({
      home,
      ...(next() < 0.5 ? { phone: head.phone } : {}),
      ...(next() < 0.2 ? { email: head.email } : {}),
    })
    const { year } = oldest
    if (next() < 0.5) all.push(one(land, !head.woman, bornIn(year - 4, 9), family, beside()))
    const father = all.find(({ woman }) => !woman)
    for (let child = draw(4) - 1; child > 0; child--) {
      const woman = next() < 0.5
      const born = bornIn(Math.min(year + 19, 2010), 15)
      const shared = { ...beside(), ...(father ? { father: father.first.name } : {}) }
      const named = !woman && father && next() < 0.06 ? { first: father.first } : {}
      const made = one(land, woman, born, family, { ...shared, ...named })
      // nobody calls two children, or mother and daughter, by one name; father and son some do
      if (!named.first && all.some(({ first }) => first.name === made.first.name)) continue
      all.push(made)
      if (next() < 0.06) {
        const twin = one(land, next() < 0.7 ? woman : !woman, born, family, shared)
        if (all.every(({ first }) => first.name !== twin.first.name)) all.push(twin)
      }
    }
    // a stranger of the same name and nearly the same age
    if (next() < 0.02) all.push(one(land, head.woman, bornIn(year, 1), head.family, { first: head.first }))
    return all
  }

  const iso = ({ year, month, day }: Person['born']) =>
    `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const patronymic = ({ father = '', woman }: Person): string => {
    const stem = father.replace(/(ій|ь)$/, (end) => (end === 'ій' ? 'ій' : '')).replace(/[оа]$/, '')
    if (woman) return /й$/.test(stem) ? `${stem.replace(/й$/, '')}ївна` : `${stem}івна`
    return /й$/.test(stem) ? `${stem}ович` : `${stem}ович`
  }
  const addressOf = ({ land, home }: Person): string => {
    const { street, house, flat, place } = home
    if (land === 'uk') return `м. ${place}, вул. ${street}, буд. ${house}${flat ? `, кв. ${flat}` : ''}`
    if (land === 'de') return `${street} ${house}, ${10000 + ((place.length * 3571) % 80000)} ${place}`
    return `${street} ${house}${flat ? `, ${1 + (flat % 5)}. tv` : ''}, ${1000 + ((place.length * 771) % 8000)} ${place}`
  }

  function firstRecord(person: Person): Marks {
    const { land, first, second, family } = person
    const name =
      land === 'uk'
        ? [family, first.name, next() < 0.92 ? patronymic(person) : ''].join(' ').trim()
        : [first.name, second && next() < 0.7 ? second.name : '', family].filter(Boolean).join(' ')
    return {
      name,
      birthDate: next() < 0.97 ? iso(person.born) : undefined,
      phones: next() < 0.85 ? [person.phone] : [],
      emails: next() < 0.45 ? [person.email] : [],
      address: next() < 0.9 ? addressOf(person) : undefined,
      documents: next() < 0.6 ? [person.paper] : [],
    }
  }

  /** Writes a word as hurried people do. */
  function slip(word: string): string {
    if (word.length < 4) return word
    const place = 1 + draw(word.length - 2)
    const [before, letter, after] = [word.slice(0, place), word.charAt(place), word.slice(place + 1)]
    const kind = draw(4)
    if (kind === 0) return before + after
    if (kind === 1) return before + letter + letter + after
    if (kind === 2) return before + after.charAt(0) + letter + after.slice(1)
    const beside = /\p{Script=Cyrillic}/u.test(letter) ? 'аоеиіунтрслвкм' : 'aoeiuntrslvkm'
    return before + pick([...beside]) + after
  }

  function nameAgain(person: Person): string {
    const { land, woman, second } = person
    let given = person.first.name
    let family = person.family
    let fathers = land === 'uk' && next() < 0.55 ? patronymic(person) : ''
    const short = next() < 0.08 && person.first.short.length > 0 ? pick(person.first.short) : undefined
    if (next() < (woman ? 0.06 : 0.005))
      family = woman && next() < 0.3 && land === 'de' ? `${family}-${familyIn.de()}` : familyIn[land]()
    if (land !== 'uk' && next() < 0.5) family = family.split(/[- ]/)[draw(family.split(/[- ]/).length)] ?? family
    let write = (text: string) => text
    if (land === 'uk') {
      const way = next()
      const russian = way > 0.28 && way < 0.48
      if (russian) {
        given = person.first.russian ?? given
        family = inRussian(family)
        fathers = inRussian(
          fathers
            .replace(/івна$/, 'овна')
            .replace(/ївна$/, 'евна')
            .replace(/йович$/, 'евич'),
        )
      }
      if (way < 0.15) write = latinOfUkraine
      else if (way < 0.22) write = latinOfGermany
      else if (way < 0.28) write = danish
      else if (way < 0.36) write = gost
      if (way < 0.36) fathers = next() < 0.4 ? fathers : ''
    } else if (next() < 0.35) write = next() < 0.5 ? spelledOut : bare
    else if (land === 'de' && next() < 0.05) write = bare
    given = write(short ?? given)
    family = write(family)
    fathers = write(fathers)
    if (next() < 0.12) {
      const which = draw(3)
      if (which === 0) given = slip(given)
      else family = slip(family)
    }
    const more = second && next() < 0.4 ? ` ${write(second.name)}` : ''
    const way = next()
    const said =
      way < 0.4
        ? `${family}${land === 'uk' && write === danish ? ',' : ''} ${given}${more} ${fathers}`
        : way < 0.55
          ? `${family}, ${given}${more} ${fathers}`
          : `${given}${more} ${fathers} ${family}`
    const trimmed = said.replace(/\s+/g, ' ').trim()
    return next() < 0.1 ? trimmed.toUpperCase() : trimmed
  }

  function bornAgain({ year, month, day }: Person['born']): string {
    const way = next()
    if (way < 0.03 && day <= 12) return iso({ year, month: day, day: month })
    if (way < 0.045) return iso({ year: year + pick([-10, -1, 1, 10]), month, day })
    if (way < 0.06) return iso({ year, month: pick([month === 12 ? 11 : month + 1]), day })
    if (way < 0.075) return iso({ year, month, day: day > 20 ? day - 10 : day + 1 })
    if (way < 0.085) return iso(bornIn(year - 2, 4))
    return iso({ year, month, day })
  }

  function phoneAgain(phone: string, land: Land): string {
    const national = phone.replace(/^\+(380|49|45)/, '')
    const way = draw(4)
    if (way === 0) return phone.replace(/^(\+\d{2,3})(\d{2})(\d{3})/, '$1 ($2) $3-')
    if (way === 1) return land === 'da' ? national : `0${national}`
    if (way === 2) return `00${phone.slice(1)}`
    return land === 'da'
      ? national.replace(/(..)/g, '$1 ')
      : `0${national.slice(0, 2)} ${national.slice(2, 5)} ${national.slice(5)}`
  }

  function secondRecord(person: Person): Marks {
    const { land, home } = person
    const moved = next() < 0.2 ? { ...person, home: homeIn(land) } : person
    const written = addressOf(moved)
    const plain = `${moved.home.street} ${moved.home.house}${moved.home.flat && land === 'uk' ? `/${moved.home.flat}` : ''}`
    const way = next()
    const address = way < 0.4 ? written : way < 0.7 ? plain : land === 'uk' ? latinOfUkraine(written) : bare(written)
    const box = person.email
    return {
      name: nameAgain(person),
      birthDate: next() < 0.94 ? bornAgain(person.born) : undefined,
      phones: next() < 0.75 ? [next() < 0.85 ? phoneAgain(person.phone, land) : phoneIn[land]()] : [],
      emails:
        next() < 0.4
          ? [
              next() < 0.75
                ? next() < 0.3
                  ? box.replace('@', '+amt@')
                  : box.toUpperCase()
                : email(person.first.name, home.place),
            ]
          : [],
      address: next() < 0.8 ? address : undefined,
      documents: next() < 0.35 ? [next() < 0.8 ? person.paper : digits(16)] : [],
    }
  }

  return { next, household, firstRecord, secondRecord }
}

/** Ukrainian letters as a Russian clerk writes them. */
const inRussian = (text: string) =>
  text
    .replace(/ський$/, 'ский')
    .replace(/ська$/, 'ская')
    .replace(/ьо/g, 'ё')
    .replace(/и/g, 'ы')
    .replace(/і/g, 'и')
    .replace(/ї/g, 'и')
    .replace(/є/g, 'е')
    .replace(/ґ/g, 'г')
    .replace(/[’']/g, 'ъ')
    .replace(/скый$/, 'ский')

/** As a machine without their letters writes Germans and Danes. */
const spelledOut = (text: string) =>
  text.replace(
    /[äöüßæøåÄÖÜÆØÅ]/g,
    (letter) =>
      ({
        ä: 'ae',
        ö: 'oe',
        ü: 'ue',
        ß: 'ss',
        æ: 'ae',
        ø: 'oe',
        å: 'aa',
        Ä: 'Ae',
        Ö: 'Oe',
        Ü: 'Ue',
        Æ: 'Ae',
        Ø: 'Oe',
        Å: 'Aa',
      })[letter] ?? letter,
  )
const bare = (text: string) =>
  text.replace(
    /[äöüßæøåÄÖÜÆØÅ]/g,
    (letter) =>
      ({ ä: 'a', ö: 'o', ü: 'u', ß: 'ss', æ: 'ae', ø: 'o', å: 'a', Ä: 'A', Ö: 'O', Ü: 'U', Æ: 'Ae', Ø: 'O', Å: 'A' })[
        letter
      ] ?? letter,
  )
