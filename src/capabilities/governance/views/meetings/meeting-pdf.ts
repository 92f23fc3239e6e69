import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { formatDay, formatMoment } from '../../../../platform/i18n/format.ts'
import { inLocale, m } from '../../../../platform/i18n/speech.ts'
import type { Locale } from '../../../../platform/i18n/text.ts'
import type { AgendaItem } from '../../store/meetings/read-agenda.ts'
import type { Meeting } from '../../store/meetings/read-meetings.ts'
import type { Minutes } from '../../store/meetings/read-minutes.ts'
import {
  decisionLine,
  meetingName,
  presenceWords,
  quorumRuleWords,
  quorumWords,
  sideWords,
  whenWords,
} from './meeting-words.tsx'

const quiet = '#585e57'
type Margin = [number, number, number, number]
const heading = { bold: true, fontSize: 12, margin: [0, 12, 0, 4] as Margin, headlineLevel: 2 }
const itemHeading = { bold: true, fontSize: 10.5, margin: [0, 10, 0, 2] as Margin, headlineLevel: 3 }

/** The agenda of a meeting on A4, in its own language (GOV-3). */
export function agendaPdf(meeting: Meeting, agenda: readonly AgendaItem[]) {
  return paper(meeting, m.governance_agenda, () => [
    ...agenda.map(
      (item, at): Content => ({
        stack: [
          { text: `${at + 1}. ${item.title}`, ...itemHeading },
          ...secret(item.secretGround),
          ...(item.presenter ? [{ text: `${m.governance_presenter()}: ${item.presenter}`, color: quiet }] : []),
          ...paragraphs(item.words),
          ...item.papers.map(({ name }) => ({ text: `${m.governance_paper()}: ${name}`, color: quiet, fontSize: 8.5 })),
        ],
      }),
    ),
  ])
}

/** Approved minutes on A4, in the language of the meeting: the same as everybody reads on their page (GOV-3). */
export function minutesPdf(meeting: Meeting, minutes: Minutes) {
  const { content } = minutes
  return paper(meeting, m.governance_minutes_heading, () => [
    {
      text: [
        minutes.approvedBy === 'chair' ? m.governance_approved_by_chair() : m.governance_approved_by_meeting(),
        formatMoment(minutes.approvedAt, meeting.body.timeZone),
      ].join(', '),
      color: quiet,
    },
    ...(minutes.correction
      ? [
          {
            text: m.governance_minutes_corrected({ version: minutes.version }),
            bold: true,
            margin: [0, 6, 0, 0] as Margin,
          },
          ...paragraphs(minutes.correction),
        ]
      : []),
    ...paragraphs(content.opening),
    ...content.items.map(
      (item, at): Content => ({
        stack: [
          { text: `${at + 1}. ${item.title}`, ...itemHeading },
          ...secret(item.secretGround),
          ...paragraphs(item.words),
          ...paragraphs(item.minutes),
          ...(item.stoodBack.length > 0
            ? [{ text: m.governance_stood_back({ names: item.stoodBack.join(', ') }), color: quiet }]
            : []),
          ...(item.decision
            ? [
                {
                  margin: [10, 4, 0, 0] as Margin,
                  stack: [
                    { text: item.decision.title, bold: true },
                    {
                      text: `${m.governance_number({ number: item.decision.number })}: ${decisionLine(item.decision)}`,
                      color: quiet,
                    },
                  ],
                },
              ]
            : []),
        ],
      }),
    ),
    ...(content.tasks.length > 0
      ? [
          { text: m.governance_tasks_given(), ...heading },
          {
            ul: content.tasks.map(
              ({ title, owner, due }) => `${title}, ${owner}, ${m.governance_task_until({ day: formatDay(due) })}`,
            ),
          },
        ]
      : []),
    { text: m.governance_attendance(), ...heading },
    { text: quorumWords(content) },
    ...(content.quorumRule ? [{ text: quorumRuleWords(content.quorumRule) }] : []),
    {
      ul: [
        ...content.attendance.map(({ name, presence, proxy, side }) =>
          [name, side && sideWords(side), `${presenceWords(presence)}${proxy ? `: ${proxy}` : ''}`]
            .filter(Boolean)
            .join(', '),
        ),
        ...(content.unnamed > 0 ? [m.governance_unnamed({ count: content.unnamed })] : []),
      ],
    },
  ])
}

function paper(
  meeting: Meeting,
  kind: () => string,
  content: () => Content[],
): TDocumentDefinitions & { language: Locale } {
  const { locale } = meeting
  return inLocale(locale, () => ({
    language: locale,
    info: { title: `${kind()}, ${meetingName(meeting)}, ${whenWords(meeting)}` },
    content: [
      { text: meetingName(meeting), fontSize: 18, bold: true, headlineLevel: 1 },
      { text: `${kind()}, ${whenWords(meeting)}`, fontSize: 11 },
      { text: meeting.place ?? '', color: quiet, margin: [0, 0, 0, 6] as Margin },
      ...content(),
    ],
    // made when the pages are, long after this function has returned
    footer: (page: number, pages: number) =>
      inLocale(locale, () => ({
        columns: [
          meetingName(meeting),
          { text: m.governance_page_of({ page: String(page), pages: String(pages) }), alignment: 'right' as const },
        ],
        margin: [48, 8] as [number, number],
        fontSize: 7.5,
        color: quiet,
      })),
  }))
}

const paragraphs = (words: string | undefined): Content[] =>
  (words ?? '')
    .split(/\n\s*/)
    .filter(Boolean)
    .map((text) => ({ text, margin: [0, 2, 0, 0] as Margin }))

const secret = (ground: string | undefined): Content[] =>
  ground ? [{ text: `${m.governance_item_secret()}: ${ground}`, italics: true }] : []
