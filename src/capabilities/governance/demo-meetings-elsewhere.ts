import type { DemoMeeting } from './demo-meetings.ts'

/** One meeting of Kharkiv and one dialogue of Stuttgart, in their languages. All of it is invented. */
export const fromKharkivAndStuttgart: readonly {
  pack: string
  secretariat: string
  meetings: readonly DemoMeeting[]
}[] = [
  {
    pack: 'ua-kharkiv',
    secretariat: 'secretariat.kharkiv@example.org',
    meetings: [
      {
        body: 'vykonavchyi-komitet',
        at: -20,
        begins: '10:00',
        ends: '12:00',
        place: 'Приклад: мала зала',
        locale: 'uk',
        until: 'held',
        items: [
          {
            title: 'Приклад: вечірній прийом у центрі «Довіра»',
            raise: { source: 'contribution' },
            kind: 'orhanizatsiia-posluh',
            words: 'Мешканці просять приймати двічі на місяць до 20:00.',
            minutes: 'Обговорили. Потрібен розрахунок годин.',
            tasks: [{ title: 'Порахувати години вечірнього прийому', owner: 'Центр', within: 16 }],
          },
          { title: 'Приклад: різне', minutes: 'Питань не було.' },
        ],
      },
    ],
  },
  {
    pack: 'de-stuttgart',
    secretariat: 'secretariat.stuttgart@example.org',
    meetings: [
      {
        body: 'jugendhilfeausschuss',
        form: 'dialogue',
        title: 'Beispiel: Dialog über Wohnen für junge Menschen',
        at: -15,
        begins: '17:00',
        ends: '19:00',
        place: 'Beispiel: Haus der Jugend',
        locale: 'de',
        until: 'approved',
        seats: [
          { side: 'state', name: 'Beispiel: Jugendamt' },
          { side: 'state', name: 'Beispiel: Wohnungsamt' },
          { side: 'providers', name: 'Beispiel: Träger Nord' },
          { side: 'providers', name: 'Beispiel: Träger Süd' },
          { side: 'people', name: 'Beispiel: Bewohnerin' },
          { side: 'people', name: 'Beispiel: Bewohner' },
        ],
        items: [
          {
            title: 'Beispiel: Was fehlt beim Auszug aus der Wohngruppe',
            minutes: 'Junge Menschen wünschen sich einen Probemonat mit Begleitung.',
          },
          {
            title: 'Beispiel: Probewohnen mit Begleitung',
            kind: 'jugendhilfe',
            raise: { source: 'dialogue' },
            minutes: 'Alle drei Seiten wollen das dem Ausschuss vorschlagen.',
          },
        ],
      },
    ],
  },
]
