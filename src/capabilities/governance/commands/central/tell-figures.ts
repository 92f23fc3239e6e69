import type { Tx } from '../../../../platform/db/database.ts'
import { saveKnownFigures } from '../../store/central/save-central.ts'
import type { KnownFigure } from '../../types/central.ts'

/** Other parts say, in a transaction of their own, what they know of a municipality: questionnaires begin with it (GOV-15). */
export async function tellFigures(tx: Tx, figures: readonly KnownFigure[]): Promise<void> {
  await saveKnownFigures(tx, figures)
}
