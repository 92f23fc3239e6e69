import type { ServiceCard } from './types.ts'

/** What happens in one region of the demo. Cards are named by their slugs in the pack. */
export interface Story {
  pack: string
  editor: string
  provider: string
  /** whose changes wait for an editor */
  approval: string
  /** a provider's change that holds at once, made before approval was asked for */
  change: { slug: string; edit(card: ServiceCard): ServiceCard } | undefined
  /** a provider's change that waits */
  proposal: { slug: string; edit(card: ServiceCard): ServiceCard }
  remarks: readonly { slug: string; text: string }[]
  /** cards last confirmed so many days ago: past half a year they wait on the freshness desk */
  confirmed: readonly { slug: string; daysAgo: number }[]
  /** searches that found nothing: answer to the finder's first question, area, days ago, how often */
  unmet: readonly { kind: string; area: string; daysAgo: number; times: number }[]
}

/** Invented changes are made to example cards alone; in Kharkiv, where every card is a document of the city, they only wait. */
export const stories: readonly Story[] = [
  {
    pack: 'ua-kharkiv',
    editor: 'editor.kharkiv@example.org',
    provider: 'provider.kharkiv@example.org',
    approval: 'dovira',
    change: undefined,
    proposal: {
      slug: 'konsultuvannia',
      edit: (card) => ({ ...card, channels: [...new Set([...card.channels, 'phone' as const])] }),
    },
    remarks: [
      { slug: 'nadannia-prytulku', text: 'Чи можна прийти з собакою? На сторінці про це не сказано.' },
      { slug: 'sotsialnyi-suprovid', text: 'Напишіть, будь ласка, скільки часу чекати на першу зустріч.' },
    ],
    confirmed: [
      { slug: 'sotsialna-profilaktyka', daysAgo: 240 },
      { slug: 'poserednytstvo-mediatsiia', daysAgo: 215 },
      { slug: 'predstavnytstvo-interesiv', daysAgo: 170 },
    ],
    unmet: [
      { kind: 'nowhere-to-live', area: 'UA63120270010315719', daysAgo: 3, times: 4 },
      { kind: 'papers', area: 'UA63120270010216514', daysAgo: 9, times: 2 },
    ],
  },
  {
    pack: 'dk-midtjylland',
    editor: 'editor.viborg@example.org',
    provider: 'provider.viborg@example.org',
    approval: 'raadgivningen-birkelunden',
    change: {
      slug: 'viborg-gaeldsraadgivning',
      edit: (card) => ({
        ...card,
        activities: [
          ...card.activities,
          {
            da: 'Hjælp til at læse et brev om gæld',
            en: 'Help with reading a letter about debt',
            uk: 'Допомога прочитати листа про борг',
            de: 'Hilfe beim Lesen eines Briefes über Schulden',
          },
        ],
      }),
    },
    proposal: {
      slug: 'viborg-samtaler-efter-krig-og-flugt',
      edit: (card) => ({ ...card, schedule: [...card.schedule, { days: ['FR'], opens: '09:00', closes: '12:00' }] }),
    },
    remarks: [
      { slug: 'viborg-gaeldsraadgivning', text: 'Jeg ringede tirsdag klokken 16, men ingen tog telefonen.' },
      { slug: 'viborg-samtaler-efter-krig-og-flugt', text: 'Er der også samtaler på arabisk?' },
    ],
    confirmed: [
      { slug: 'viborg-krisecenter-klokkelyng', daysAgo: 200 },
      { slug: 'viborg-samtaler-efter-krig-og-flugt', daysAgo: 230 },
      { slug: 'viborg-gaeldsraadgivning', daysAgo: 20 },
    ],
    unmet: [
      { kind: 'nowhere-to-live', area: 'DK-0741', daysAgo: 2, times: 1 },
      { kind: 'papers', area: 'DK-0671', daysAgo: 12, times: 3 },
    ],
  },
  {
    pack: 'de-stuttgart',
    editor: 'editor.stuttgart@example.org',
    provider: 'provider.stuttgart@example.org',
    approval: 'wohnungsnotfallhilfe-beispiel',
    change: {
      slug: 'tagesstaette-ohne-wohnung',
      edit: (card) => ({
        ...card,
        activities: [
          ...card.activities,
          {
            de: 'Schließfächer für Ausweise und Papiere',
            en: 'Lockers for identity cards and papers',
            uk: 'Скриньки для документів',
            da: 'Skabe til pas og papirer',
          },
        ],
      }),
    },
    proposal: {
      slug: 'wohnungsnotfallhilfe-fachberatung',
      edit: (card) => ({ ...card, languages: [...new Set([...card.languages, 'uk'])] }),
    },
    remarks: [
      { slug: 'tagesstaette-ohne-wohnung', text: 'Ist der Eingang ohne Stufen? Ich komme mit dem Rollator.' },
      { slug: 'schuldnerberatung', text: 'Sprechen Sie auch Türkisch am Telefon?' },
    ],
    confirmed: [
      { slug: 'hilfe-nach-der-haft', daysAgo: 250 },
      { slug: 'notuebernachtung', daysAgo: 190 },
      { slug: 'rechtsberatung', daysAgo: 175 },
      { slug: 'tagesstaette-ohne-wohnung', daysAgo: 10 },
    ],
    unmet: [
      { kind: 'nowhere-to-live', area: 'DE-08111', daysAgo: 1, times: 2 },
      { kind: 'starting-again', area: 'DE-08111', daysAgo: 15, times: 5 },
    ],
  },
]
