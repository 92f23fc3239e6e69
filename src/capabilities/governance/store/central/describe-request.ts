import type { Tx } from '../../../../platform/db/database.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { centralRequestById } from './read-central.ts'

/** Address and title of a central request for the thread; undefined when there is none. */
export async function describeCentralRequest(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const found = await centralRequestById(tx, id)
  return found && { href: `/central-requests/${id}`, label: speak(found.title, currentLocale()).words }
}
