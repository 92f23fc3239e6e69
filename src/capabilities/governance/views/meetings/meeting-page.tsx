import { formatDay, formatMoment } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { languageName } from '../../../../platform/ui/words.tsx'
import type { AgendaItem } from '../../store/meetings/read-agenda.ts'
import type { Meeting } from '../../store/meetings/read-meetings.ts'
import type { Minutes } from '../../store/meetings/read-minutes.ts'
import type { ClosedContent, MinutesContent, MinutesItem } from '../../types/meetings.ts'
import {
  BodyLink,
  bodyName,
  dayWords,
  decisionLine,
  MeetingStatus,
  Paragraphs,
  presenceWords,
  quorumRuleWords,
  quorumWords,
  Said,
  sideWords,
  whenWords,
} from './meeting-words.tsx'

export interface MeetingPageProps {
  meeting: Meeting
  /** nothing where the agenda is not published */
  agenda: readonly AgendaItem[]
  /** approved versions, the one that holds first */
  minutes: readonly Minutes[]
  /** words of confidential items, for those who were invited */
  closed?: ClosedContent | undefined
  /** where papers lie, and where one came from */
  root: '/meetings' | '/governance/meetings'
  back: { href: string; label: string }
}

/** A meeting as everybody reads it: when and where, its agenda, and its minutes once they are approved (GOV-3). */
export function MeetingPage({ meeting, agenda, minutes, closed, root, back }: MeetingPageProps) {
  const [newest] = minutes
  return (
    <>
      <PageHead
        back={back}
        title={<Said locale={meeting.title ? meeting.locale : currentLocale()}>{titleOf(meeting)}</Said>}
        facts={whenWords(meeting)}
      >
        <div class="ln-row" data-tight>
          <MeetingStatus state={meeting.state} />
          {meeting.locale === currentLocale() ? null : (
            <Status mark="globe">{m.ui_in_language({ language: languageName(meeting.locale) })}</Status>
          )}
          {meeting.body.example ? <Status mark="eye">{m.governance_example_short()}</Status> : null}
        </div>
      </PageHead>
      <div class="ln-stack ln-read" data-gap="10">
        {meeting.cancelledWhy ? (
          <Note color="warning" heading={m.governance_meeting_cancelled()}>
            <Paragraphs words={meeting.cancelledWhy} locale={meeting.locale} />
          </Note>
        ) : null}
        <SummaryList
          items={[
            { label: m.governance_body(), value: <BodyLink {...meeting.body} /> },
            {
              label: m.governance_meeting_place(),
              value: meeting.place ? <Said locale={meeting.locale}>{meeting.place}</Said> : undefined,
            },
            ...(newest
              ? [
                  {
                    label: m.governance_minutes_approved(),
                    value: `${newest.approvedBy === 'chair' ? m.governance_approved_by_chair() : m.governance_approved_by_meeting()}, ${formatMoment(newest.approvedAt, meeting.body.timeZone)}`,
                  },
                ]
              : []),
          ]}
        />
        {newest ? (
          <MinutesPart meeting={meeting} minutes={newest} closed={closed} papers={agenda} root={root} />
        ) : (
          <Agenda meeting={meeting} agenda={agenda} root={root} />
        )}
        {minutes.length > 1 ? <Versions meeting={meeting} minutes={minutes} /> : null}
      </div>
    </>
  )
}

const titleOf = (meeting: Meeting) => meeting.title ?? `${bodyName(meeting.body.names)}, ${dayWords(meeting)}`

function Agenda({ meeting, agenda, root }: Pick<MeetingPageProps, 'meeting' | 'agenda' | 'root'>) {
  return (
    <Section id="agenda" heading={m.governance_agenda()}>
      {agenda.length === 0 ? (
        <Empty>{meeting.agendaPublishedAt ? m.governance_agenda_empty() : m.governance_agenda_not_yet()}</Empty>
      ) : (
        <>
          <p>
            <a class="ln-link" href={`${root}/${meeting.id}/agenda.pdf`}>
              {m.governance_agenda_pdf()}
            </a>
          </p>
          <ol class="ln-plain ln-stack" data-gap="6">
            {agenda.map((item, at) => (
              <li class="ln-stack" data-gap="2">
                <ItemHead at={at + 1} title={item.title} meeting={meeting} />
                {item.secretGround ? <Secret ground={item.secretGround} meeting={meeting} /> : null}
                {item.presenter ? (
                  <p class="ln-small ln-quiet">
                    {m.governance_presenter()}: <Said locale={meeting.locale}>{item.presenter}</Said>
                  </p>
                ) : null}
                {item.words ? <Paragraphs words={item.words} locale={meeting.locale} /> : null}
                <Papers papers={item.papers} root={root} />
                {item.matter ? <MatterLink id={item.matter} /> : null}
              </li>
            ))}
          </ol>
        </>
      )}
    </Section>
  )
}

function ItemHead({ at, title, meeting }: { at: number; title: string; meeting: Meeting }) {
  return (
    <h3 class="ds-heading" data-size="xs">
      {at}. <Said locale={meeting.locale}>{title}</Said>
    </h3>
  )
}

function Secret({ ground, meeting }: { ground: string; meeting: Meeting }) {
  return (
    <p>
      <Status mark="shield">
        <span>
          {m.governance_item_secret()}: <Said locale={meeting.locale}>{ground}</Said>
        </span>
      </Status>
    </p>
  )
}

const MatterLink = ({ id }: { id: string }) => (
  <p class="ln-small">
    <a class="ln-link" href={`/matters/${id}`}>
      {m.governance_matter_path()}
    </a>
  </p>
)

function Papers({ papers, root }: { papers: AgendaItem['papers']; root: MeetingPageProps['root'] }) {
  if (papers.length === 0) return null
  return (
    <ul class="ln-small ln-stack" data-gap="1" aria-label={m.governance_papers()}>
      {papers.map(({ id, name, confidential }) => (
        <li>
          <a class="ln-link" href={`${root}/papers/${id}`} translate="no">
            {name}
          </a>
          {confidential ? `, ${m.governance_paper_confidential()}` : null}
        </li>
      ))}
    </ul>
  )
}

function MinutesPart({
  meeting,
  minutes,
  closed,
  papers,
  root,
}: {
  meeting: Meeting
  minutes: Minutes
  closed: ClosedContent | undefined
  papers: readonly AgendaItem[]
  root: MeetingPageProps['root']
}) {
  const { content } = minutes
  const papersOf = new Map(papers.map((item) => [item.id, item.papers]))
  const closedOf = new Map(closed?.items.map((item) => [item.id, item]))
  return (
    <>
      <Section id="minutes" heading={m.governance_minutes_heading()}>
        <p>
          <a class="ln-link" href={`${root}/${meeting.id}/minutes.pdf`}>
            {m.governance_minutes_pdf()}
          </a>
        </p>
        {minutes.correction ? (
          <Note color="info" heading={m.governance_minutes_corrected({ version: minutes.version })}>
            <Paragraphs words={minutes.correction} locale={meeting.locale} />
          </Note>
        ) : null}
        {content.opening ? <Paragraphs words={content.opening} locale={meeting.locale} /> : null}
        <ol class="ln-plain ln-stack" data-gap="6">
          {content.items.map((item, at) => (
            <li class="ln-stack" data-gap="2">
              <ItemHead at={at + 1} title={item.title} meeting={meeting} />
              <ItemMinutes item={closedOf.get(item.id) ?? item} meeting={meeting} />
              <Papers papers={papersOf.get(item.id) ?? []} root={root} />
              {item.matter ? <MatterLink id={item.matter} /> : null}
            </li>
          ))}
        </ol>
      </Section>
      {content.tasks.length > 0 ? (
        <Section id="tasks" heading={m.governance_tasks_given()}>
          <ul class="ln-stack" data-gap="2">
            {content.tasks.map(({ title, owner, due }) => (
              <li>
                <Said locale={meeting.locale}>{title}</Said>
                <span class="ln-quiet">{`, ${owner}, ${m.governance_task_until({ day: formatDay(due) })}`}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section id="attendance" heading={m.governance_attendance()}>
        <Attendance content={content} />
      </Section>
    </>
  )
}

function ItemMinutes({ item, meeting }: { item: MinutesItem; meeting: Meeting }) {
  const { decision } = item
  return (
    <>
      {item.secretGround ? <Secret ground={item.secretGround} meeting={meeting} /> : null}
      {item.words ? <Paragraphs words={item.words} locale={meeting.locale} /> : null}
      {item.minutes ? <Paragraphs words={item.minutes} locale={meeting.locale} /> : null}
      {item.stoodBack.length > 0 ? (
        <p class="ln-small">{m.governance_stood_back({ names: item.stoodBack.join(', ') })}</p>
      ) : null}
      {decision ? (
        <Note color="info">
          <p>
            <a class="ln-link" href={`/decisions/${decision.id}`}>
              <Said locale={meeting.locale}>{decision.title}</Said>
            </a>
          </p>
          <p class="ln-small">{`${m.governance_number({ number: decision.number })}: ${decisionLine(decision)}`}</p>
        </Note>
      ) : null}
    </>
  )
}

function Attendance({ content }: { content: MinutesContent }) {
  return (
    <>
      <p>{quorumWords(content)}</p>
      {content.quorumRule ? <p class="ln-quiet">{quorumRuleWords(content.quorumRule)}</p> : null}
      {content.attendance.length > 0 ? (
        <ul class="ln-stack" data-gap="1">
          {content.attendance.map(({ name, presence, proxy, side }) => (
            <li>
              {name}
              <span class="ln-quiet">
                {side ? `, ${sideWords(side)}` : ''}
                {`, ${presenceWords(presence)}${proxy ? `: ${proxy}` : ''}`}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {content.unnamed > 0 ? <p class="ln-quiet">{m.governance_unnamed({ count: content.unnamed })}</p> : null}
    </>
  )
}

function Versions({ meeting, minutes }: { meeting: Meeting; minutes: readonly Minutes[] }) {
  return (
    <Section id="versions" heading={m.governance_versions()} size="sm">
      <ul class="ln-stack" data-gap="2">
        {minutes.map(({ version, approvedAt, correction }) => (
          <li>
            <a class="ln-link" href={`/meetings/${meeting.id}/minutes.pdf?version=${version}`}>
              {m.governance_version({ version, when: formatMoment(approvedAt, meeting.body.timeZone) })}
            </a>
            {correction ? (
              <span class="ln-block ln-small">
                <Said locale={meeting.locale}>{correction}</Said>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What a meeting is called in the title of its page. */
export const pageTitleOf = (meeting: Meeting) =>
  meeting.title ?? `${speak(meeting.body.names, currentLocale()).words}, ${dayWords(meeting)}`
