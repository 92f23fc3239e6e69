import type { Tx } from '../../../../platform/db/database.ts'
import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { consultationById } from './consultations.ts'

/** Address and title of a consultation in the thread; undefined where it has not been sent, or the reader may not see it. */
export async function describeConsultation(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined> {
  const consultation = await consultationById(tx, id)
  if (!consultation?.openedAt) return undefined
  return { href: `/consultations/${id}`, label: speak(consultation.title, currentLocale()).words }
}
