import { query, type Tx } from '../../../platform/db/database.ts'
import { currentLocale } from '../../../platform/i18n/speech.ts'
import { speak, Text } from '../../../platform/i18n/text.ts'

/** Address and title of a decision for the thread; undefined when there is none, and for one about a person (GOV-13). */
export async function describeDecision(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const row = await tx.one(
    query.selectFrom('governance.decision').select('title').where('id', '=', id).where('about_person', '=', false),
  )
  return row && { href: `/decisions/${id}`, label: speak(Text.parse(row.title), currentLocale()).words }
}
