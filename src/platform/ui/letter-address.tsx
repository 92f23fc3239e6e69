import { currentLocale } from '../i18n/speech.ts'
import { locales } from '../i18n/text.ts'
import { Field } from './field.tsx'
import type { FormState } from './form.tsx'
import { languageName } from './words.tsx'

/** Where letters to somebody else go, and in which language. Browsers fill in nothing: it is not the address of whoever writes it down. */
export function LetterAddress({
  state,
  email,
  language,
}: {
  state: FormState
  email: { label: string; description: string }
  language: string
}) {
  return (
    <>
      <Field state={state} kind="email" name="email" {...email} autocomplete="off" maxlength={320} />
      <Field
        state={state}
        kind="select"
        name="locale"
        label={language}
        value={currentLocale()}
        options={locales.map((locale) => ({ value: locale, label: languageName(locale) }))}
      />
    </>
  )
}
