/*
 * How Ukrainian names come to stand in Latin letters, by country. The bench's own tables: the matcher has others.
 */

type Table = Readonly<Record<string, string>>

/** The passport of Ukraine: Cabinet of Ministers, resolution no. 55 of 27 January 2010. */
const ukraine: Table = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
  з: 'z',
  и: 'y',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ь: '',
  ю: 'iu',
  я: 'ia',
}
const atTheBeginning: Table = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' }

/** As German newspapers and registry offices write. */
const germany: Table = {
  ...ukraine,
  в: 'w',
  є: 'je',
  ж: 'sch',
  з: 's',
  й: 'j',
  ї: 'ji',
  х: 'ch',
  ц: 'z',
  ч: 'tsch',
  ш: 'sch',
  щ: 'schtsch',
  ю: 'ju',
  я: 'ja',
}

/** As Danish ones do. */
const denmark: Table = {
  ...ukraine,
  є: 'je',
  ж: 'zj',
  з: 'z',
  й: 'j',
  ї: 'ji',
  ч: 'tj',
  ш: 'sj',
  щ: 'sjtj',
  ю: 'ju',
  я: 'ja',
}

/** Russian letters as passports of the Soviet Union and Russia had them. */
const russia: Table = {
  ...ukraine,
  г: 'g',
  е: 'e',
  ё: 'yo',
  и: 'i',
  й: 'y',
  ы: 'y',
  э: 'e',
  ъ: '',
  ю: 'yu',
  я: 'ya',
}

function by(table: Table, first: Table = {}, pairs: readonly (readonly [string, string])[] = []) {
  return (text: string): string =>
    text
      .split(/(?<=[^\p{L}’'])|(?=[^\p{L}’'])/u)
      .map((word) => {
        const lower = word.toLowerCase()
        if (!/\p{Script=Cyrillic}/u.test(lower)) return word
        let out = lower
        for (const [from, to] of pairs) out = out.replaceAll(from, to)
        const letters = [...out].map((letter, place) => (place === 0 && first[letter]) || (table[letter] ?? letter))
        const latin = letters.join('').replace(/[’']/g, '')
        return word.charAt(0) === lower.charAt(0) ? latin : latin.charAt(0).toUpperCase() + latin.slice(1)
      })
      .join('')
}

export const latinOfUkraine = by(ukraine, atTheBeginning, [['зг', 'zgh']])
export const german = by(germany)
export const danish = by(denmark)
export const gost = by(russia)
