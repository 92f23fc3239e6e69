import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { locales } from '../../../../platform/i18n/text.ts'
import { Field } from '../../../../platform/ui/field.tsx'
import type { FormState } from '../../../../platform/ui/form.tsx'
import { languageName } from '../../../../platform/ui/words.tsx'

/** In which language the texts of a form are typed: the reader's own, unless they say otherwise. */
export function LanguageField({ state }: { state: FormState }) {
  return (
    <Field
      state={state}
      kind="select"
      name="language"
      label={m.governance_language()}
      value={currentLocale()}
      options={locales.map((locale) => ({ value: locale, label: languageName(locale) }))}
    />
  )
}
