import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { type Locale, speak } from '../../../../platform/i18n/text.ts'
import { makePdf } from '../../../../platform/pdf/pdf.ts'
import type { CentralReply, CentralRequest } from '../../types/central.ts'

/** The joint answer on paper (GOV-15), in the language of the reader as far as it was written in it. */
export function replyPdf(request: CentralRequest, reply: CentralReply, locale: Locale): Promise<Uint8Array> {
  const title = speak(request.title, locale).words
  const body = speak(request.body.names, locale).words
  const { decision } = reply
  return makePdf({
    language: locale,
    info: { title: `${m.governance_central_reply()}: ${title}` },
    content: [
      { text: m.governance_central_reply(), fontSize: 11, color: '#585e57' },
      { text: title, style: 'title', fontSize: 18, bold: true, margin: [0, 2, 0, 12] },
      {
        text: [
          `${m.governance_central_asked_by()}: ${request.askedBy}, ${formatDay(request.askedOn)}`,
          decision
            ? `${m.governance_central_approved_by()}: ${body}, ${decision.number}, ${formatDay(decision.decidedOn)}`
            : m.governance_central_reply_none(),
          `${m.governance_central_missing()}: ${reply.missing}`,
        ].join('\n'),
        margin: [0, 0, 0, 16],
      },
      ...speak(reply.words, locale)
        .words.split(/\n{2,}/)
        .map((paragraph) => ({ text: paragraph, margin: [0, 0, 0, 8] as [number, number, number, number] })),
    ],
  })
}
