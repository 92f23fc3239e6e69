import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { conflict, forbidden, invalid, late, ok } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayLead } from '../permissions.ts'
import { colleaguesHere } from '../store/desk.ts'
import { withJoined } from '../store/merges.ts'
import { readPerson, type StoredPerson } from '../store/people.ts'
import { protectRecords, unprotectRecords } from '../store/restrictions.ts'

const version = z.coerce.number().int().positive()

async function openForLead(
  tx: Tx,
  input: { person: string },
): Promise<{ person: StoredPerson; organisation: string } | undefined> {
  const person = await readPerson(tx, input.person)
  return person && { person, organisation: person.authority }
}

/**
 * Protects somebody's record (INT-8): a home that must stay unknown, a colleague, somebody in danger. From now on only the team lead who protects it and the
 * colleagues who are named see it; whoever else had been named sees it no longer. The reason stands on every grant.
 */
export const restrictPerson = command({
  audit: 'intake.person.restrict',
  input: z.object({
    person: z.uuid(),
    version,
    reason: z
      .string()
      .trim()
      .min(3, { error: () => m.intake_people_say_reason() })
      .max(1000),
    colleagues: z.array(z.uuid()).max(50).default([]),
  }),
  subject: openForLead,
  permission: mayLead,
  async run(work, input, { person }) {
    const by = work.actor?.account
    if (!by) return forbidden
    if (person.mergedInto) return late(m.intake_people_joined_already())
    if (person.version !== input.version) return conflict(undefined, m.intake_people_changed())
    const known = await colleaguesHere(work.tx)
    if (!input.colleagues.every((account) => known.has(account)))
      return invalid({ path: 'colleagues', message: m.intake_people_no_colleague() })
    const records = await withJoined(work.tx, person.id)
    const readers = [...new Set([by, ...input.colleagues])]
    if (!(await protectRecords(work.tx, person, records, { readers, basis: input.reason, by })))
      return conflict(undefined, m.intake_people_changed())
    work.about({ kind: 'intake.person', id: person.id, detail: { readers } })
    return ok({ person: person.id })
  },
})

/** Lifts the protection of a record: the office sees it again. */
export const liftRestriction = command({
  audit: 'intake.person.lift-restriction',
  input: z.object({ person: z.uuid(), version }),
  subject: openForLead,
  permission: mayLead,
  async run(work, input, { person }) {
    if (!person.restricted) return late(m.intake_people_not_protected())
    if (person.version !== input.version) return conflict(undefined, m.intake_people_changed())
    const records = await withJoined(work.tx, person.id)
    if (!(await unprotectRecords(work.tx, person, records))) return conflict(undefined, m.intake_people_changed())
    work.about({ kind: 'intake.person', id: person.id })
    return ok({ person: person.id })
  },
})
