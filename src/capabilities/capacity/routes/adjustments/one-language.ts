import type { FieldError, Outcome } from '../../../../platform/access/outcome.ts'
import { Locale } from '../../../../platform/i18n/text.ts'

/** The texts of a plan, typed in one language that is named beside them. */
const texts = ['reason', 'tariffEffect', 'peopleEffect', 'alternatives'] as const

/** What was typed as the command takes it. */
export function planInput({ language, ...fields }: Record<string, unknown>): Record<string, unknown> {
  const locale = Locale.safeParse(language).data ?? 'en'
  const spoken = texts.map((name) => [name, typeof fields[name] === 'string' ? { [locale]: fields[name] } : undefined])
  return { ...fields, ...Object.fromEntries(spoken) }
}

/** Mistakes in a text stand at its field, whatever its language. */
export function atFields<Failed extends Exclude<Outcome<unknown>, { is: 'ok' }>>(outcome: Failed): Failed {
  if (outcome.is !== 'invalid') return outcome
  const errors = outcome.errors.map(({ path, message }): FieldError => {
    const first = texts.find((name) => path.startsWith(`${name}.`))
    return { path: first ?? path, message }
  })
  return { ...outcome, errors }
}
