import type { Tx } from '../../platform/db/database.ts'
import type { DemoStage } from '../../platform/demo/stage.ts'
import { dayIn } from '../../platform/i18n/day.ts'
import { inLocale } from '../../platform/i18n/speech.ts'
import { writeCsv } from '../../platform/tabular/write-csv.ts'
import { importOffers } from './commands/places/import-offers.ts'
import { importWaiting } from './commands/places/import-waiting.ts'
import { importStays } from './commands/places/report-stay-file.ts'
import { otherOffers } from './demo-other-places.ts'
import { type DemoOffer, danishOffers, dice, staysOf } from './demo-places.ts'
import { stayColumns } from './exchange/stay-columns.ts'
import { addDays } from './rules/places/days.ts'
import { areaPoints } from './store/places/read-setting.ts'

/**
 * Offers of the demo with five years of stays, by the same imports that a region uses when it begins: `linden import offers` and `linden import stays`.
 * In one transaction: either the demo has all of it, or nothing.
 */
export async function playPlaces(stage: Pick<DemoStage, 'packs' | 'now' | 'transact'>): Promise<void> {
  const today = dayIn(stage.now, 'Europe/Copenhagen')
  await stage.transact((tx) =>
    inLocale('da', async () => {
      const points = await areaPoints(tx, 'dk-midtjylland')
      const offers = [...danishOffers(today, points), ...otherOffers(today)].filter(({ record }) =>
        stage.packs.has(record.pack),
      )
      const report = await importOffers(
        tx,
        offers.map(({ record }) => record),
        true,
      )
      if (!report.applied) throw new Error(`The demo cannot add its offers: ${JSON.stringify(report.rejected[0])}`)
      // a demo that was cut off has all of this already, or nothing of it
      if (report.added === 0) return
      const stays = await importStays(tx, await fileOf(offers, today), true)
      const wrong = stays.lines.find(({ errors }) => errors.length > 0)
      if (!stays.applied) throw new Error(`The demo cannot add its stays: ${JSON.stringify(wrong)}`)
      await waitForSome(tx, offers, today)
    }),
  )
}

async function fileOf(offers: readonly DemoOffer[], today: string): Promise<Uint8Array> {
  const rows = offers.flatMap((offer) => staysOf(offer, today))
  const chunks: string[] = []
  for await (const chunk of writeCsv(stayColumns, rows, { mark: false })) chunks.push(chunk)
  return Buffer.from(chunks.join(''))
}

/** Some wait for every third offer, and municipalities have asked it for a place. */
async function waitForSome(tx: Tx, offers: readonly DemoOffer[], today: string): Promise<void> {
  const entries = offers
    .filter((_, at) => at % 3 === 1)
    .flatMap(({ record, referring, seed }) => {
      const roll = dice(seed + 1)
      return [...new Set(referring)].slice(0, 3).map((municipality, order) => ({
        offer: record.slug,
        municipality,
        referredOn: addDays(today, -roll(1, 150)),
        waiting: Array.from({ length: roll(0, 3) }, (_, number) => ({
          person: `V${order + 1}${number + 1}`,
          since: addDays(today, -roll(5, 400)),
        })),
      }))
    })
  await importWaiting(tx, entries)
}
