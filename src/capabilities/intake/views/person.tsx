import { formatDay, formatList, formatMoment } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState, keyField } from '../../../platform/ui/form.tsx'
import { SummaryList, TaskList } from '../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import type { NamedService } from '../../directory/contract.ts'
import { callOf } from '../rules/contact.ts'
import type { DeskLine } from '../store/desk.ts'
import type { Duplicate } from '../store/duplicates.ts'
import type { Merge } from '../store/merges.ts'
import type { StoredPerson } from '../store/people.ts'
import type { Reader } from '../store/restrictions.ts'
import { requestHref, ServiceName, stateName } from './desk-words.tsx'
import { DuplicateList, Likely, personHref, reasonsInWords } from './duplicates.tsx'
import { HowSafely, languageOf, PhoneNumber } from './request-contact.tsx'

/** A form of the page that came back, and which one it was. */
export interface PersonTrouble {
  form: 'restrict' | 'lift' | 'undo'
  state: FormState
}

export interface PersonProps {
  person: StoredPerson
  area: Text | undefined
  requests: readonly DeskLine[]
  services: ReadonlyMap<string, NamedService>
  duplicates: readonly Duplicate[]
  merges: readonly Merge[]
  readers: readonly Reader[]
  /** names of those who answer at the reader's offices, by account */
  colleagues: ReadonlyMap<string, string>
  /** may the reader say who sees this record */
  leads: boolean
  /** the reader's account */
  reader: string
  timeZone: string
  /** the number of their paper, in the clear, after somebody asked to see it */
  number?: string | undefined
  trouble?: PersonTrouble | undefined
}

const stateOf = (trouble: PersonTrouble | undefined, form: PersonTrouble['form']): FormState =>
  trouble?.form === form ? trouble.state : {}

/** What the office knows of somebody: how to reach them, what they asked for, and who they may also be. */
export function PersonPage(props: PersonProps) {
  const { person, requests, services, duplicates } = props
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: '/people', label: m.intake_people_title() }}
        title={person.name}
        facts={person.birthDate ? m.intake_people_born_on({ day: formatDay(person.birthDate) }) : undefined}
      >
        {person.restricted ? (
          <p>
            <Status mark="shield" tag>
              {m.intake_people_protected()}
            </Status>
          </p>
        ) : null}
      </PageHead>
      {duplicates.length > 0 ? (
        <Section id="duplicates" heading={m.intake_people_duplicates()}>
          <p class="ln-quiet">{m.intake_people_duplicates_lead()}</p>
          <DuplicateList person={person.id} duplicates={duplicates} />
        </Section>
      ) : null}
      <Known {...props} />
      <Section id="requests" heading={m.intake_people_requests()}>
        {requests.length === 0 ? (
          <Empty>{m.intake_people_no_requests()}</Empty>
        ) : (
          <TaskList
            wide
            items={requests.map((line) => ({
              href: requestHref(line.id),
              label: <ServiceName of={services.get(line.service ?? '')} />,
              note: <span class="ln-num">{line.reference}</span>,
              status: (
                <Status mark="dot" color="neutral">
                  {stateName(line.state)}
                </Status>
              ),
            }))}
          />
        )}
      </Section>
      {duplicates.length === 0 ? <p class="ln-quiet">{m.intake_people_no_duplicates()}</p> : null}
      <Joined {...props} />
      <Protection {...props} />
    </div>
  )
}

/** Numbers from before are known, and not called: only the one that was told last is (INT-11). */
function Known({ person, area, number }: PersonProps) {
  const { contact, address } = person
  const phones = known(contact.phone, person.phones)
  const emails = known(contact.email, person.emails)
  const mayCall = callOf(contact) !== 'no call'
  return (
    <Section id="known" heading={m.intake_people_known()}>
      <HowSafely contact={{ ...contact, phone: phones[0] }} address={address} />
      <SummaryList
        items={[
          {
            label: m.intake_people_phones(),
            value:
              phones.length > 0
                ? phones.map((one) => <PhoneNumber number={one} mayCall={mayCall && one === contact.phone} />)
                : undefined,
          },
          {
            label: m.intake_people_emails(),
            value: emails.length > 0 ? emails.join(', ') : undefined,
          },
          { label: m.intake_people_address(), value: address },
          ...(area ? [{ label: m.intake_people_area(), value: speak(area, currentLocale()).words }] : []),
          ...(person.language ? [{ label: m.intake_people_language(), value: languageOf(person.language) }] : []),
          {
            label: m.intake_people_number(),
            value: <DocumentNumber person={person} number={number} />,
          },
        ]}
      />
    </Section>
  )
}

/** All that is known of each kind, what was told last first. */
const known = (last: string | undefined, all: readonly string[]): string[] => [
  ...new Set([...(last ? [last] : []), ...all]),
]

/** A number is never shown by the way: whoever needs it asks for it, and the trail keeps that they did. */
function DocumentNumber({ person, number }: { person: StoredPerson; number: string | undefined }) {
  if (!person.documentNumber) return <>{m.intake_people_number_missing()}</>
  if (number !== undefined) return <strong class="ln-number">{number}</strong>
  return (
    <form class="ln-row" action={`${personHref(person.id)}/number`} method="post">
      <span>{m.intake_people_number_on_file()}</span>
      <Button variant="tertiary">{m.intake_people_number_show()}</Button>
    </form>
  )
}

/** Records that were joined to this one, with the way back. */
function Joined({ person, merges, colleagues, timeZone, trouble }: PersonProps) {
  if (merges.length === 0) return null
  const last = merges.find(({ undoneAt }) => !undoneAt)
  const late = stateOf(trouble, 'undo').outcome
  return (
    <Section id="joined" heading={m.intake_people_joined()}>
      {late?.is === 'late' || late?.is === 'conflict' ? (
        <Note color="warning" mark="late">
          <p>{late.message}</p>
        </Note>
      ) : null}
      <ul class="ln-plain ln-stack" data-gap="4">
        {merges.map((merge) => {
          const by = merge.by ? colleagues.get(merge.by) : undefined
          const when = formatMoment(merge.at, timeZone)
          return (
            <li class="ln-stack" data-gap="2">
              <p>
                <strong>{merge.name}</strong>
                <br />
                <span class="ln-small ln-quiet">
                  {by ? m.intake_people_joined_by({ when, name: by }) : m.intake_people_joined_at({ when })}
                  {' · '}
                  {m.intake_people_moved({ count: merge.requests.length })}
                </span>
              </p>
              {merge.reasons.length > 0 ? (
                <p class="ln-small">
                  <Likely score={merge.score} /> {reasonsInWords(merge.reasons)}
                </p>
              ) : null}
              {merge.undoneAt ? (
                <p>
                  <Status mark="draft">
                    {m.intake_people_undone_at({ when: formatMoment(merge.undoneAt, timeZone) })}
                  </Status>{' '}
                  <a class="ln-link" href={personHref(merge.merged)}>
                    {m.intake_people_open_other()}
                    <span class="ds-sr-only">: {merge.name}</span>
                  </a>
                </p>
              ) : merge.id === last?.id ? (
                <form action={`${personHref(person.id)}/undo`} method="post">
                  <input type="hidden" name={keyField} value={crypto.randomUUID()} />
                  <input type="hidden" name="merge" value={merge.id} />
                  <Button variant="secondary">
                    {m.intake_people_undo()}
                    <span class="ds-sr-only">: {merge.name}</span>
                  </Button>
                </form>
              ) : (
                <p class="ln-small ln-quiet">{m.intake_people_undo_later_first()}</p>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

/** Who sees this record, where not everybody at the office does. */
function Protection({ person, readers, colleagues, leads, reader, trouble }: PersonProps) {
  if (!leads && !person.restricted) return null
  const state = stateOf(trouble, 'restrict')
  const lift = stateOf(trouble, 'lift').outcome
  return (
    <Section id="protection" heading={m.intake_people_protection()}>
      {person.restricted ? (
        <>
          <p>{m.intake_people_seen_by({ names: formatList([...new Set(readers.map(({ name }) => name))]) })}</p>
          <p class="ln-quiet">{m.intake_people_reason_told({ reason: readers[0]?.basis ?? '–' })}</p>
        </>
      ) : null}
      {lift?.is === 'late' || lift?.is === 'conflict' ? (
        <Note color="warning" mark="late">
          <p>{lift.message}</p>
        </Note>
      ) : null}
      {leads ? (
        <details class="ds-details" open={state.outcome !== undefined}>
          <summary>{person.restricted ? m.intake_people_protect_anew() : m.intake_people_protect()}</summary>
          <div>
            <Form
              action={`${personHref(person.id)}/restrict`}
              state={state}
              idempotencyKey={crypto.randomUUID()}
              version={person.version}
              buttons={
                <Button variant="secondary">
                  {person.restricted ? m.intake_people_protect_save() : m.intake_people_protect()}
                </Button>
              }
            >
              <p>{m.intake_people_protect_lead()}</p>
              <Field
                kind="textarea"
                name="reason"
                label={m.intake_people_why()}
                description={m.intake_people_why_hint()}
                state={state}
                value={person.restricted ? readers[0]?.basis : undefined}
                rows={2}
                maxlength={1000}
              />
              <Field
                kind="checkboxes"
                name="colleagues[]"
                label={m.intake_people_who_sees()}
                state={state}
                value={readers.map(({ account }) => account)}
                options={[...colleagues]
                  .filter(([account]) => account !== reader)
                  .map(([value, label]) => ({ value, label }))}
                optional
              />
            </Form>
          </div>
        </details>
      ) : null}
      {leads && person.restricted ? (
        <form action={`${personHref(person.id)}/lift`} method="post">
          <input type="hidden" name={keyField} value={crypto.randomUUID()} />
          <input type="hidden" name="version" value={String(person.version)} />
          <Button variant="tertiary">{m.intake_people_lift()}</Button>
        </form>
      ) : null}
    </Section>
  )
}
