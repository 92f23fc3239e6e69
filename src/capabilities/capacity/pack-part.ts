import { z } from 'zod'
import type { PackPart, PackProblem } from '../../platform/packs/load.ts'
import { saveSetting } from './store/places/save-setting.ts'
import { saveTariffRule } from './store/tariffs/rules.ts'
import { TariffRule } from './types/tariffs.ts'
import { CapacitySetting } from './types.ts'

const KnownAct = z.object({ id: z.string() })
const KnownOrganisation = z.object({ slug: z.string() })

/** What capacity reads from a pack. Of acts only that they are there: the directory describes them. */
export interface CapacityPack {
  settings: CapacitySetting[]
  tariffs: TariffRule[]
  acts: z.infer<typeof KnownAct>[]
  organisations: z.infer<typeof KnownOrganisation>[]
}

export const capacityPack: PackPart<CapacityPack> = {
  name: 'capacity',
  files: {
    settings: { pattern: 'capacity.json', schema: CapacitySetting },
    tariffs: { pattern: 'tariffs.json', schema: TariffRule },
    acts: { pattern: 'acts.json', schema: KnownAct },
    organisations: { pattern: 'organisations.json', schema: KnownOrganisation },
  },
  check: checkCapacityPack,
  async load(tx, contents, pack) {
    for (const setting of contents.settings) await saveSetting(tx, pack.id, setting)
    for (const rule of contents.tariffs) await saveTariffRule(tx, pack.id, rule)
  },
}

/** What the schemas cannot say: a region has one setting, its paragraphs stand once, and their acts are known. */
export function checkCapacityPack({ settings, acts, tariffs, organisations }: CapacityPack): PackProblem[] {
  const problems: PackProblem[] = []
  const wrong = (path: string, message: string) => problems.push({ file: 'capacity.json', path, message })
  if (settings.length > 1) wrong('', 'a region has one setting')
  const known = new Set(acts.map(({ id }) => id))
  for (const { paragraphs } of settings)
    for (const [at, { code, act }] of paragraphs.entries()) {
      if (!known.has(act)) wrong(code, `${act} is no act of this pack`)
      if (paragraphs.findIndex((other) => other.code === code) !== at) wrong(code, 'stands twice')
    }
  return [...problems, ...checkTariffs({ settings, tariffs, organisations })]
}

/** CAP-5: rules of tariffs follow each other, and what they name is there. */
function checkTariffs({ settings, tariffs, organisations }: Omit<CapacityPack, 'acts'>): PackProblem[] {
  const problems: PackProblem[] = []
  const paragraphs = new Set(settings.flatMap((setting) => setting.paragraphs.map(({ code }) => code)))
  const slugs = new Set(organisations.map(({ slug }) => slug))
  for (const rule of tariffs) {
    const wrong = (message: string) => problems.push({ file: 'tariffs.json', path: String(rule.from), message })
    if (!slugs.has(rule.collectedBy)) wrong(`${rule.collectedBy} is no organisation of this pack`)
    for (const code of rule.short.paragraphs) if (!paragraphs.has(code)) wrong(`${code} is no paragraph of this pack`)
    if (
      tariffs.some(
        (other) => other !== rule && other.from <= (rule.until ?? 2200) && rule.from <= (other.until ?? 2200),
      )
    )
      wrong('holds in a year in which another rule holds')
    if (new Set(tariffs.map(({ scheme }) => scheme)).size > 1) wrong('the scheme of a region stays the same')
  }
  return problems
}
