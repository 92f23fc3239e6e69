import type { DemoStage } from '../../platform/demo/stage.ts'
import { giveMandate } from './commands/give-mandate.ts'

interface DemoMandate {
  body: string
  seat: string
  name?: string
  organisation?: string
  since: string
  until?: string
}

const executive = 'forretningsudvalget'
const period = { since: '2018-01-01', until: '2019-12-31' }

/** The executive committee of 2018–2019, as its document names it: municipalities and the region, no people. An example of a period that is over. */
const committee: readonly DemoMandate[] = [
  { body: executive, seat: 'formand', organisation: 'hedensted-kommune', ...period },
  ...['norddjurs', 'herning', 'randers', 'skanderborg', 'holstebro', 'viborg', 'aarhus'].map((place, at) => ({
    body: executive,
    seat: `medlem/${at + 1}`,
    organisation: `${place}-kommune`,
    ...period,
  })),
  { body: executive, seat: 'medlem/8', organisation: 'region-midtjylland', ...period },
]

/** Directors of the steering group: invented names, which say so. Samsø has nobody, Skive nobody any longer. */
const directors: readonly DemoMandate[] = [
  ['aarhus-kommune', 'Bodil Vang'],
  ['favrskov-kommune', 'Ejnar Holt'],
  ['hedensted-kommune', 'Gitte Lund'],
  ['herning-kommune', 'Jens Kær'],
  ['holstebro-kommune', 'Karen Dal'],
  ['horsens-kommune', 'Mads Brink'],
  ['randers-kommune', 'Nina Skov'],
  ['region-midtjylland', 'Ole Bæk'],
  ['silkeborg-kommune', 'Pia Eng'],
  ['viborg-kommune', 'Rune Hald'],
].map(([place, name]) => ({
  body: 'dassos',
  seat: `direktoer/${place}`,
  name: `Eksempel: ${name}`,
  since: '2026-01-01',
}))

const seated: readonly { pack: string; secretariat: string; mandates: readonly DemoMandate[] }[] = [
  {
    pack: 'dk-midtjylland',
    secretariat: 'secretariat.viborg@example.org',
    mandates: [
      ...committee,
      ...directors,
      { body: 'dassos', seat: 'formand', name: 'Eksempel: Signe Toft', since: '2026-01-01' },
      {
        body: 'dassos',
        seat: 'direktoer/skive-kommune',
        name: 'Eksempel: Tage Rask',
        since: '2024-01-01',
        until: '2026-08-31',
      },
      // the secretariat has two posts, and its seat may be shared
      { body: 'dassos', seat: 'sekretariat', name: 'Eksempel: Ulla Sand', since: '2026-01-01' },
      { body: 'dassos', seat: 'sekretariat', name: 'Eksempel: Villy Krag', since: '2026-03-01' },
      { body: 'ad-hoc-konference', seat: 'medlem/1', name: 'Eksempel: Nina Skov', since: '2026-09-01' },
      { body: 'ad-hoc-konference', seat: 'medlem/2', name: 'Eksempel: Ole Bæk', since: '2026-09-01' },
    ],
  },
  {
    pack: 'de-stuttgart',
    secretariat: 'secretariat.stuttgart@example.org',
    mandates: [
      { body: 'jugendbeirat', seat: 'vorsitz', name: 'Beispiel: Amira Roth', since: '2026-02-01' },
      { body: 'jugendbeirat', seat: 'mitglied/1', name: 'Beispiel: Jonas Weiß', since: '2026-02-01' },
    ],
  },
]

/** Who sits in the bodies of the demo. */
export async function playSeats(stage: DemoStage): Promise<void> {
  for (const { pack, secretariat, mandates } of seated) {
    if (!stage.packs.has(pack)) continue
    for (const mandate of mandates)
      await stage.perform(`mandate ${mandate.body} ${mandate.seat} ${mandate.name ?? ''}`, giveMandate, mandate, {
        email: secretariat,
      })
  }
}
