/*
 * Spreadsheets run a cell that begins like a formula, even behind a byte order mark, white space or control characters
 * (abuse case 10). The full-width signs are read as formulas by East Asian versions.
 */
const ignored = String.raw`[\s\p{Cc}\p{Cf}\uFEFF]*`
const formula = new RegExp(String.raw`^${ignored}[=+\-@|%＝＋－＠｜％]`, 'u')
const tabFirst = /^[\p{Cf}\uFEFF]*[\t\r]/u
const number = /^[+-]?\d+(?:[ \u00a0]\d+)*(?:[.,]\d+)?$/

/** Whether a spreadsheet could take this text for a formula. Numbers (-5, +45 87 12 34 56) are none. */
export function looksLikeFormula(text: string): boolean {
  return !number.test(text) && (formula.test(text) || tabFirst.test(text))
}

function needsGuard(text: string): boolean {
  return looksLikeFormula(text.replace(/^'+/, ''))
}

/** Puts an apostrophe before what could be a formula; also before what already stands behind apostrophes, so that nothing is lost on the way back. */
export function guardFormula(text: string): string {
  return needsGuard(text) ? `'${text}` : text
}

/** Takes the apostrophe of `guardFormula` off again. */
export function unguardFormula(text: string): string {
  return text.startsWith("'") && needsGuard(text) ? text.slice(1) : text
}
