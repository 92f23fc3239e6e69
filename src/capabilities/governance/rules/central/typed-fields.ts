import type { Locale } from '../../../../platform/i18n/text.ts'
import type { CentralField } from '../../types/central.ts'

/** Questions as a form asks for them: one per line, those in words and those with a number apart (GOV-15). */
export function typedFields(words: unknown, numbers: unknown, locale: Locale): CentralField[] {
  const taken = new Set<string>()
  const of = (text: unknown, type: CentralField['type']) =>
    String(text ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line): CentralField => ({ id: idOf(line, taken), names: { [locale]: line }, type, optional: false }))
  return [...of(words, 'words'), ...of(numbers, 'number')]
}

/** The same question gets the same id in the next request, so that it can be prefilled. */
function idOf(line: string, taken: Set<string>): string {
  const plain = line
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/[^a-z0-9-]/g, '')
    .replace(/-+/g, '-')
    .slice(0, 70)
    .replace(/^-|-$/g, '')
  const base =
    plain || `q-${[...line].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_000_007, 7)}`
  let id = base
  for (let at = 2; taken.has(id); at++) id = `${base}-${at}`
  taken.add(id)
  return id
}
