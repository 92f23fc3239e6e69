import type { Child } from 'hono/jsx'
import { dayAfter } from '../../../platform/calendar/working-days.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { means } from '../rules/relations.ts'
import * as due from '../store/desk/due.ts'
import { bodiesOf, listBodies } from '../store/read-body.ts'
import { seatsOn } from '../store/read-seats.ts'
import { listWheels } from '../store/wheel/read-wheel.ts'
import { DueDesk } from '../views/desk/due.tsx'
import { kept } from './meetings-desk.tsx'
import { occurrencesOf } from './wheel.tsx'

/** So many days ahead the desk looks. */
const daysAhead = 60

/** What is due in all bodies that this actor serves (GOV-11); undefined for whoever serves none. */
export async function dueOf(visit: Visit): Promise<Child | undefined> {
  const organisations = kept(visit.actor)
  if (organisations.length === 0) return undefined
  return visit.read(async (tx) => {
    const bodies = await bodiesOf(tx, organisations)
    const packs = [...new Set(bodies.map(({ pack }) => pack))]
    const timeZone = bodies[0]?.timeZone ?? 'UTC'
    const today = dayIn(visit.now, timeZone)
    const until = dayAfter(today, daysAhead)
    const [
      all,
      wheels,
      seats,
      meetings,
      minutes,
      consultations,
      conferences,
      mandates,
      questions,
      requests,
      recommendations,
      ratifications,
    ] = await Promise.all([
      Promise.all(packs.map((pack) => listBodies(tx, pack))).then((lists) => lists.flat()),
      Promise.all(packs.map((pack) => listWheels(tx, pack))).then((lists) => lists.flat()),
      seatsOn(tx, bodies, today),
      due.meetingsToPrepare(tx, organisations, new Date(visit.now.getTime() + daysAhead * 86_400_000)),
      due.minutesToApprove(tx, organisations),
      due.consultationsOnTheirWay(tx, organisations),
      due.conferenceDrafts(tx, organisations),
      due.mandatesThatEnd(tx, organisations, today, until),
      due.openQuestions(tx, organisations),
      due.openRequests(tx, organisations),
      due.unansweredRecommendations(tx, organisations),
      due.missingRatifications(tx, organisations),
    ])
    const milestones = wheels.flatMap((wheel) =>
      occurrencesOf(wheel, { from: today, until })
        .filter(({ milestone }) => bodies.some(({ profile }) => means(profile, milestone.body)))
        .map((occurrence) => ({ wheel, occurrence })),
    )
    return (
      <DueDesk
        today={today}
        timeZone={timeZone}
        bodies={bodies}
        all={all}
        seats={seats}
        meetings={meetings}
        minutes={minutes}
        consultations={consultations}
        conferences={conferences}
        mandates={mandates}
        questions={questions}
        requests={requests}
        recommendations={recommendations}
        ratifications={ratifications}
        milestones={milestones}
      />
    )
  })
}
