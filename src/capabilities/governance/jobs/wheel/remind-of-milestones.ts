import { z } from 'zod'
import { dayAfter } from '../../../../platform/calendar/working-days.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { Locale, speak } from '../../../../platform/i18n/text.ts'
import type { Job } from '../../../../platform/jobs/job.ts'
import { jobQueue } from '../../../../platform/jobs/queue.ts'
import { sendLetter } from '../../../../platform/mail/letter.ts'
import { means } from '../../rules/relations.ts'
import { occurrencesIn } from '../../rules/wheel/occurrences.ts'
import { listBodies, type StoredBody } from '../../store/read-body.ts'
import { listWheels, type StoredWheel, secretariesOf } from '../../store/wheel/read-wheel.ts'
import { noteReminder } from '../../store/wheel/save-wheel.ts'

interface Due {
  day: string
  wheel: StoredWheel
  names: StoredWheel['profile']['names']
  /** who is responsible */
  bodies: StoredBody[]
}

/**
 * Reminds secretariats of what their bodies owe soon (GOV-7): one letter each, and of each day once. A milestone that is moved is told anew.
 * @param url address under which people reach this instance @returns how many letters are queued
 */
export async function remindOfMilestones(tx: Tx, url: string): Promise<number> {
  const due = (await Promise.all((await listWheels(tx, undefined)).map((wheel) => dueOf(tx, wheel)))).flat()
  const organisations = [...new Set(due.flatMap(({ bodies }) => bodies.map(({ organisation }) => organisation.id)))]
  const people = Map.groupBy(await secretariesOf(tx, organisations), ({ email }) => email)
  let letters = 0
  for (const [email, memberships] of people) {
    const own = memberships.map(({ organisation }) => organisation)
    const items = due.filter(({ bodies }) => bodies.some(({ organisation }) => own.includes(organisation.id)))
    const locale = Locale.safeParse(memberships[0]?.locale).data ?? languageOf(items[0])
    sendLetter(jobQueue(tx), {
      to: email,
      template: 'governance.milestones',
      locale,
      parameters: {
        items: items.map(({ day, names, bodies }) => ({
          day,
          name: speak(names, locale).words,
          body: speak(
            (bodies.length > 1 ? bodies[0]?.profile.together?.names : undefined) ?? bodies[0]?.profile.names ?? names,
            locale,
          ).words,
        })),
        link: `${url}/year-wheel?region=${items[0]?.wheel.pack ?? ''}`,
      },
    })
    letters++
  }
  return letters
}

/** What comes soon enough to be told of today, and was not told of before. */
async function dueOf(tx: Tx, wheel: StoredWheel): Promise<Due[]> {
  const today = dayIn(tx.now, wheel.timeZone)
  const soon = occurrencesIn(
    wheel.milestones,
    wheel.calendar,
    { from: today, until: dayAfter(today, 120) },
    wheel.moves,
  ).filter(({ milestone, day }) => milestone.remindDays > 0 && day <= dayAfter(today, milestone.remindDays))
  if (soon.length === 0) return []
  const bodies = await listBodies(tx, wheel.pack)
  const due: Due[] = []
  for (const { milestone, day } of soon)
    if (await noteReminder(tx, wheel.id, milestone.slug, day))
      due.push({
        day,
        wheel,
        names: milestone.names,
        bodies: bodies.filter(({ profile }) => means(profile, milestone.body)),
      })
  return due
}

const languageOf = (due: Due | undefined): Locale => (due ? speak(due.wheel.profile.names, 'en').locale : 'en')

/** Every morning before offices open. Its purpose is that of administration: it reads the addresses of secretariats. */
export const remindOfMilestonesJob: Job<Record<string, never>> = {
  task: 'governance.remind-of-milestones',
  payload: z.object({}),
  purpose: 'administration',
  cron: '20 5 * * *',
  async run({ config, log, transact }) {
    const letters = await transact((tx) => remindOfMilestones(tx, config.url))
    log.info({ letters }, 'secretariats were reminded of milestones')
  },
}
