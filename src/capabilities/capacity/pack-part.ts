import { z } from 'zod'
import type { PackPart, PackProblem } from '../../platform/packs/load.ts'
import { saveSetting } from './store/places/save-setting.ts'
import { CapacitySetting } from './types.ts'

const KnownAct = z.object({ id: z.string() })

/** What capacity reads from a pack. Of acts only that they are there: the directory describes them. */
export interface CapacityPack {
  settings: CapacitySetting[]
  acts: z.infer<typeof KnownAct>[]
}

export const capacityPack: PackPart<CapacityPack> = {
  name: 'capacity',
  files: {
    settings: { pattern: 'capacity.json', schema: CapacitySetting },
    acts: { pattern: 'acts.json', schema: KnownAct },
  },
  check: checkCapacityPack,
  async load(tx, contents, pack) {
    for (const setting of contents.settings) await saveSetting(tx, pack.id, setting)
  },
}

/** What the schemas cannot say: a region has one setting, its paragraphs stand once, and their acts are known. */
export function checkCapacityPack({ settings, acts }: CapacityPack): PackProblem[] {
  const problems: PackProblem[] = []
  const wrong = (path: string, message: string) => problems.push({ file: 'capacity.json', path, message })
  if (settings.length > 1) wrong('', 'a region has one setting')
  const known = new Set(acts.map(({ id }) => id))
  for (const { paragraphs } of settings)
    for (const [at, { code, act }] of paragraphs.entries()) {
      if (!known.has(act)) wrong(code, `${act} is no act of this pack`)
      if (paragraphs.findIndex((other) => other.code === code) !== at) wrong(code, 'stands twice')
    }
  return problems
}
