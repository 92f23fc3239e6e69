import { z } from 'zod'
import { command } from '../../../platform/access/command.ts'
import { late, ok } from '../../../platform/access/outcome.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { mayRemark, mayTend } from '../permissions.ts'
import { addRemark, remarkById, settleRemark as settle } from '../store/edit-remarks.ts'
import { Slug } from '../types.ts'
import { type TendedCard, tendedById, tendedBySlug } from './tended-service.ts'

/** Says what is wrong with a card. Nothing about the sender is stored; an account that happens to be signed in stands in the audit trail alone. */
export const leaveRemark = command({
  audit: 'directory.remark.leave',
  // a class in a library can say what is wrong; a program cannot bury the desk
  limit: { name: 'directory.remark', per: 'address', most: 20, within: { minutes: 60 } },
  input: z.object({ slug: Slug, text: z.string().trim().min(3).max(2000) }),
  async subject(tx, input) {
    const card = await tendedBySlug(tx, input.slug)
    return card?.service.status === 'inactive' ? undefined : card
  },
  permission: mayRemark,
  async run(work, input, { service }: TendedCard) {
    addRemark(work.tx, { service: service.id, text: input.text })
    work.about({ kind: 'directory.service', id: service.id })
    return ok({ slug: service.slug })
  },
})

/** Another part tells the editors of a card what no longer fits, within the transaction of its own act. @param remark.service id */
export function remarkOnCard(tx: Tx, remark: { service: string; text: string }): void {
  addRemark(tx, remark)
}

/** Takes a remark from the desk, or puts it back. */
export const settleRemark = command({
  audit: 'directory.remark.settle',
  input: z.object({ id: z.uuid(), settled: z.stringbool().or(z.boolean()).default(true) }),
  async subject(tx, input) {
    const remark = await remarkById(tx, input.id)
    return remark && tendedById(tx, remark.service)
  },
  permission: mayTend,
  async run(work, input, { service }) {
    if (!(await settle(work.tx, input.id, input.settled, work.actor?.account ?? null)))
      return late(m.edit_remark_over())
    work.about({ kind: 'directory.service', id: service.id, detail: { remark: input.id, settled: input.settled } })
    return ok({ slug: service.slug, id: input.id })
  },
})
