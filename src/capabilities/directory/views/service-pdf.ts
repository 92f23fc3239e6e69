import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { formatDay, formatList, formatMoney } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import type { Freshness } from '../rules/freshness.ts'
import type { ServiceDetails } from '../store/read-service.ts'
import {
  accessWords,
  ageWords,
  cardSpeech,
  channelWords,
  costWords,
  formWords,
  hoursWords,
  neededWords,
  providerWords,
  spokenLanguage,
  termWords,
} from './card-words.ts'
import {
  cardStandsOn,
  confirmedWords,
  outOfForceSince,
  placesWithHours,
  scheduleOf,
  staleWords,
} from './service-facts.ts'

export interface PaperFacts {
  shortAddress: string
  freshness: Freshness
  /** today in the region, YYYY-MM-DD */
  today: string
}

/** DIR-8: the card on A4, with a QR code of its short address; what the page warns of, the paper warns of too. */
export function servicePdf(
  service: ServiceDetails,
  { shortAddress, freshness, today }: PaperFacts,
): TDocumentDefinitions & { language: string } {
  const { card } = service
  const say = (text: Text) => cardSpeech(card)(text).words
  const named = (codes: readonly string[]) =>
    codes.map((code) => say(service.names.get(code) ?? { [card.writtenIn]: code }))
  const row = (label: string, value: string | undefined): Content[] => [
    { text: label, bold: true },
    { text: value || m.ui_no_information() },
  ]
  const grounds = (holds: 'entry' | 'ending') =>
    card.refusalGrounds.filter((ground) => ground.holds === holds).map((ground) => say(ground.text))
  const entry = grounds('entry')
  const ending = grounds('ending')
  const known = service.locations.flatMap(({ location: { names, address } }) =>
    address ? `${say(names)}: ${[address.street, address.postalCode, address.city].filter(Boolean).join(' ')}` : [],
  )
  const unknown = service.locations.flatMap(({ location: { names, address } }) => (address ? [] : say(names)))
  // of ten places whose address nobody told this is said once
  const places = [...known, ...(unknown.length > 0 ? [`${unknown.join(', ')}: ${m.directory_address_unknown()}`] : [])]
  const phones = [...card.phones, ...service.locations.flatMap(({ location }) => location.phones)].map(
    (phone) => phone.number,
  )
  const cost = [
    costWords(card.cost.kind),
    card.cost.amount && card.cost.currency ? formatMoney(card.cost.amount, card.cost.currency) : '',
    card.cost.description ? say(card.cost.description) : '',
  ]
  const warning = warningOf(service, freshness)
  const hours = [
    ...scheduleOf(service).map(hoursWords),
    ...placesWithHours(service).map(({ names, schedule }) => `${say(names)}: ${schedule.map(hoursWords).join(', ')}`),
  ]
  return {
    language: currentLocale(),
    info: { title: say(card.names) },
    // a card of usual length stands on one side
    pageMargins: [40, 30, 40, 36],
    defaultStyle: { font: 'DejaVu', fontSize: 8.8, lineHeight: 1.12 },
    content: [
      {
        columns: [
          [
            { text: say(card.names), fontSize: 18, bold: true, headlineLevel: 1 },
            { text: say(card.summary), margin: [0, 6, 0, 0], fontSize: 11 },
            { text: say(service.organisation.names), margin: [0, 6, 0, 0], color: '#585e57' },
            ...(warning
              ? [{ text: warning, bold: true, margin: [0, 4, 0, 0] as [number, number, number, number] }]
              : []),
            ...(card.example
              ? [
                  {
                    text: m.directory_example(),
                    italics: true,
                    margin: [0, 4, 0, 0] as [number, number, number, number],
                  },
                ]
              : []),
          ],
          {
            width: 90,
            stack: [
              { qr: shortAddress, fit: 84 },
              { text: shortAddress, fontSize: 7, margin: [0, 3, 0, 0] },
            ],
          },
        ],
        columnGap: 16,
      },
      { text: m.directory_what_you_get(), bold: true, fontSize: 12, margin: [0, 8, 0, 3], headlineLevel: 2 },
      { ul: card.activities.map(say) },
      { text: m.directory_conditions(), bold: true, fontSize: 12, margin: [0, 8, 0, 3], headlineLevel: 2 },
      {
        layout: 'lightHorizontalLines',
        table: {
          widths: [120, '*'],
          body: [
            row(m.directory_for_whom(), named(card.targetGroups).join(' · ')),
            row(m.directory_age(), ageWords(card.eligibility)),
            ...(card.eligibility.description
              ? [row(m.directory_eligibility(), say(card.eligibility.description))]
              : []),
            row(m.directory_area(), formatList(named(card.areas))),
            row(m.directory_cost(), cost.filter(Boolean).join(' · ')),
            row(m.directory_how_long(), termWords(card.term)),
            row(m.directory_form(), formatList(card.forms.map(formWords))),
            row(
              m.directory_documents(),
              card.documents.length > 0
                ? card.documents.map((document) => `${say(document.name)} (${neededWords(document.needed)})`).join('; ')
                : m.directory_documents_none(),
            ),
            row(
              m.directory_refusal(),
              card.refusalGrounds.length === 0
                ? `${m.directory_no_grounds_title()}. ${cardStandsOn(service, today)} ${m.directory_no_grounds_text()}`
                : [
                    entry.length > 0 ? `${m.directory_refusal_entry()}: ${entry.join('; ')}` : '',
                    ending.length > 0 ? `${m.directory_refusal_ending()}: ${ending.join('; ')}` : '',
                  ]
                    .filter(Boolean)
                    .join('. '),
            ),
            row(m.directory_languages(), formatList(card.languages.map(spokenLanguage))),
            row(
              m.directory_accessibility(),
              formatList(
                [
                  ...new Set([
                    ...card.accessibility,
                    ...service.locations.flatMap(({ location }) => location.accessibility),
                  ]),
                ].map(accessWords),
              ),
            ),
            row(m.directory_how_to_ask(), formatList(card.channels.map(channelWords))),
            row(m.directory_where(), places.join('; ') || m.directory_address_unknown()),
            row(m.directory_when(), hours.join('; ') || m.directory_hours_unknown()),
            row(
              m.directory_front_offline_call(),
              phones.length > 0
                ? `${phones.join(', ')}${card.example ? ` (${m.directory_example_number()})` : ''}`
                : undefined,
            ),
            ...(card.email && !card.example ? [row(m.directory_write(), card.email)] : []),
            ...(card.website && !card.example ? [row(m.directory_website(), card.website)] : []),
            row(m.directory_provider_kind(), providerWords(service.organisation.kind)),
          ],
        },
      },
      ...(card.legalBases.length > 0
        ? ([
            {
              text: m.directory_legal({ count: String(card.legalBases.length) }),
              bold: true,
              fontSize: 10,
              margin: [0, 8, 0, 3],
            },
            {
              fontSize: 7.8,
              ul: card.legalBases.map((basis) => {
                const act = service.acts.get(basis.act)
                const ended = outOfForceSince(act, today)
                return [
                  act ? say(act.title) : basis.act,
                  act?.number,
                  basis.article,
                  ended ? m.directory_legal_ended({ date: formatDay(ended) }) : '',
                ]
                  .filter(Boolean)
                  .join(', ')
              }),
            },
          ] as Content[])
        : []),
    ],
    footer: {
      text: [confirmedWords(service, freshness), 'Linden'].filter(Boolean).join(' '),
      margin: [40, 8],
      fontSize: 7.5,
      color: '#585e57',
    },
  }
}

/** What whoever holds the paper must know before they go; undefined where nothing is to be said. */
function warningOf(service: ServiceDetails, freshness: Freshness): string | undefined {
  if (service.status === 'defunct') return m.directory_gone_title()
  if (service.status === 'temporarily closed') return `${m.directory_closed_title()}. ${m.directory_closed_text()}`
  return staleWords(service, freshness)
}
