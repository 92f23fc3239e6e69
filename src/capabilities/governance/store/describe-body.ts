import { query, type Tx } from '../../../platform/db/database.ts'
import { currentLocale } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Body } from '../types.ts'

/** Address and name of a body for the thread; undefined when there is none. */
export async function describeBody(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(query.selectFrom('governance.body').select('profile').where('id', '=', id))
  const profile = row && Body.parse(row.profile)
  return profile && { href: `/bodies/${profile.slug}`, label: speak(profile.names, currentLocale()).words }
}
