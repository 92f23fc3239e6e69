/** Ukrainian letters in Latin ones, as passports and road signs write them (Cabinet of Ministers, resolution 55 of 27 January 2010). */
const ukrainian: Readonly<Record<string, string>> = {
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
  "'": '',
  '’': '',
  ʼ: '',
}
const atStart: Readonly<Record<string, string>> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' }
const others: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', å: 'aa' }

/** A name as part of an address: lower case Latin letters, digits, hyphens, at most 80. Empty when nothing of it can be written so. */
export function slugFrom(name: string): string {
  const lower = name.toLowerCase().normalize('NFC').replaceAll('зг', 'zgh')
  const latin = lower
    .replace(/(?<![\p{L}\p{M}])[єїйюя]/gu, (letter) => atStart[letter] ?? letter)
    .replace(/[\p{L}'’ʼ]/gu, (letter) => ukrainian[letter] ?? others[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  return latin
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '')
}
