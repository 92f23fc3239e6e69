import type { Child } from 'hono/jsx'
import { formatList, formatMoney } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { ServiceCard } from '../types.ts'
import {
  ageWords,
  cardSpeech,
  channelWords,
  costWords,
  formWords,
  hoursWords,
  neededWords,
  spokenLanguage,
  termWords,
} from './card-words.ts'

/** The facts of a card that change most and are asked for most: what a provider confirms. */
export function KeyFacts({ card }: { card: ServiceCard }) {
  const say = cardSpeech(card)
  return (
    <SummaryList
      items={[
        { label: m.edit_field_summary(), value: <Words of={say(card.summary)} /> },
        {
          label: m.edit_field_phones(),
          value: lines(card.phones.map((phone) => <span class="ln-num">{phone.number}</span>)),
        },
        {
          label: m.directory_when(),
          value: lines(card.schedule.map((hours) => <span class="ln-num">{hoursWords(hours)}</span>)),
        },
        { label: m.directory_how_to_ask(), value: formatList(card.channels.map(channelWords)) },
        {
          label: m.directory_cost(),
          value:
            card.cost.amount && card.cost.currency
              ? `${costWords(card.cost.kind)}, ${formatMoney(card.cost.amount, card.cost.currency)}`
              : costWords(card.cost.kind),
        },
        { label: m.directory_how_long(), value: termWords(card.term) },
        {
          label: m.directory_documents(),
          value: lines(card.documents.map((document) => <Words of={say(document.name)} plain />)),
        },
      ]}
    />
  )
}

/** A card as it would be read, before it is saved. */
export function CardPreview({ card, names }: { card: ServiceCard; names: ReadonlyMap<string, Text> }) {
  const say = cardSpeech(card)
  const coded = (codes: readonly string[]) =>
    lines(codes.map((code) => <Words of={say(names.get(code) ?? { [card.writtenIn]: code })} plain />))
  return (
    <SummaryList
      items={[
        {
          label: m.edit_field_names(),
          value: (
            <strong>
              <Words of={say(card.names)} />
            </strong>
          ),
        },
        { label: m.edit_field_summary(), value: <Words of={say(card.summary)} /> },
        {
          label: m.directory_what_you_get(),
          value: lines(card.activities.map((activity) => <Words of={say(activity)} plain />)),
        },
        { label: m.directory_kind(), value: coded([card.kind]) },
        { label: m.directory_form(), value: formatList(card.forms.map(formWords)) },
        { label: m.directory_how_long(), value: termWords(card.term) },
        { label: m.directory_area(), value: coded(card.areas) },
        { label: m.directory_for_whom(), value: coded(card.targetGroups) },
        { label: m.directory_situations(), value: coded(card.situations) },
        { label: m.directory_age(), value: ageWords(card.eligibility) },
        {
          label: m.directory_eligibility(),
          value: card.eligibility.description ? <Words of={say(card.eligibility.description)} /> : undefined,
        },
        { label: m.directory_cost(), value: costWords(card.cost.kind) },
        {
          label: m.directory_documents(),
          value: lines(
            card.documents.map((document) => (
              <>
                <Words of={say(document.name)} plain />, {neededWords(document.needed)}
              </>
            )),
          ),
        },
        {
          label: m.directory_refusal(),
          value:
            card.refusalGrounds.length === 0
              ? m.directory_refusal_none()
              : lines(
                  card.refusalGrounds.map((ground) => (
                    <>
                      <Words of={say(ground.text)} plain /> (
                      {ground.holds === 'entry' ? m.directory_refusal_entry() : m.directory_refusal_ending()})
                    </>
                  )),
                ),
        },
        { label: m.directory_languages(), value: formatList(card.languages.map(spokenLanguage)) },
        {
          label: m.edit_field_phones(),
          value: lines(card.phones.map((phone) => <span class="ln-num">{phone.number}</span>)),
        },
        {
          label: m.directory_when(),
          value: lines(card.schedule.map((hours) => <span class="ln-num">{hoursWords(hours)}</span>)),
        },
        { label: m.directory_how_to_ask(), value: formatList(card.channels.map(channelWords)) },
      ]}
    />
  )
}

function lines(items: readonly Child[]): Child {
  if (items.length === 0) return undefined
  return (
    <ul class="ln-plain">
      {items.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  )
}
