import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { formatDay } from '../../../../platform/i18n/format.ts'
import { inLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { type Block, blocksOf, type Span } from '../../rules/agreements/markup.ts'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { Progress } from '../../store/agreements/read-progress.ts'
import type { FixedText, PartVersion } from '../../store/agreements/read-texts.ts'
import { countWords } from './agreement-list.tsx'
import { periodWords, stateWords } from './agreement-words.tsx'

type Margin = [number, number, number, number]
const quiet = '#585e57'

/**
 * GOV-6: the whole agreement on A4, in its own language: its parts as they went out, who has ratified, and on every page the number by which the text can be checked.
 */
export function agreementPdf(
  agreement: Agreement,
  text: FixedText,
  progress: Progress,
): TDocumentDefinitions & { language: string } {
  const { rule } = agreement
  const say = (words: Text) => speak(words, rule.language).words
  return inLocale(rule.language, () => ({
    language: rule.language,
    info: { title: say(agreement.title) },
    content: [
      { text: say(agreement.title), fontSize: 20, bold: true, headlineLevel: 1 },
      { text: periodWords(agreement), color: quiet, margin: [0, 2, 0, 0] as Margin },
      { text: stateWords(agreement.state), color: quiet, margin: [0, 0, 0, 10] as Margin },
      { text: say(rule.purpose), margin: [0, 0, 0, 8] as Margin },
      ...rule.parts.flatMap((part) => {
        const version = text.parts.find((one) => one.part === part.slug)
        return version ? partContent(say(part.names), version) : []
      }),
      ...(progress.way.ratifiedBy.length > 0 ? ratifications(progress, say) : []),
    ],
    // made when the pages are, long after this function has returned
    footer: (page, pages) =>
      inLocale(rule.language, () => ({
        columns: [
          { text: `${m.governance_framework_check_number()}: ${text.hash}`, width: '*' },
          {
            text: m.governance_framework_page({ page: String(page), pages: String(pages) }),
            alignment: 'right' as const,
            width: 80,
          },
        ],
        margin: [48, 8],
        fontSize: 6.5,
        color: quiet,
      })),
  }))
}

function partContent(name: string, version: PartVersion): Content[] {
  return [
    { text: name, fontSize: 15, bold: true, headlineLevel: 1, margin: [0, 16, 0, 6] as Margin },
    ...blocksOf(version.words).map(blockContent),
    ...(version.offers.length > 0
      ? [
          {
            ul: version.offers.map(({ offer, since, until }) =>
              [
                offer,
                ...(since ? [m.governance_framework_offer_since({ day: formatDay(since) })] : []),
                ...(until ? [m.governance_framework_offer_until({ day: formatDay(until) })] : []),
              ].join(', '),
            ),
            margin: [0, 4, 0, 6] as Margin,
          },
        ]
      : []),
  ]
}

function blockContent(block: Block): Content {
  const margin: Margin = [0, 0, 0, 6]
  const spans = (of: readonly Span[]) => ({ text: of.map(({ words, strong }) => ({ text: words, bold: strong })) })
  switch (block.is) {
    case 'heading':
      return {
        text: block.words,
        bold: true,
        fontSize: block.level === 1 ? 12 : 10.5,
        headlineLevel: 2,
        margin: [0, 8, 0, 4] as Margin,
      }
    case 'paragraph':
      return { ...spans(block.spans), margin }
    case 'list':
      return block.ordered ? { ol: block.items.map(spans), margin } : { ul: block.items.map(spans), margin }
  }
}

function ratifications(progress: Progress, say: (words: Text) => string): Content[] {
  return [
    {
      text: m.governance_framework_ratifications(),
      fontSize: 15,
      bold: true,
      headlineLevel: 1,
      margin: [0, 16, 0, 4] as Margin,
    },
    { text: countWords(progress), margin: [0, 0, 0, 6] as Margin },
    {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: ['*', 110, 110, 60],
        body: [
          [
            m.governance_framework_party(),
            m.governance_framework_ratification(),
            m.governance_framework_day(),
            m.governance_number_field(),
          ].map((text) => ({ text, bold: true })),
          ...progress.parties.map(({ body, ratified, declined }) => {
            const made = ratified ?? declined
            return [
              say(body.names),
              ratified
                ? m.governance_framework_has_ratified()
                : declined
                  ? m.governance_framework_has_declined()
                  : m.governance_framework_not_yet(),
              made ? formatDay(made.decidedOn, 'short') : '–',
              made ? made.number : '–',
            ]
          }),
        ],
      },
    },
  ]
}
