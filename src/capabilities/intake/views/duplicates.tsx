import { formatDay, formatList } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { TaskList } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { Status, type StatusMark } from '../../../platform/ui/status.tsx'
import { type Likelihood, likelihoodOf } from '../rules/joining.ts'
import type { Reason, What } from '../rules/matching/compare.ts'
import type { Duplicate } from '../store/duplicates.ts'
import type { StoredPerson } from '../store/people.ts'

const likelihoods: Readonly<Record<Likelihood, () => string>> = {
  'very-likely': m.intake_people_very_likely,
  likely: m.intake_people_likely,
  possible: m.intake_people_possible,
}
const marks = { 'very-likely': 'eye', likely: 'eye', possible: 'ask' } as const satisfies Record<Likelihood, StatusMark>

const reasons: Readonly<Record<What, () => string>> = {
  name: m.intake_people_reason_name,
  'name-other-script': m.intake_people_reason_name_other_script,
  'name-similar': m.intake_people_reason_name_similar,
  'name-part': m.intake_people_reason_name_part,
  'birth-date': m.intake_people_reason_birth_date,
  'birth-date-close': m.intake_people_reason_birth_date_close,
  phone: m.intake_people_reason_phone,
  email: m.intake_people_reason_email,
  address: m.intake_people_reason_address,
  document: m.intake_people_reason_document,
  'name-differs': m.intake_people_reason_name_differs,
  'given-name-differs': m.intake_people_reason_given_name_differs,
  'birth-date-differs': m.intake_people_reason_birth_date_differs,
  'document-differs': m.intake_people_reason_document_differs,
}

/** Where a record is read. */
export const personHref = (id: string): string => `/people/${id}`
/** Where two records are compared, side by side. */
export const pairHref = (person: string, other: string): string => `/people/${person}/with/${other}`

/** One reason in words. */
export const reasonWords = ({ what }: Pick<Reason, 'what'>): string => reasons[what]()

/** What speaks for one person and what against, in words: "the same birth date and the same telephone; but other given names". */
export function reasonsInWords(all: readonly Reason[]): string {
  const pro = all.filter(({ weight }) => weight > 0).map(reasonWords)
  const against = all.filter(({ weight }) => weight < 0).map(reasonWords)
  if (against.length === 0) return formatList(pro)
  return m.intake_people_reasons_but({ pro: formatList(pro), against: formatList(against) })
}

/** How likely it is, in words and never as a figure. */
export function Likely({ score }: { score: number }) {
  const likelihood = likelihoodOf(score)
  return (
    <Status mark={marks[likelihood]} color={likelihood === 'very-likely' ? 'warning' : undefined}>
      {likelihoods[likelihood]()}
    </Status>
  )
}

/** Name and birth date: enough to tell people apart in a list. */
export const personWords = ({ name, birthDate }: Pick<StoredPerson, 'name' | 'birthDate'>): string =>
  birthDate ? m.intake_people_born({ name, day: formatDay(birthDate, 'short') }) : name

/** Possible duplicates of a record (INT-8), each with how likely it is and why. */
export function DuplicateList({ person, duplicates }: { person: string; duplicates: readonly Duplicate[] }) {
  return (
    <TaskList
      wide
      items={duplicates.map((duplicate) => ({
        href: pairHref(person, duplicate.person.id),
        label: personWords(duplicate.person),
        note: reasonsInWords(duplicate.reasons),
        status: <Likely score={duplicate.score} />,
      }))}
    />
  )
}

/**
 * On a new request: whoever asks may be known already. Nothing where nobody is alike.
 * @param duplicates of `duplicatesOf(tx, person)`
 */
export function DuplicatesHint({
  person,
  duplicates,
}: {
  person: Pick<StoredPerson, 'id'>
  duplicates: readonly Duplicate[]
}) {
  if (duplicates.length === 0) return null
  return (
    <Note color="info" mark="ask" heading={m.intake_people_hint()}>
      <DuplicateList person={person.id} duplicates={duplicates} />
    </Note>
  )
}

/** From a request to all that the office knows of the person. */
export function PersonLink({ person }: { person: Pick<StoredPerson, 'id'> }) {
  return (
    <p>
      <a class="ln-link" href={personHref(person.id)}>
        {m.intake_people_open_person()}
      </a>
    </p>
  )
}
