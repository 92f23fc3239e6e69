import { readAddress } from './address.ts'
import { dateParts, letterBox, type Marks, phoneDigits } from './marks.ts'
import { type NameWord, readName } from './name.ts'
import { sound } from './skeleton.ts'

/** A name of many readings gets no more than these; the selective ones come first. */
const mostKeys = 96
/** Enough of a keyed hash to be its own key. */
const hashLength = 20

/**
 * The keys under which a record is found (INT-8): two records are compared when they share one. Each joins the sound of a name with
 * something that few of that name share (the birth date, a telephone, a letter box; or two names and a year, a day or a house number), so that
 * not even the commonest name of a million people brings more than some hundred; yet one field may be wrong or missing.
 * Stored keys are to be made anew when this file, name.ts, skeleton.ts or given-names.ts changes.
 */
export function matchKeys(marks: Marks): string[] {
  const { words } = readName(marks.name)
  const born = dateParts(marks.birthDate)
  // a day and a month that were swapped give the same key
  const day = born && [born.month, born.day].sort().join('')
  const names = words.filter(({ role }) => role !== 'patronymic')
  const keys = new Set(marks.documents.map((hash) => `d${hash.slice(0, hashLength)}`))

  for (const heard of new Set(names.flatMap(soundsOf))) {
    if (born) keys.add(`b${born.year}${day}${heard}`)
    for (const phone of marks.phones.map(phoneDigits)) if (phone) keys.add(`p${phone}${heard}`)
    for (const box of marks.emails.map(letterBox)) if (box) keys.add(`e${box} ${heard}`)
  }

  const [house] = marks.address ? readAddress(marks.address).numbers : []
  const spoken = words.map((word) => ({ role: word.role, sounds: soundsOf(word) }))
  for (const [place, one] of spoken.entries()) {
    for (const other of spoken.slice(place + 1)) {
      const father = one.role === 'patronymic' || other.role === 'patronymic'
      // the name of the family and that of the father together are a household's
      if (father && (one.role === 'family' || other.role === 'family')) continue
      for (const heard of one.sounds)
        for (const second of other.sounds) {
          const both = [heard, second].sort().join('+')
          if (born) keys.add(`y${born.year}${both}`).add(`m${day}${both}`)
          if (house && !father) keys.add(`h${house} ${both}`)
        }
    }
  }
  return [...keys].slice(0, mostKeys)
}

/** How a word sounds: a given name of the list as the name that it stands for, so that Наташа meets Natalia. */
function soundsOf({ standsFor, skeletons }: NameWord): string[] {
  return [...new Set((standsFor.length > 0 ? standsFor : skeletons).map(sound))]
}
