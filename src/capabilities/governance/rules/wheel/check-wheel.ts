import { WorkingCalendar } from '../../../../platform/calendar/working-days.ts'
import type { YearWheel } from '../../types/wheel.ts'
import { inOrder } from './order.ts'
import { missingIn } from './round.ts'

/** Years in which every round must be complete: leap years, and rules that count by two, four and more. */
const judged = { from: 2020, until: 2036 } as const

/**
 * What the schema of a wheel cannot say (GOV-7): whom and what it names is there, nothing hangs on itself, and no round lacks a milestone.
 * @param known slugs of bodies and groups of bodies, and of organisations
 */
export function mistakesOfWheels(
  wheels: readonly YearWheel[],
  known: { bodies: ReadonlySet<string>; organisations: ReadonlySet<string> },
  country: string | undefined,
): { path: string; message: string }[] {
  return wheels.flatMap((wheel, at) => {
    const path = (slug: string) => `${wheel.slug}.${slug}`
    const own = new Set(wheel.milestones.map(({ slug }) => slug))
    const mistakes = [
      ...(wheels.findIndex(({ slug }) => slug === wheel.slug) < at
        ? [{ path: wheel.slug, message: 'stands twice' }]
        : []),
      ...(known.organisations.has(wheel.organisation)
        ? []
        : [{ path: wheel.slug, message: `${wheel.organisation} is no organisation of this pack` }]),
      ...wheel.milestones.flatMap(({ slug, body, relative, certainty }, place) => [
        ...(wheel.milestones.findIndex((one) => one.slug === slug) < place
          ? [{ path: path(slug), message: 'stands twice' }]
          : []),
        ...(known.bodies.has(body) ? [] : [{ path: path(slug), message: `${body} is no body of this pack` }]),
        ...(relative && !own.has(relative.to)
          ? [{ path: path(slug), message: `${relative.to} is no milestone of this wheel` }]
          : []),
        ...(certainty === 'own' ? [{ path: path(slug), message: 'only a secretariat adds its own milestones' }] : []),
      ]),
    ]
    const order = inOrder(wheel.milestones)
    if ('circle' in order) mistakes.push({ path: wheel.slug, message: `${order.circle.join(', ')} hang on each other` })
    // a wheel with other mistakes would only seem to lack something
    if (mistakes.length > 0 || country === undefined) return mistakes
    const calendar = WorkingCalendar.parse({ country })
    return missingIn(wheel, calendar, judged).map(({ milestone, years }) => ({
      path: path(milestone),
      message: `does not come in ${years}: every round is complete`,
    }))
  })
}
