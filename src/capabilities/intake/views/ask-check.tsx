import { formatDay, formatList } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Form, versionField } from '../../../platform/ui/form.tsx'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { Section } from '../../../platform/ui/page-head.tsx'
import { Script } from '../../../platform/ui/script.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { ServiceCard } from '../../directory/contract.ts'
import type { Place } from '../store/areas.ts'
import type { PackDeadline, SafeContact } from '../types.ts'
import { cares, careWords, wayWords } from './ask-contact.tsx'
import { type AskStep, DraftFrame, type DraftPageProps, isForAnother } from './ask-frame.tsx'
import { dangerWords, languageWords } from './ask-pages.tsx'
import { told } from './ask-parts.tsx'
import { LatestDay } from './clock-words.tsx'
import { PaperLines } from './mine-papers.tsx'

export interface CheckPageProps extends DraftPageProps {
  areas: readonly Place[]
  papers: ServiceCard['documents']
  /** what would begin to run now, and the day with which it ends */
  deadlines: readonly { deadline: PackDeadline; lastDay: string }[]
}

/** On which page something stands that is still missing. */
const pageOf = (path: string): AskStep =>
  path.startsWith('situation') ? 'what' : path.startsWith('contact') ? 'contact' : 'who'

/** 4: what will be sent, what comes after it and until when. */
export function CheckPage(props: CheckPageProps) {
  const { base, request, state, idempotencyKey, region, areas, papers, deadlines } = props
  const { particulars, situation, contact, enteredBy } = request.draft
  const outcome = state.outcome
  const missing = outcome?.is === 'invalid' ? outcome.errors : []
  const area = areas.find(({ code }) => code === particulars.area)
  const another = isForAnother(request.draft)
  const change = (step: AskStep, what: string) => ({ href: `${base}/${step}`, what })
  return (
    <DraftFrame step="check" title={m.intake_ask_check_title()} lead={m.intake_ask_check_lead()} {...props}>
      {missing.length > 0 ? (
        <section class="ds-error-summary" tabindex={-1} aria-labelledby="missing">
          <h2 id="missing">{m.intake_ask_still_missing()}</h2>
          <ul class="ds-list">
            {missing.map(({ path, message }) => (
              <li>{path === '' ? message : <a href={`${base}/${pageOf(path)}`}>{message}</a>}</li>
            ))}
          </ul>
          <p class="ln-small">{m.form_nothing_lost()}</p>
          <Script name="focus-summary.js" />
        </section>
      ) : null}
      <SummaryList
        items={[
          ...(situation.dangers.length > 0
            ? [
                {
                  label: m.intake_ask_dangers(),
                  value: formatList(situation.dangers.map(dangerWords)),
                  change: change('what', m.intake_ask_dangers()),
                },
              ]
            : []),
          {
            label: m.intake_ask_words(),
            value: situation.words,
            change: change('what', m.intake_ask_words()),
          },
          ...(situation.wish ? [{ label: m.intake_ask_wish(), value: situation.wish }] : []),
          ...(situation.household ? [{ label: m.intake_ask_household(), value: situation.household }] : []),
          { label: m.intake_ask_name(), value: particulars.name, change: change('who', m.intake_ask_name()) },
          ...(particulars.birthDate
            ? [{ label: m.intake_ask_birth_date(), value: formatDay(particulars.birthDate) }]
            : []),
          {
            label: m.intake_ask_area(),
            value: area ? <Words of={told(area.names, region)} plain /> : undefined,
            change: change('who', m.intake_ask_area()),
          },
          ...(particulars.address ? [{ label: m.intake_ask_address(), value: particulars.address }] : []),
          ...(particulars.language
            ? [{ label: m.intake_ask_language(), value: languageWords(particulars.language) }]
            : []),
          ...(particulars.documentNumber
            ? [{ label: m.intake_ask_paper_number(), value: m.intake_ask_paper_number_known() }]
            : []),
          ...(another
            ? [
                {
                  label: m.intake_ask_helper_heading(),
                  value: enteredBy?.name,
                  change: change('who', m.intake_ask_helper_heading()),
                },
              ]
            : []),
          {
            label: m.intake_ask_ways(),
            value: <ContactWords of={contact} />,
            change: change('contact', m.intake_ask_ways()),
          },
        ]}
      />
      {papers.length > 0 ? (
        <Section id="papers" heading={m.intake_ask_papers_heading()} size="sm">
          <p>{m.intake_ask_papers_later()}</p>
          <PaperLines papers={papers} region={region} />
        </Section>
      ) : null}
      <Section id="next" heading={m.ui_what_next()} size="sm">
        <ol class="ds-list">
          <li>{m.intake_ask_next_read()}</li>
          {deadlines.map(({ deadline, lastDay }) => (
            <li>
              <LatestDay deadline={deadline} lastDay={lastDay} region={region} />
            </li>
          ))}
          <li>{m.intake_ask_next_page()}</li>
        </ol>
      </Section>
      {another && request.kind === 'notice' ? (
        <Note>
          <p>{m.intake_ask_notice_after()}</p>
        </Note>
      ) : null}
      <Form
        action={`${base}/send`}
        state={outcome?.is === 'invalid' ? {} : state}
        idempotencyKey={idempotencyKey}
        version={
          outcome?.is === 'conflict' ? request.version : (state.typed?.get(versionField)?.[0] ?? request.version)
        }
        buttons={
          <>
            <Button>{m.intake_ask_send()}</Button>
            <a class="ln-link" href={`${base}/later`}>
              {m.intake_ask_later()}
            </a>
            <a class="ln-link" href={`${base}/withdraw`}>
              {m.intake_ask_throw_away()}
            </a>
          </>
        }
      />
    </DraftFrame>
  )
}

/** How somebody is reached without harm, in words (INT-11). */
export function ContactWords({ of }: { of: SafeContact }) {
  const lines = [
    of.ways.length > 0 ? formatList(of.ways.map(wayWords), 'or') : m.intake_ask_no_way(),
    of.phone,
    of.email,
    of.through ? [of.through.name, of.through.phone].filter(Boolean).join(', ') : undefined,
    of.times,
    ...cares.filter((care) => of[care]).map(careWords),
    of.note,
  ].filter((line) => line !== undefined)
  return (
    <ul class="ln-plain">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  )
}
