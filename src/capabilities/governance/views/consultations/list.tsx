import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { type Task, TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import { lastDayOf } from '../../rules/consultations/closing.ts'
import type { StoredConsultation } from '../../store/consultations/consultations.ts'
import { ConsultationStatus, wordsOf } from './parts.tsx'

/** A consultation in a list: title, who asks, until when, and how it stands, where the heading above does not say that. */
export function consultationItem(consultation: StoredConsultation, href: string, grouped = false): Task {
  const { closesAt, timeZone, body, state } = consultation
  const day = closesAt && formatDay(lastDayOf(closesAt, timeZone))
  const until =
    day && (state === 'open' ? m.governance_consult_until({ day }) : m.governance_consult_was_until({ day }))
  return {
    href,
    label: wordsOf(consultation.title),
    note: [wordsOf(body.names), until].filter(Boolean).join(' · '),
    ...(grouped ? {} : { status: <ConsultationStatus state={state} /> }),
  }
}

export interface ConsultationsProps {
  consultations: readonly StoredConsultation[]
  region: string | undefined
  which: 'open' | 'over' | undefined
  words: string | undefined
  /** address of the list with another choice */
  address: (choice: { which?: 'open' | 'over' | undefined; after?: string }) => string
  first: string | undefined
  next: string | undefined
}

/** Consultations of a region that everybody may read (GOV-5). */
export function ConsultationsPage({ consultations, region, which, words, address, first, next }: ConsultationsProps) {
  const choices = [
    [undefined, m.governance_consult_filter_all()],
    ['open', m.governance_consult_filter_open()],
    ['over', m.governance_consult_filter_over()],
  ] as const
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.governance_consult_nav()} lead={m.governance_consult_list_lead()} facts={region} />
      <search>
        <form action="/consultations" method="get" class="ln-stack" data-gap="2">
          {which ? <input type="hidden" name="which" value={which} /> : null}
          <label class="ds-label" for="q">
            {m.governance_consult_search()}
          </label>
          <div class="ln-row" data-tight>
            <input class="ds-input" type="search" id="q" name="q" value={words} maxlength={200} />
            <Button variant="secondary" icon="search">
              {m.governance_search()}
            </Button>
          </div>
        </form>
      </search>
      <nav aria-label={m.governance_consult_filter()}>
        <ul class="ln-answers">
          {choices.map(([value, label]) => (
            <li>
              <a href={address({ which: value })} aria-current={value === which ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {consultations.length > 0 ? (
        <TaskList items={consultations.map((one) => consultationItem(one, `/consultations/${one.id}`))} />
      ) : (
        <Empty>{words || which ? m.governance_consult_none_found() : m.governance_consult_none()}</Empty>
      )}
      <Pager previous={first} next={next} />
    </div>
  )
}
