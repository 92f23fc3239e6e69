import { type OpenHouse, openHouse } from '../main.ts'
import { commandLog, configOf } from '../platform/command-line/frame.ts'

/** Opens the house (packs included) for the time of the work. */
export async function withHouse<T>(work: (house: OpenHouse) => Promise<T>, config = configOf()): Promise<T> {
  const house = await openHouse(config, { log: commandLog(config) })
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}
