import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, ok } from '../../../../platform/access/outcome.ts'
import { mayPrice } from '../../permissions/tariffs.ts'
import { countVersion, removeDraft, saveDrafts } from '../../store/tariffs/save-sheets.ts'
import { SheetFields, sheetKind, Year } from '../../types/tariffs.ts'
import { Slug } from '../../types.ts'
import { judged, sheetSubject } from './judged-sheet.ts'

/** Writes the draft of a tariff sheet, in the place of an earlier draft (CAP-5). What does not recompute is no draft either. */
export const draftSheet = command({
  audit: 'capacity.tariff.draft',
  input: SheetFields.extend({
    offer: Slug,
    year: Year,
    /** of the draft that the editor began with; none for the first */
    version: z.coerce.number().int().optional(),
  }),
  subject: sheetSubject,
  permission: mayPrice,
  async run(work, input, subject) {
    const { draft } = subject
    if (draft?.version !== input.version) return conflict(draft)
    const found = await judged(work.tx, subject, input.year, input)
    if ('errors' in found) return invalid(...found.errors)
    if (draft && !(await removeDraft(work.tx, draft.id, draft.version))) return conflict()
    const [id = ''] = await saveDrafts(work.tx, [found.sheet], work.actor?.account ?? '')
    const version = (draft?.version ?? 0) + 1
    if (version > 1) await countVersion(work.tx, id, version)
    work.about({ kind: sheetKind, id, detail: { offer: input.offer, year: input.year } })
    return ok({ id, offer: input.offer, year: input.year, version, tariff: found.sheet.tariff ?? null })
  },
})
