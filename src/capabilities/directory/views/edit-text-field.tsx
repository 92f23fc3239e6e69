import { formatList } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { type Locale, locales, speak } from '../../../platform/i18n/text.ts'
import { Field } from '../../../platform/ui/field.tsx'
import type { FormState } from '../../../platform/ui/form.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { languageName, Words } from '../../../platform/ui/words.tsx'
import type { WordingFlag } from '../rules/wording.ts'

/** What every part of an editing form needs to know. */
export interface EditForm {
  state: FormState
  /** name of the thing in the form: `card`, `profile`, `location` */
  root: string
  /** the language that the thing is written in; its field comes first */
  own: Locale
  /** dated words in what is stored or typed, by path below the root (DIR-10) */
  flags: readonly WordingFlag[]
}

interface TextFieldProps {
  form: EditForm
  /** path below the root, without the language */
  path: string
  label: string
  description?: string
  optional?: boolean
  /** lines of the field; 1 is a line of text */
  lines?: number
}

/** One text in four languages (DIR-3): its own language first, the others folded away, with which of them nobody has checked. */
export function TextField({ form, path, label, description, optional = false, lines = 1 }: TextFieldProps) {
  const { state, own } = form
  const name = `${form.root}.${path}`
  const others = locales.filter((locale) => locale !== own)
  // the marked ones first and in their own order, which the text keeps
  const marked = (state.typed?.get(`${name}.draft[]`) ?? []).flatMap(
    (value) => locales.find((locale) => locale === value) ?? [],
  )
  const drafts = [...new Set([...marked, ...locales])]
  const there = others.filter((locale) => state.typed?.get(`${name}.${locale}`)?.[0])
  const trouble =
    state.outcome?.is === 'invalid' &&
    state.outcome.errors.some((error) => others.some((locale) => error.path === `${name}.${locale}`))
  const flagged = form.flags.some((flag) => others.some((locale) => flag.path === `${path}.${locale}`))
  const field = (locale: Locale, words: string) => (
    <>
      {lines > 1 ? (
        <Field
          state={state}
          name={`${name}.${locale}`}
          label={words}
          kind="textarea"
          rows={lines}
          optional={optional || locale !== own}
          lang={langOf(locale)}
          {...(description && locale === own ? { description } : {})}
        />
      ) : (
        <Field
          state={state}
          name={`${name}.${locale}`}
          label={words}
          optional={optional || locale !== own}
          lang={langOf(locale)}
          {...(description && locale === own ? { description } : {})}
        />
      )}
      <WordingHints flags={form.flags.filter((flag) => flag.path === `${path}.${locale}`)} />
    </>
  )
  return (
    <div class="ln-stack" data-gap="2">
      {field(own, label)}
      <details class="ds-details" open={trouble || flagged}>
        <summary>
          <span class="ds-sr-only">{label}: </span>
          {there.length > 0
            ? m.edit_other_languages_there({ languages: formatList(there.map(languageName)) })
            : m.edit_other_languages()}
        </summary>
        <div class="ln-stack" data-gap="4">
          {others.map((locale) => field(locale, `${label}, ${languageName(locale)}`))}
          <Field
            state={state}
            kind="checkboxes"
            name={`${name}.draft[]`}
            label={m.edit_draft()}
            description={m.edit_draft_hint()}
            optional
            options={drafts.map((locale) => ({ value: locale, label: languageName(locale) }))}
          />
        </div>
      </details>
    </div>
  )
}

const langOf = (locale: Locale): Locale | undefined => (locale === currentLocale() ? undefined : locale)

/** A dated word and what is said today: shown beside the text, in nobody's way (DIR-10). */
export function WordingHints({ flags }: { flags: readonly WordingFlag[] }) {
  if (flags.length === 0) return null
  return (
    <ul class="ln-plain ln-small">
      {flags.map((flag) => (
        <li>
          <Status mark="ask">{m.edit_wording({ found: flag.found, suggest: flag.suggest })}</Status>
          {flag.why ? (
            <>
              {' '}
              <Words of={speak(flag.why, currentLocale(), [flag.locale])} plain />
            </>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
