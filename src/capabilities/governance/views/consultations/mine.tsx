import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { lastDayOf } from '../../rules/consultations/closing.ts'
import type { StoredConsultation } from '../../store/consultations/consultations.ts'
import type { Party } from '../../store/consultations/parties.ts'
import type { OwnSeat } from '../../store/consultations/ties.ts'
import { wordsOf } from './parts.tsx'

export interface MinePageProps {
  seats: readonly OwnSeat[]
  /** parties that this person answers for, in consultations that are open */
  asked: readonly { party: Party; consultation: StoredConsultation }[]
  /** results that wait for this person as chair */
  toConfirm: readonly StoredConsultation[]
  /** meetings to come of the bodies in which this person sits */
  meetings: readonly { href: string; label: string; note: string }[]
}

/** What a member of bodies has to do and to know: consultations that await an answer, the own seats, meetings to come (GOV-1). */
export function MinePage({ seats, asked, toConfirm, meetings }: MinePageProps) {
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead title={m.governance_consult_mine()} lead={m.governance_consult_mine_lead()} />
      {toConfirm.length > 0 ? (
        <Section id="confirm" heading={m.governance_consult_mine_confirm()}>
          <TaskList
            items={toConfirm.map((consultation) => ({
              href: `/governance/consultations/${consultation.id}`,
              label: wordsOf(consultation.title),
              note: wordsOf(consultation.body.names),
            }))}
          />
        </Section>
      ) : null}
      <Section id="asked" heading={m.governance_consult_mine_asked()}>
        {asked.length > 0 ? (
          <TaskList
            items={asked.map(({ party, consultation }) => ({
              href: `/governance/answers/${party.id}`,
              label: wordsOf(consultation.title),
              note: [
                wordsOf(party.names),
                consultation.closesAt &&
                  m.governance_consult_until({
                    day: formatDay(lastDayOf(consultation.closesAt, consultation.timeZone)),
                  }),
              ]
                .filter(Boolean)
                .join(' · '),
              status: party.answered ? (
                <Status mark="done">{m.governance_consult_has_answered()}</Status>
              ) : (
                <Status mark="wait">{m.governance_consult_not_answered()}</Status>
              ),
            }))}
          />
        ) : (
          <Empty>{m.governance_consult_mine_none()}</Empty>
        )}
      </Section>
      {meetings.length > 0 ? (
        <Section id="meetings" heading={m.governance_consult_mine_meetings()}>
          <TaskList items={meetings} />
        </Section>
      ) : null}
      <Section id="seats" heading={m.governance_consult_mine_seats()}>
        {seats.length > 0 ? (
          <TaskList
            items={seats.map(({ body, seatNames, until }) => ({
              href: `/bodies/${body.slug}`,
              label: wordsOf(body.names),
              note: [wordsOf(seatNames), until && m.governance_consult_until({ day: formatDay(until) })]
                .filter(Boolean)
                .join(' · '),
            }))}
          />
        ) : (
          <Empty>{m.governance_consult_mine_no_seats()}</Empty>
        )}
      </Section>
    </div>
  )
}
