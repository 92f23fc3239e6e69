import type { Config } from '../config/config.ts'
import { query } from '../db/database.ts'
import { blame } from '../jobs/blame.ts'
import { type Job, type JobContext, JobFailed } from '../jobs/job.ts'
import { addressHash, isWanted, type MailTemplate, messageIdOf, Order, writeLetter } from './letter.ts'
import { mailHost, postOf } from './post.ts'

/**
 * The job that sends letters, each once. Before a letter leaves, a row says that it is on its way; after, that it was sent. A cut between
 * the two is the one case in which it leaves again, with the same Message-ID, by which mail servers know it.
 * @param secret of the instance (`secretOf`) @throws Error where two templates have one name
 */
export function mailJob(config: Config, secret: Uint8Array, templates: readonly MailTemplate[]): Job<Order> {
  const known = new Map(templates.map((template) => [template.name, template]))
  if (known.size < templates.length) throw new Error('Two letters have the same name. Rename one of them.')
  const post = postOf(config)
  return {
    task: 'mail.send',
    payload: Order,
    purpose: 'mail',
    async run(context, order) {
      const letter = await claim(context, order, secret, mailHost(config))
      if (letter.state !== 'waiting') return
      let written: ReturnType<typeof writeLetter>
      try {
        if (!(await context.transact((tx) => isWanted(tx, order, known)))) {
          await note(context, letter.id, { is: 'refused', answer: 'no longer wanted' })
          return
        }
        written = writeLetter(order, known)
      } catch (error) {
        await note(context, letter.id, { is: 'refused', answer: 'not written' })
        throw error
      }
      const delivery = await post.deliver({
        ...written,
        id: letter.id,
        messageId: letter.message_id,
        to: order.to,
        locale: order.locale,
        date: context.now(),
      })
      await note(context, letter.id, delivery)
      if (delivery.is === 'refused')
        context.log.warn(
          { letter: letter.id, template: order.template, answer: delivery.answer },
          'the mail server has refused a letter',
        )
    },
  }
}

/** The letter of this job: made now, or found from an attempt before. */
async function claim({ job, transact }: JobContext, order: Order, secret: Uint8Array, host: string) {
  const row = await transact(async (tx) => {
    await tx.all(
      query
        .insertInto('mail.letter')
        .values({
          job: job.id,
          to_hash: addressHash(order.to, secret),
          template: order.template,
          locale: order.locale,
          message_id: messageIdOf(job.id, secret, host),
        })
        .onConflict((clash) => clash.column('job').doNothing()),
    )
    return tx.one(query.selectFrom('mail.letter').select(['id', 'message_id', 'state']).where('job', '=', job.id))
  })
  if (!row) throw new JobFailed('the row of a letter has disappeared')
  return row
}

async function note(
  { transact, now, log }: JobContext,
  id: string,
  { is, answer }: { is: 'sent' | 'refused'; answer: string },
): Promise<void> {
  try {
    await transact(async (tx) => {
      tx.later(
        query
          .updateTable('mail.letter')
          .set({ state: is, answer, ...(is === 'sent' ? { sent_at: now() } : {}) })
          .where('id', '=', id),
      )
    })
  } catch (error) {
    log.warn({ letter: id, is, ...blame(error) }, 'what became of a letter could not be noted')
    throw error
  }
}
