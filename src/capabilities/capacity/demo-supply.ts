import type { DemoStage } from '../../platform/demo/stage.ts'
import { rateSupply } from './commands/supply/rate-supply.ts'
import { reportUnmetNeed } from './commands/supply/report-unmet-need.ts'
import { countYears } from './jobs/refresh-years.ts'
import type { UnmetReason } from './types/supply.ts'

interface Said {
  targetGroup: string
  rating: number
  words?: string
}

const braininjury = 'people-with-brain-injury'
const mentaldistress = 'people-in-mental-distress'
const disabilities = 'people-with-disabilities'
const withoutHome = 'people-without-home'
const substances = 'people-using-substances'

/** What economists of municipalities say of this year. Invented, like those who say it. */
const ratings: Readonly<Record<string, readonly Said[]>> = {
  'viborg-kommune': [
    { targetGroup: braininjury, rating: 1, words: 'Vi venter i månedsvis på små døgnpladser til unge under 30 år.' },
    { targetGroup: mentaldistress, rating: 2, words: 'Der mangler midlertidige boliger tæt på byen.' },
    { targetGroup: disabilities, rating: 3 },
    { targetGroup: withoutHome, rating: 3 },
  ],
  'aarhus-kommune': [
    { targetGroup: braininjury, rating: 2, words: 'To pladser mere i den østlige del af regionen ville hjælpe.' },
    { targetGroup: mentaldistress, rating: 3 },
    { targetGroup: withoutHome, rating: 2, words: 'Unge uden bolig bliver for længe på midlertidige pladser.' },
    { targetGroup: substances, rating: 4 },
  ],
  'herning-kommune': [
    { targetGroup: braininjury, rating: 2, words: 'Familierne kører over 60 kilometer for at besøge.' },
    { targetGroup: disabilities, rating: 4 },
  ],
  'randers-kommune': [
    { targetGroup: mentaldistress, rating: 3 },
    { targetGroup: substances, rating: 3 },
    { targetGroup: disabilities, rating: 3 },
  ],
  'silkeborg-kommune': [
    { targetGroup: braininjury, rating: 3 },
    { targetGroup: withoutHome, rating: 2, words: 'Der er ingen pladser til kvinder alene.' },
  ],
}

/** Needs of Viborg that no offer met in the last months: how many, for whom, why. */
const needs: readonly [targetGroup: string, reason: UnmetReason, count: number][] = [
  [braininjury, 'no-place', 12],
  [braininjury, 'too-far', 6],
  [mentaldistress, 'too-late', 8],
  [withoutHome, 'no-offer', 6],
  [disabilities, 'language', 3],
]

/** Supply and demand in the demo: what municipalities say, what was missing, and demand year by year. */
export async function playSupply(stage: DemoStage): Promise<void> {
  await countYears(stage.database, stage.now)
  if (!stage.packs.has('dk-midtjylland')) return
  const year = stage.now.getUTCFullYear()
  for (const [municipality, said] of Object.entries(ratings))
    await stage.perform(
      `ratings ${municipality}`,
      rateSupply,
      { municipality, year, version: 0, ratings: [...said] },
      { email: `economist.${municipality.replace('-kommune', '')}@example.org` },
    )
  for (const [targetGroup, reason, count] of needs)
    for (let at = 0; at < count; at++) {
      const daysAgo = 12 + at * 23
      await stage.perform(
        `need ${targetGroup} ${reason} ${at}`,
        reportUnmetNeed,
        {
          municipality: 'viborg-kommune',
          targetGroup,
          reason,
          neededOn: new Date(stage.now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10),
          source: `demo-${targetGroup}-${reason}-${at}`,
        },
        { email: 'worker.viborg@example.org' },
      )
    }
}
