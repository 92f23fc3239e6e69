import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { formatMoment } from '../../../../platform/i18n/format.ts'
import { inLocale, m } from '../../../../platform/i18n/speech.ts'
import { type Locale, speak, type Text } from '../../../../platform/i18n/text.ts'
import { sidesOf } from '../../rules/consultations/tally.ts'
import type { WholeConsultation } from './page.tsx'
import { answerWords, closingWords, countedWords, outcomeWords, silenceWords, stateWords } from './words.ts'

const quiet = '#585e57'
type Margin = [number, number, number, number]
const heading = { bold: true, fontSize: 12, margin: [0, 12, 0, 4] as Margin, headlineLevel: 2 as const }

/** GOV-5: a consultation on A4: what was asked, how it went, what came of it, and once published what each party said. @param page its address @param about what it is about, where the reader may see that */
export function consultationPdf(
  whole: WholeConsultation,
  locale: Locale,
  page: string,
  about: string | undefined,
): TDocumentDefinitions & { language: string } {
  const { consultation, parties, papers, answers } = whole
  const words = (text: Text) => speak(text, locale).words
  const unanswered = inLocale(locale, () =>
    consultation.state === 'open' ? m.governance_consult_not_answered() : m.governance_consult_silent(),
  )
  return inLocale(locale, () => ({
    language: locale,
    info: { title: words(consultation.title) },
    content: [
      { text: words(consultation.title), fontSize: 18, bold: true, headlineLevel: 1 },
      {
        text: `${words(consultation.body.names)} · ${stateWords(consultation.state)}`,
        color: quiet,
        margin: [0, 2, 0, 8] as Margin,
      },
      facts(whole, about),
      ...resultContent(whole),
      { text: m.governance_consult_question(), ...heading },
      ...words(consultation.question)
        .split(/\n\s*/)
        .filter(Boolean)
        .map((text) => ({ text, margin: [0, 0, 0, 4] as Margin })),
      ...(papers.length > 0
        ? [
            { text: m.governance_consult_papers(), ...heading },
            { ul: papers.map(({ title, url }) => (url ? `${title}: ${url}` : title)) },
          ]
        : []),
      { text: m.governance_consult_parties(), ...heading },
      {
        layout: 'lightHorizontalLines',
        table: {
          widths: [150, '*'],
          headerRows: 1,
          body: [
            [
              { text: m.governance_consult_party(), bold: true },
              { text: m.governance_consult_answer(), bold: true },
            ],
            ...parties.map((party) => {
              const answer = consultation.state === 'published' ? answers.get(party.id) : undefined
              const said = party.answered ? m.governance_consult_has_answered() : unanswered
              return [
                words(party.names),
                {
                  stack: answer
                    ? [answerWords(answer.answer), ...(answer.remarks ? [{ text: answer.remarks, color: quiet }] : [])]
                    : [said],
                },
              ]
            }),
          ],
        },
      },
    ],
    footer: (at, of) => ({
      columns: [page, { text: `${at} / ${of}`, alignment: 'right' }],
      margin: [48, 8],
      fontSize: 7.5,
      color: quiet,
    }),
  }))
}

function facts({ consultation, extensions }: WholeConsultation, about: string | undefined): Content {
  const { openedAt, closesAt, terms, timeZone } = consultation
  const rows = [
    ...(openedAt ? [[m.governance_consult_sent(), formatMoment(openedAt, timeZone)]] : []),
    ...(closesAt ? [[m.governance_consult_closes(), closingWords(closesAt, timeZone)]] : []),
    ...extensions.map(({ reason }) => [m.governance_consult_extended(), reason]),
    ...(terms ? [[m.governance_consult_silence(), silenceWords(terms.silence)]] : []),
    [m.governance_consult_counted(), countedWords(consultation.countedBy)],
    ...(about === undefined ? [] : [[m.governance_consult_about(), about]]),
  ]
  return {
    layout: 'lightHorizontalLines',
    table: {
      widths: [150, '*'],
      headerRows: 0,
      body: rows.map(([label = '', value = '']) => [{ text: label, bold: true }, value]),
    },
  }
}

function resultContent({ consultation }: WholeConsultation): Content[] {
  const { outcome, tally, terms, withdrawnReason } = consultation
  if (withdrawnReason) return [{ text: m.governance_consult_withdrawn(), ...heading }, withdrawnReason]
  if (consultation.state !== 'published' || !outcome || !tally || !terms) return []
  const sides = sidesOf(tally, terms.silence)
  return [
    { text: m.governance_consult_result(), ...heading },
    { text: outcomeWords(outcome), bold: true },
    ...(consultation.outcomeReason ? [consultation.outcomeReason] : []),
    [
      `${m.governance_consult_sum_agree()}: ${sides.agree}`,
      `${m.governance_consult_sum_object()}: ${sides.object}`,
      `${m.governance_consult_silent()}: ${tally.silent}`,
      `${m.governance_consult_sum_counted()}: ${sides.counted}`,
    ].join(' · '),
  ]
}
