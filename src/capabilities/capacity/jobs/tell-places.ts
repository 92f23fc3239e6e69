import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { inLocale, m } from '../../../platform/i18n/speech.ts'
import type { Job } from '../../../platform/jobs/job.ts'
import { tellFigures } from '../../governance/contract.ts'
import { placesByOperator } from '../store/places/places-by-operator.ts'

/** The name under which questionnaires ask for it. */
export const placesFigure = 'capacity.places'

/** Tells how many approved places the offers of each municipality and region have, so that nobody counts them for a central request (GOV-15). @returns how many were told */
export async function tellPlaces(tx: Tx, now: Date): Promise<number> {
  const counted = await placesByOperator(tx, dayIn(now, 'UTC'))
  const figures = await Promise.all(
    counted.map(async ({ organisation, language, day, places }) => ({
      organisation,
      name: placesFigure,
      day,
      value: String(places),
      source: await inLocale(language, async () => m.capacity_figure_places()),
    })),
  )
  await tellFigures(tx, figures)
  return figures.length
}

/** On the first of every month. Its purpose is that of governance, which keeps what is told. */
export const tellPlacesJob: Job<Record<string, never>> = {
  task: 'capacity.tell-places',
  payload: z.object({}),
  purpose: 'governance',
  cron: '50 3 1 * *',
  async run({ transact, now, log }) {
    const told = await transact((tx) => tellPlaces(tx, now()))
    log.info({ told }, 'governance was told how many places there are')
  },
}
