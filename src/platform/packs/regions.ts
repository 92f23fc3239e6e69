import { z } from 'zod'
import type { Database } from '../db/database.ts'
import { query } from '../db/database.ts'
import type { Locale } from '../i18n/text.ts'
import { PackManifest } from './types.ts'

/** A loaded pack, as pages need it. */
export type Region = PackManifest & {
  /** lists of the pack that are not empty, such as `governance.bodies`: a menu names nothing that is not there */
  holds?: readonly string[]
}

const Stored = PackManifest.extend({ holds: z.array(z.string()).default([]) })

/** All loaded packs, in the order of their ids. */
export async function loadRegions(database: Database): Promise<Region[]> {
  const rows = await database.transact({ actor: null }, (tx) =>
    tx.all(query.selectFrom('packs.pack').select('manifest').where('manifest', 'is not', null).orderBy('id')),
  )
  return rows.map((row) => Stored.parse(row.manifest))
}

/** The region for a visitor who has chosen none: the one whose first language is theirs, else the first. */
export function guessRegion(regions: readonly Region[], locale: Locale): Region | undefined {
  return regions.find((region) => region.languages[0] === locale) ?? regions[0]
}
