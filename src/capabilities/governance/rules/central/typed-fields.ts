import { z } from 'zod'
import type { Locale } from '../../../../platform/i18n/text.ts'
import type { CentralField } from '../../types/central.ts'

const KnownQuestions = z.array(z.object({ figure: z.string(), question: z.string().optional() }))

/**
 * Questions as a form asks for them: one per line, those in words and those with a number apart, and those whose answer is a figure that the
 * program knows (GOV-15). @param known each figure by its name, with the question that was typed for it
 */
export function typedFields(words: unknown, numbers: unknown, known: unknown, locale: Locale): CentralField[] {
  const taken = new Set<string>()
  const of = (text: unknown, type: CentralField['type']) =>
    String(text ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line): CentralField => ({ id: idOf(line, taken), names: { [locale]: line }, type, optional: false }))
  const counted = KnownQuestions.safeParse(known).data ?? []
  return [
    ...of(words, 'words'),
    ...of(numbers, 'number'),
    ...counted.flatMap(({ figure, question }) =>
      of(question?.replaceAll('\n', ' '), 'number').map((asked) => ({ ...asked, figure })),
    ),
  ]
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
