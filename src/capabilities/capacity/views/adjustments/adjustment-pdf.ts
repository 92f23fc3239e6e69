import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { formatDay, formatList, formatMoment } from '../../../../platform/i18n/format.ts'
import { currentLocale, inLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { answerWords, changeWords, planParts, stateWords } from '../../letters/adjustment-words.ts'
import { pathSteps, type SeenAdjustment, stepWords } from './adjustment-page.tsx'

type Margin = [number, number, number, number]
const quiet = '#585e57'
const heading = { bold: true, fontSize: 12, margin: [0, 12, 0, 4] as Margin, headlineLevel: 2 as const }
const words = (text: Text): string => speak(text, currentLocale()).words

/** An adjustment on A4, as the page shows it (CAP-3): what, why, who was contacted, path and rule, what was decided. */
export function adjustmentPdf(seen: SeenAdjustment): TDocumentDefinitions & { language: string } {
  const locale = currentLocale()
  const { adjustment, steps } = seen
  const title = words(adjustment.offer.names)
  return {
    language: locale,
    info: { title: `${title}, ${changeWords(adjustment)}` },
    content: [
      { text: title, fontSize: 18, bold: true, headlineLevel: 1 },
      {
        text: `${changeWords(adjustment)}, ${m.capacity_adjust_from_day({ day: formatDay(adjustment.effectOn) })}`,
        fontSize: 12,
      },
      {
        text: `${m.capacity_adjust_number({ number: adjustment.number })} · ${words(adjustment.operator.names)} · ${stateWords(adjustment.state)}`,
        color: quiet,
        margin: [0, 2, 0, 0],
      },
      ...planParts(adjustment).flatMap(({ label, text }): Content[] => [
        { text: label, ...heading },
        { text: words(text) },
      ]),
      { text: m.capacity_adjust_path(), ...heading },
      { ol: pathSteps(seen).map(({ label, note }) => [label, note].filter(Boolean).map(String).join(' · ')) },
      ...(seen.because ? [{ text: words(seen.because), margin: [0, 4, 0, 0] as Margin }] : []),
      { text: ruleLine(seen), color: quiet, margin: [0, 4, 0, 0] },
      { text: m.capacity_adjust_contacted(), ...heading },
      contactsTable(seen),
      { text: m.capacity_adjust_history(), ...heading },
      { ul: steps.map((step) => `${formatMoment(step.at, adjustment.timeZone)} · ${stepWords(step)}`) },
    ],
    // made when the pages are, long after this function has returned
    footer: (page, pages) =>
      inLocale(locale, () => ({
        text: m.capacity_adjust_page_of({ page: String(page), pages: String(pages) }),
        alignment: 'right',
        margin: [48, 8],
        fontSize: 7.5,
        color: quiet,
      })),
  }
}

function ruleLine({ adjustment }: SeenAdjustment): string {
  const { rule, pathReason } = adjustment
  if (pathReason) return m.capacity_adjust_path_chosen({ reason: pathReason })
  if (!rule) return m.capacity_adjust_rule_none()
  const { title, date } = rule.source
  return `${m.capacity_adjust_rule()}: ${formatList([title, ...(date === undefined ? [] : [formatDay(date)])])}`
}

function contactsTable({ adjustment, contacts }: SeenAdjustment): Content {
  const current = contacts.filter(({ revision }) => revision === adjustment.revision)
  if (current.length === 0) return { text: m.capacity_adjust_contacted_nobody() }
  return {
    layout: 'lightHorizontalLines',
    table: {
      widths: ['*', 110, '*'],
      headerRows: 1,
      body: [
        [m.capacity_adjust_municipality(), m.capacity_adjust_contacted_at(), m.capacity_adjust_answer()].map(
          (text) => ({
            text,
            bold: true,
          }),
        ),
        ...current.map(({ municipality, contactedAt, answer, disputed }) => [
          words(municipality.names),
          formatMoment(contactedAt, adjustment.timeZone),
          [
            answer
              ? [answerWords(answer.answer), answer.words].filter(Boolean).join(': ')
              : m.capacity_adjust_answer_none(),
            ...(disputed ? [m.capacity_adjust_disputed()] : []),
          ].join('\n'),
        ]),
      ],
    },
  }
}
