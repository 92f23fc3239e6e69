import type { DemoPart } from '../../platform/demo/stage.ts'
import { playAdjustments } from './demo-adjustments.ts'
import { playPlaces } from './demo-load-places.ts'
import { playSupply } from './demo-supply.ts'
import { playTariffs } from './demo-tariffs.ts'

/** Offers with five years of stays, and what follows from them. */
export const capacityDemo: DemoPart = {
  async play(stage) {
    await playPlaces(stage)
    await playAdjustments(stage)
    await playSupply(stage)
    await playTariffs(stage)
  },
}
