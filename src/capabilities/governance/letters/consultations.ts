import { z } from 'zod'
import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../platform/i18n/text.ts'
import type { MailTemplate } from '../../../platform/mail/letter.ts'
import { lastDayOf } from '../rules/consultations/closing.ts'
import { ConsultationOutcome, Silence } from '../types/consultations.ts'
import { closingWords, outcomeWords, silenceWords, zoneWords } from '../views/consultations/words.ts'

/** What is told of a consultation, and when. */
export const LetterKind = z.enum(['opened', 'half-time', 'day-before', 'extended', 'withdrawn', 'closed', 'result'])
export type LetterKind = z.infer<typeof LetterKind>

const Parameters = z.object({
  kind: LetterKind,
  title: Text,
  body: Text,
  party: Text,
  closesAt: z.iso.datetime(),
  timeZone: z.string(),
  silence: Silence.optional(),
  outcome: ConsultationOutcome.optional(),
  reason: z.string().optional(),
  /** answers for the party */
  link: z.url().optional(),
  /** everybody may read it */
  page: z.url().optional(),
})
export type ConsultationLetter = z.infer<typeof Parameters>

const words = (text: Text) => speak(text, currentLocale()).words

/** Words of people hold no line breaks where the head of a mail is made of them. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/** Tells a party of a consultation (GOV-5): what is asked, until when, by which link, what silence means. */
export const consultationLetter: MailTemplate<ConsultationLetter> = {
  name: 'governance.consultation',
  parameters: Parameters,
  write(letter) {
    const title = oneLine(words(letter.title))
    return {
      subject: subjectOf(letter, title),
      text: `${[...linesOf(letter, title), ...endOf(letter)].join('\n\n')}\n`,
    }
  },
}

function subjectOf(letter: ConsultationLetter, title: string): string {
  const day = formatDay(lastDayOf(new Date(letter.closesAt), letter.timeZone))
  switch (letter.kind) {
    case 'opened':
      return m.governance_consult_letter_opened_subject({ day, title })
    case 'half-time':
      return m.governance_consult_letter_half_subject({ day, title })
    case 'day-before':
      return m.governance_consult_letter_before_subject({ title })
    case 'extended':
      return m.governance_consult_letter_extended_subject({ day, title })
    case 'withdrawn':
      return m.governance_consult_letter_withdrawn_subject({ title })
    case 'closed':
      return m.governance_consult_letter_closed_subject({ title })
    case 'result':
      return m.governance_consult_letter_result_subject({ title })
  }
}

function linesOf(letter: ConsultationLetter, title: string): string[] {
  const closes = new Date(letter.closesAt)
  const end = m.governance_consult_letter_end({
    day: formatDay(lastDayOf(closes, letter.timeZone)),
    zone: zoneWords(closes, letter.timeZone),
  })
  const names = { body: words(letter.body), party: words(letter.party), title }
  const silence = letter.silence ? [silenceWords(letter.silence)] : []
  const reason = letter.reason ? [m.governance_consult_letter_reason({ reason: letter.reason })] : []
  switch (letter.kind) {
    case 'opened':
      return [m.governance_consult_letter_opened(names), end, ...silence]
    case 'half-time':
    case 'day-before':
      return [m.governance_consult_letter_reminder(names), end, ...silence]
    case 'extended':
      return [m.governance_consult_letter_extended(names), ...reason, end, m.governance_consult_letter_still_counts()]
    case 'withdrawn':
      return [m.governance_consult_letter_withdrawn(names), ...reason]
    case 'closed':
      return [
        m.governance_consult_letter_closed({
          ...names,
          moment: closingWords(closes, letter.timeZone),
        }),
        m.governance_consult_letter_closed_next(),
      ]
    case 'result':
      return [m.governance_consult_letter_result(names), ...(letter.outcome ? [outcomeWords(letter.outcome)] : [])]
  }
}

/** The way to answer, and the page that everybody may read. */
function endOf({ link, page, party }: ConsultationLetter): string[] {
  return [
    ...(link
      ? [m.governance_consult_letter_answer(), link, m.governance_consult_letter_link({ party: words(party) })]
      : []),
    ...(page ? [m.governance_consult_letter_page(), page] : []),
  ]
}

const SeatLetter = z.object({ what: z.enum(['tied', 'untied']), seat: Text, body: Text, link: z.url() })
export type SeatLetter = z.infer<typeof SeatLetter>

/** Tells somebody that they sign in for a seat, or no longer (GOV-1). */
export const seatLetter: MailTemplate<SeatLetter> = {
  name: 'governance.seat',
  parameters: SeatLetter,
  write({ what, seat, body, link }) {
    const names = { seat: oneLine(words(seat)), body: oneLine(words(body)) }
    if (what === 'untied')
      return {
        subject: m.governance_consult_letter_untied_subject(names),
        text: `${m.governance_consult_letter_untied(names)}\n`,
      }
    const lines = [
      m.governance_consult_letter_tied(names),
      m.governance_consult_letter_tied_how(),
      link,
      m.governance_consult_letter_tied_not_you(),
    ]
    return { subject: m.governance_consult_letter_tied_subject(names), text: `${lines.join('\n\n')}\n` }
  },
}
