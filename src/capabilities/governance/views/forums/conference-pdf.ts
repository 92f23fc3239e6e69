import { formatMoment, formatTime } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { type Locale, speak } from '../../../../platform/i18n/text.ts'
import { makePdf } from '../../../../platform/pdf/pdf.ts'
import type { Conference } from '../../store/forums/conferences.ts'

/** The programme of a conference on paper, to be taken along (GOV-10). */
export function conferencePdf(
  { title, body, startsAt, place, programme }: Conference,
  locale: Locale,
): Promise<Uint8Array> {
  const name = speak(title, locale).words
  return makePdf({
    language: locale,
    info: { title: `${m.governance_conference_programme()}: ${name}` },
    content: [
      { text: m.governance_conference_programme(), fontSize: 11, color: '#585e57' },
      { text: name, style: 'title', fontSize: 18, bold: true, margin: [0, 2, 0, 12] },
      {
        text: [
          `${m.governance_conference_when()}: ${formatMoment(startsAt, body.timeZone)}`,
          `${m.governance_conference_place()}: ${place}`,
          `${m.governance_conference_host()}: ${speak(body.profile.names, locale).words}`,
        ].join('\n'),
        margin: [0, 0, 0, 16],
      },
      ...programme.map(({ time, words }) => ({
        columns: [{ text: formatTime(time), bold: true, width: 56 }, { text: words }],
        margin: [0, 0, 0, 6] as [number, number, number, number],
      })),
    ],
  })
}
