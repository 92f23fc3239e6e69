import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { conflict, invalid, notFound, ok } from '../../../../platform/access/outcome.ts'
import { mayPrice } from '../../permissions/tariffs.ts'
import { publishSheets, removeDraft } from '../../store/tariffs/save-sheets.ts'
import { sheetKind, Year } from '../../types/tariffs.ts'
import { offerKind, Slug } from '../../types.ts'
import { judged, sheetSubject } from './judged-sheet.ts'

const Named = z.object({ offer: Slug, year: Year, version: z.coerce.number().int() })

/**
 * Publishes the draft of a tariff sheet (CAP-5). From then on it never changes; a wrong one is superseded by the next. Judged again, for results and
 * consents may have changed since it was written.
 */
export const publishSheet = command({
  audit: 'capacity.tariff.publish',
  input: Named,
  subject: sheetSubject,
  permission: mayPrice,
  async run(work, input, subject) {
    const { draft, published } = subject
    if (!draft) return notFound
    if (draft.version !== input.version || draft.supersedes !== published?.id) return conflict(draft)
    const found = await judged(work.tx, subject, input.year, {
      lines: [...draft.lines],
      supplements: [...draft.supplements],
      items: draft.items.map(({ name, points }) => ({ name, points })),
      reason: draft.reason,
    })
    if ('errors' in found) return invalid(...found.errors)
    await publishSheets(work.tx, [draft.id])
    const sheet = { kind: sheetKind, id: draft.id }
    work.thread.link(sheet, 'prices', { kind: offerKind, id: subject.offer.id })
    if (published) work.thread.link(sheet, 'supersedes', { kind: sheetKind, id: published.id })
    work.about({ ...sheet, detail: { offer: input.offer, year: input.year } })
    return ok({
      id: draft.id,
      offer: input.offer,
      year: input.year,
      edition: (published?.edition ?? 0) + 1,
      tariff: draft.tariff ?? null,
    })
  },
})

/** Throws the draft of a tariff sheet away. */
export const dropDraft = command({
  audit: 'capacity.tariff.drop',
  input: Named,
  subject: sheetSubject,
  permission: mayPrice,
  async run(work, input, { draft }) {
    if (!draft) return notFound
    if (!(await removeDraft(work.tx, draft.id, input.version))) return conflict(draft)
    work.about({ kind: sheetKind, id: draft.id, detail: { offer: input.offer, year: input.year } })
    return ok({ offer: input.offer, year: input.year })
  },
})
