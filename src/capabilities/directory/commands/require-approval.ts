import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { ok } from '../../../platform/access/outcome.ts'
import { mayAppointApproval } from '../permissions.ts'
import { organisationBySlug } from '../store/edit-organisation.ts'
import { setApproval } from '../store/edit-proposals.ts'
import { Slug } from '../types.ts'

/** Says whether changes by an organisation's staff wait for an editor (DIR-7). */
export const requireApproval = command({
  audit: 'directory.organisation.require-approval',
  input: z.object({ slug: Slug, required: z.stringbool().or(z.boolean()) }),
  async subject(tx, input) {
    const organisation = await organisationBySlug(tx, input.slug)
    return organisation && { organisation: { id: organisation.id }, areaPath: organisation.areaPath }
  },
  permission: mayAppointApproval,
  async run(work, input, subject) {
    setApproval(work.tx, subject.organisation.id, input.required)
    work.about({ kind: 'access.organisation', id: subject.organisation.id, detail: { required: input.required } })
    return ok({ slug: input.slug, required: input.required })
  },
})
