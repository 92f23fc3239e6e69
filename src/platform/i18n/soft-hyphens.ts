import type { Locale } from './text.ts'

const shy = '\u00ad'

/**
 * Where long words of a language may break. Only joints that are right in every word: after the ending that joins the parts of a compound,
 * before an ending of its own syllable, and after first parts that this platform uses often.
 */
const joints: Readonly<Partial<Record<Locale, RegExp>>> = {
  de: /(?<=\p{L}(?:ungs|schafts|heits|keits|tions|täts)|^(?:rahmen|rechts|geschäfts|jahres|angebots))(?=\p{L}{4})|(?<=\p{L}{3})(?=(?:heit|keit|schaft)(?:en)?$)|(?<=angele)(?=genheit)|(?<=\p{L}{2}[aeiouäöü]|\p{L}{2}[lmnrt])(?=[bdfgklmnprstwz](?:ung|ungen)$)/giu,
  uk: /(?<=\p{L}{3})(?=(?:дж|л|н)ення$|лена$)/giu,
  da: /(?<=\p{L}(?:nings|heds|skabs|elses|tions)|^(?:ramme|kommune))(?=\p{L}{4})|(?<=\p{L}{4})(?=(?:rådet|aftalen?|forvaltning|udvalget?)$)/giu,
}

/**
 * Puts soft hyphens into long words, for headings and menus of narrow screens: a browser without a dictionary of the language would
 * break them anywhere. Words that are read, searched or copied elsewhere stay as they are.
 * @param longest words of at most so many letters are left alone
 */
export function withSoftHyphens(words: string, locale: Locale, longest = 12): string {
  const joint = joints[locale]
  if (!joint) return words
  return words.replaceAll(/\p{L}+/gu, (word) => (word.length > longest ? word.replaceAll(joint, shy) : word))
}
