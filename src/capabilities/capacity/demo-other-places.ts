import type { Text } from '../../platform/i18n/text.ts'
import type { DemoOffer } from './demo-places.ts'
import { addDays } from './rules/places/days.ts'
import { OfferRecord } from './types/places.ts'

/** Offers of the other stories: each one a provider of the demo reports for, or an authority uses. */
export function otherOffers(today: string): DemoOffer[] {
  const offer = (
    fields: Pick<
      OfferRecord,
      'slug' | 'pack' | 'operator' | 'paragraph' | 'targetGroups' | 'area' | 'approved' | 'languages'
    > & {
      names: Text
      service?: string
    },
    nights: readonly [number, number],
    referring: readonly string[],
  ): DemoOffer => ({
    record: OfferRecord.parse({
      ...fields,
      opened: addDays(today, -1500),
      open: fields.approved,
      posts: fields.approved / 2,
      example: true,
    }),
    nights,
    referring,
    seed: 9000 + fields.approved,
  })
  return [
    offer(
      {
        slug: 'aktivitetshuset-birkelunden',
        pack: 'dk-midtjylland',
        names: { da: 'Aktivitetshuset Birkelunden' },
        operator: 'raadgivningen-birkelunden',
        paragraph: 'sel-104',
        targetGroups: ['people-in-mental-distress'],
        area: 'DK-0791',
        approved: 12,
        languages: ['da', 'en', 'uk'],
      },
      [200, 900],
      ['viborg-kommune', 'viborg-kommune', 'skive-kommune'],
    ),
    offer(
      {
        slug: 'botilbuddet-hedelyset',
        pack: 'dk-midtjylland',
        names: { da: 'Botilbuddet Hedelyset' },
        operator: 'botilbuddet-hedelyset',
        service: 'viborg-botilbuddet-hedelyset',
        paragraph: 'sel-107',
        targetGroups: ['people-with-disabilities', 'people-in-mental-distress'],
        area: 'DK-0791',
        approved: 16,
        languages: ['da', 'en'],
      },
      [200, 900],
      ['viborg-kommune', 'viborg-kommune', 'silkeborg-kommune', 'skive-kommune'],
    ),
    offer(
      {
        slug: 'krisecenter-klokkelyng',
        pack: 'dk-midtjylland',
        names: { da: 'Krisecenter Klokkelyng' },
        operator: 'krisecenter-klokkelyng',
        service: 'viborg-krisecenter-klokkelyng',
        paragraph: 'sel-109',
        targetGroups: ['survivors-of-violence'],
        area: 'DK-0791',
        approved: 10,
        languages: ['da', 'uk', 'en', 'ar'],
      },
      [20, 120],
      ['viborg-kommune', 'randers-kommune', 'favrskov-kommune', 'skive-kommune'],
    ),
    offer(
      {
        slug: 'forsorgshjemmet-soekanten',
        pack: 'dk-midtjylland',
        names: { da: 'Forsorgshjemmet Søkanten' },
        operator: 'forsorgshjemmet-soekanten',
        service: 'viborg-forsorgshjemmet-soekanten',
        paragraph: 'sel-110',
        targetGroups: ['people-without-home', 'people-using-substances'],
        area: 'DK-0791',
        approved: 22,
        languages: ['da', 'uk', 'en'],
      },
      [20, 200],
      ['viborg-kommune', 'viborg-kommune', 'holstebro-kommune', 'herning-kommune'],
    ),
    offer(
      {
        slug: 'botilbuddet-stensbakken',
        pack: 'dk-midtjylland',
        names: { da: 'Botilbuddet Stensbakken' },
        operator: 'botilbuddet-stensbakken',
        service: 'horsens-botilbuddet-stensbakken',
        paragraph: 'sel-108',
        targetGroups: ['people-with-disabilities'],
        area: 'DK-0615',
        approved: 20,
        languages: ['da'],
      },
      [900, 3000],
      ['horsens-kommune', 'hedensted-kommune', 'skanderborg-kommune'],
    ),
    offer(
      {
        slug: 'prytulok-svitanok',
        pack: 'ua-kharkiv',
        names: { uk: 'Приклад: притулок «Світанок»', en: 'Example: shelter Svitanok' },
        operator: 'dovira',
        service: 'nadannia-prytulku',
        paragraph: 'prytulok',
        targetGroups: ['people-without-home', 'survivors-of-violence'],
        area: 'UA63120270010096107',
        approved: 24,
        languages: ['uk', 'en'],
      },
      [14, 90],
      ['raionnyi-tsentr-saltivskyi', 'raionnyi-tsentr-kyivskyi', 'raionnyi-tsentr-slobidskyi'],
    ),
    offer(
      {
        slug: 'budynok-pidtrymanoho-prozhyvannia',
        pack: 'ua-kharkiv',
        names: { uk: 'Приклад: будинок підтриманого проживання', en: 'Example: supported living house' },
        operator: 'dovira',
        service: 'pidtrymane-prozhyvannia',
        paragraph: 'pidtrymane-prozhyvannia',
        targetGroups: ['care-leavers', 'people-with-disabilities'],
        area: 'UA63120270010096107',
        approved: 8,
        languages: ['uk'],
      },
      [200, 700],
      ['raionnyi-tsentr-industrialnyi', 'raionnyi-tsentr-shevchenkivskyi'],
    ),
    offer(
      {
        slug: 'wohnhaus-am-rosengarten',
        pack: 'de-stuttgart',
        names: { de: 'Beispiel: Wohnhaus am Rosengarten' },
        operator: 'teilhabe-beispiel',
        paragraph: 'sgb-9-besondere-wohnform',
        targetGroups: ['people-with-disabilities'],
        area: 'DE-08111',
        approved: 18,
        languages: ['de', 'en', 'tr'],
      },
      [900, 3000],
      ['sozialamt'],
    ),
    offer(
      {
        slug: 'ankommen-wohnen-west',
        pack: 'de-stuttgart',
        names: { de: 'Beispiel: Ankommen und Wohnen West' },
        operator: 'wohnungsnotfallhilfe-beispiel',
        paragraph: 'sgb-12-67',
        targetGroups: ['people-without-home'],
        area: 'DE-08111',
        approved: 14,
        languages: ['de', 'en', 'ar', 'uk'],
      },
      [120, 500],
      ['sozialamt', 'jobcenter'],
    ),
  ]
}
