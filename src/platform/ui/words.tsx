import { citedTogether } from '../i18n/format.ts'
import { currentLocale, m } from '../i18n/speech.ts'
import type { Locale, Spoken } from '../i18n/text.ts'
import { Status } from './status.tsx'

/**
 * A text of the content as its reader gets it (DIR-3): with `lang` when it is not in the language of the page, and with a
 * mark when it is another language than asked for, or a translation that nobody has checked.
 * @param plain leaves the marks out: inside links, headings, tags; `<Marks>` may then stand once for several texts
 */
export function Words({ of, plain = false }: { of: Spoken; plain?: boolean }) {
  const lang = of.locale === currentLocale() ? undefined : of.locale
  const written = citedTogether(of.words)
  const words = lang ? <span lang={lang}>{written}</span> : written
  if (plain) return <>{words}</>
  return (
    <>
      {words}
      <Marks of={[of]} />
    </>
  )
}

/** What must be said once about texts above: in which other language they are, and that a translation is not checked. */
export function Marks({ of }: { of: readonly (Spoken | undefined)[] }) {
  const there = of.filter((text) => text !== undefined)
  const foreign = [...new Set(there.map((text) => text.locale))].filter((locale) => locale !== currentLocale())
  const draft = there.some((text) => text.draft)
  return (
    <>
      {foreign.map((locale) => (
        <>
          {' '}
          <Status mark="globe" color="neutral">
            {m.ui_in_language({ language: languageName(locale) })}
          </Status>
        </>
      ))}
      {draft ? (
        <>
          {' '}
          <Status mark="draft" color="neutral">
            {m.ui_translation_unchecked()}
          </Status>
        </>
      ) : null}
    </>
  )
}

/** A language's name in the language of the page. */
export function languageName(locale: Locale): string {
  return new Intl.DisplayNames(currentLocale(), { type: 'language' }).of(locale) ?? locale
}
