import type { Locale } from '../../platform/i18n/text.ts'
import { ServiceCard } from './types.ts'

/** Invented offers of example organisations, as a register of volunteers might hand them in: short, and confirmed by nobody. */
export const importedCards: readonly { pack: string; locale: Locale; cards: readonly ServiceCard[] }[] = [
  {
    pack: 'dk-midtjylland',
    locale: 'da',
    cards: [
      offer({
        slug: 'eksempel-cykelvaerksted',
        organisation: 'naboerne-i-oesterhaven',
        area: 'DK-0791',
        writtenIn: 'da',
        kind: 'volunteering',
        names: {
          da: 'Cykelværksted for nye naboer',
          en: 'Bicycle workshop for new neighbours',
          uk: 'Веломайстерня для нових сусідів',
          de: 'Fahrradwerkstatt für neue Nachbarn',
        },
        summary: {
          da: 'Frivillige hjælper med at gøre en brugt cykel klar.',
          en: 'Volunteers help to get a used bicycle ready.',
          uk: 'Волонтери допомагають полагодити вживаний велосипед.',
          de: 'Freiwillige helfen, ein gebrauchtes Fahrrad herzurichten.',
        },
      }),
      offer({
        slug: 'eksempel-sprogcafe',
        organisation: 'frivilligcenter-domkilden',
        area: 'DK-0791',
        writtenIn: 'da',
        kind: 'language-help',
        names: {
          da: 'Sprogcafé om torsdagen',
          en: 'Language café on Thursdays',
          uk: 'Мовне кафе щочетверга',
          de: 'Sprachcafé am Donnerstag',
        },
        summary: {
          da: 'Tal dansk med frivillige over en kop kaffe.',
          en: 'Speak Danish with volunteers over a cup of coffee.',
          uk: 'Розмовляйте данською з волонтерами за кавою.',
          de: 'Sprechen Sie bei einer Tasse Kaffee mit Freiwilligen Dänisch.',
        },
      }),
    ],
  },
  {
    pack: 'de-stuttgart',
    locale: 'de',
    cards: [
      offer({
        slug: 'beispiel-mittagstisch',
        organisation: 'nachbarschaftshaus-beispiel-west',
        area: 'DE-08111',
        writtenIn: 'de',
        kind: 'food-aid',
        names: { de: 'Offener Mittagstisch', en: 'Open lunch table', uk: 'Спільний обід для всіх', da: 'Åben frokost' },
        summary: {
          de: 'Mittwochs essen alle zusammen, die mögen.',
          en: 'On Wednesdays everybody who likes eats together.',
          uk: 'Щосереди обідають разом усі охочі.',
          da: 'Om onsdagen spiser alle sammen, der har lyst.',
        },
      }),
    ],
  },
]

function offer(
  told: Pick<ServiceCard, 'slug' | 'organisation' | 'writtenIn' | 'kind' | 'names' | 'summary'> & { area: string },
): ServiceCard {
  const { area, ...card } = told
  return ServiceCard.parse({
    ...card,
    areas: [area],
    activities: [card.summary],
    forms: ['group'],
    term: { asNeeded: true },
    targetGroups: ['everyone'],
    cost: { kind: 'free' },
    languages: [card.writtenIn, 'en'],
    channels: ['in-person'],
    example: true,
  })
}
