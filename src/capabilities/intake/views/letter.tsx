import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { type FormState, keyField } from '../../../platform/ui/form.tsx'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { languageName } from '../../../platform/ui/words.tsx'
import { callOf } from '../rules/contact.ts'
import { type ReadParagraph, readable } from '../rules/letters.ts'
import type { StoredLetter } from '../store/letters.ts'
import type { SafeContact } from '../types.ts'
import { handWords, heldWords, letterKindWords, letterWayWords } from './letter-words.ts'

/** What a page about letters stands on. */
interface LetterSurroundings {
  /** address of the request */
  base: string
  /** local day of a moment */
  dayOf: (moment: Date) => string
}

/** Letters of a request with how each goes, at the desk: what waits for a hand comes with its button. */
export function LettersPage({
  base,
  dayOf,
  letters,
  contact,
  trouble,
}: LetterSurroundings & { letters: readonly StoredLetter[]; contact: SafeContact; trouble: FormState['outcome'] }) {
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: base, label: m.intake_letters_back_request() }}
        title={m.intake_letters_title()}
        facts={
          <a class="ln-link" href={`${base}/contact`}>
            {m.intake_letters_contact_desk_title()}
          </a>
        }
      />
      {trouble?.is === 'late' ? (
        <Note color="warning">
          <p role="alert">{trouble.message}</p>
        </Note>
      ) : null}
      {letters.length === 0 ? <Empty>{m.intake_letters_none()}</Empty> : null}
      {letters.map((letter) => (
        <Section id={`letter-${letter.id}`} heading={letterKindWords(letter.kind)} size="sm" line>
          <SummaryList
            items={[
              {
                label: m.intake_letters_written({ day: formatDay(dayOf(letter.at)) }),
                value: <LetterLinks base={base} letter={letter} />,
              },
              { label: m.intake_letters_way(), value: <Going letter={letter} contact={contact} dayOf={dayOf} /> },
            ]}
          />
          <Handing base={base} letter={letter} />
        </Section>
      ))}
    </div>
  )
}

function LetterLinks({ base, letter }: { base: string; letter: StoredLetter }) {
  return (
    <>
      <a class="ln-link" href={`${base}/letters/${letter.id}`} lang={langOf(letter)}>
        {letter.subject}
      </a>{' '}
      <a class="ln-link" href={`${base}/letters/${letter.id}/pdf`}>
        {m.intake_letters_pdf()}
      </a>
    </>
  )
}

/** INT-11: which way a letter goes, why not by mail, and what whoever brings it has to heed. */
function Going({
  letter: { way, held, handedAt },
  contact,
  dayOf,
}: {
  letter: StoredLetter
  contact: SafeContact
  dayOf: LetterSurroundings['dayOf']
}) {
  const call = callOf(contact)
  // who is told of it in person may be called first
  const spoken = way === 'hand' || way === 'page'
  const lines = [
    held ? heldWords(held) : undefined,
    way === 'post' && contact.discreet ? m.intake_letters_plain_envelope() : undefined,
    spoken && call === 'say nothing of the office' ? m.intake_letters_call_discreet() : undefined,
    spoken && call === 'no call' ? m.intake_letters_call_not() : undefined,
  ].flatMap((line) => line ?? [])
  return (
    <div class="ln-stack" data-gap="1">
      <p>
        {handedAt ? (
          <Status mark="done">{m.intake_letters_gone({ day: formatDay(dayOf(handedAt)) })}</Status>
        ) : (
          <Status mark={way === 'mail' ? 'done' : 'wait'}>{letterWayWords(way)}</Status>
        )}
      </p>
      {handedAt ? null : lines.map((line) => <p class="ln-small">{line}</p>)}
    </div>
  )
}

function Handing({ base, letter: { id, way, handedAt } }: { base: string; letter: StoredLetter }) {
  if (way === 'mail' || handedAt) return null
  return (
    <form action={`${base}/letters/${id}/hand`} method="post">
      <input type="hidden" name={keyField} value={crypto.randomUUID()} />
      <Button variant="secondary">{handWords(way)}</Button>
    </form>
  )
}

/** Letters on the page of whoever asked; nothing where there is none. */
export function LettersSection({ base, dayOf, letters }: LetterSurroundings & { letters: readonly StoredLetter[] }) {
  if (letters.length === 0) return null
  return (
    <Section id="letters" heading={m.intake_letters_title()} line>
      <ul class="ln-tasks">
        {letters.map((letter) => (
          <li>
            <a class="ln-link" href={`${base}/letters/${letter.id}`}>
              {letterKindWords(letter.kind)}
            </a>
            <span class="ln-small ln-quiet">{m.intake_letters_written({ day: formatDay(dayOf(letter.at)) })}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/**
 * One letter to read (INT-10), in the language it was written in. @param link to the request, for whoever came by one or has an account; paragraphs about it
 * are left out where there is none
 */
export function LetterPage({
  base,
  back,
  dayOf,
  letter,
  link,
}: LetterSurroundings & { back: { href: string; label: string }; letter: StoredLetter; link: string | undefined }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={back}
        title={<span lang={langOf(letter)}>{letter.subject}</span>}
        facts={m.intake_letters_written({ day: formatDay(dayOf(letter.at)) })}
        action={
          <a class="ln-link" href={`${base}/letters/${letter.id}/pdf`}>
            {m.intake_letters_pdf()}
          </a>
        }
      />
      <article class="ln-stack" data-gap="3" lang={langOf(letter)}>
        {readable(letter.paragraphs, link).map((paragraph) => (
          <LetterParagraph of={paragraph} letter={letter} link={link} />
        ))}
      </article>
      {letter.data.draft ? (
        <p>
          <Status mark="draft">{m.intake_letters_translation()}</Status>
        </p>
      ) : null}
    </div>
  )
}

function LetterParagraph({ of, letter, link }: { of: ReadParagraph; letter: StoredLetter; link: string | undefined }) {
  const lang = of.locale === letter.locale ? undefined : of.locale
  if (of.list.length > 0)
    return (
      <ul class="ds-list" lang={lang}>
        {of.list.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    )
  return (
    <p lang={lang}>
      {of.words.map((part, at) => (
        <>
          {at > 0 && link ? (
            <a class="ln-link" href={link}>
              {link}
            </a>
          ) : null}
          {part}
        </>
      ))}
      {lang ? (
        <>
          {' '}
          <Status mark="globe" color="neutral">
            {m.ui_in_language({ language: languageName(lang) })}
          </Status>
        </>
      ) : null}
    </p>
  )
}

/** A letter keeps the language it was written in, whatever the page speaks. */
const langOf = ({ locale }: StoredLetter) => (locale === currentLocale() ? undefined : locale)
