import type { FieldError, Outcome } from '../../../platform/access/outcome.ts'
import { Locale } from '../../../platform/i18n/text.ts'

/** A form asks for its texts in one language, which the reader names beside them (`language`). */
export function inOneLanguage(fields: Record<string, unknown>, ...texts: string[]): Record<string, unknown> {
  const { language, ...rest } = fields
  const locale = Locale.safeParse(language).data ?? 'en'
  const spoken = texts.map((name) => [name, typeof rest[name] === 'string' ? { [locale]: rest[name] } : undefined])
  return { ...rest, ...Object.fromEntries(spoken) }
}

/** Mistakes in a text of one language stand at its field. */
export function atTexts<Failed extends Exclude<Outcome<unknown>, { is: 'ok' }>>(
  outcome: Failed,
  ...texts: string[]
): Failed {
  if (outcome.is !== 'invalid') return outcome
  const errors = new Map<string, FieldError>()
  for (const { path, message } of outcome.errors) {
    const first = path.split('.')[0] ?? ''
    const at = texts.includes(first) ? first : path
    if (!errors.has(at)) errors.set(at, { path: at, message })
  }
  return { ...outcome, errors: [...errors.values()] }
}
