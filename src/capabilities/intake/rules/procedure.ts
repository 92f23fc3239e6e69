import type { ClockKind, FollowUp, IntakeProcedure, PackDeadline } from '../types.ts'

/** What rules ask of a service: its address and its kind. */
export interface Asked {
  slug: string
  kind: string
}

interface Only {
  services?: readonly string[] | undefined
  kinds?: readonly string[] | undefined
}

/** A line of a pack fits where it names the service, its kind, or nothing. */
function fits(only: Only, service: Asked | undefined): boolean {
  if (!only.services && !only.kinds) return true
  if (!service) return false
  return !!only.services?.includes(service.slug) || !!only.kinds?.includes(service.kind)
}

/**
 * INT-3: the deadline of this kind for a service on a day: of those in force, the last one in the pack that fits. General lines come
 * first in a pack, what deviates after them.
 * @param day the local day of the event, YYYY-MM-DD
 */
export function deadlineFor(
  procedure: Pick<IntakeProcedure, 'deadlines'>,
  kind: ClockKind,
  service: Asked | undefined,
  day: string,
): PackDeadline | undefined {
  return procedure.deadlines.findLast(
    (deadline) =>
      deadline.kind === kind &&
      fits(deadline, service) &&
      (deadline.from === undefined || deadline.from <= day) &&
      (deadline.until === undefined || day <= deadline.until),
  )
}

/** INT-2: what follows acceptance, and nothing more. */
export function followsOf(procedure: Pick<IntakeProcedure, 'follows'>, service: Asked): readonly FollowUp[] {
  return procedure.follows.find((line) => fits(line, service))?.steps ?? []
}

/** INT-6: bodies of which one must have agreed; empty where the card asks for none. */
export function bodiesFor(procedure: Pick<IntakeProcedure, 'bodyDecisions'>, service: Asked): readonly string[] {
  return procedure.bodyDecisions.find(({ services }) => services.includes(service.slug))?.bodies ?? []
}

/** The matter under which those bodies decide. */
export function matterFor(procedure: Pick<IntakeProcedure, 'bodyDecisions'>, service: Asked): string | undefined {
  return procedure.bodyDecisions.find(({ services }) => services.includes(service.slug))?.matter
}

/**
 * Who answers: the office in charge of the person's area, the nearest first; else the organisation of the card.
 * A notice that names no service goes to the office that takes those.
 * @param areaPath codes from the top of the tree to where the person lives or stays; empty where nobody knows
 * @returns slug of an organisation; undefined: that of the card
 */
export function officeFor(
  procedure: Pick<IntakeProcedure, 'offices'>,
  service: Asked | undefined,
  areaPath: readonly string[],
): string | undefined {
  const depth = (areas: readonly string[]) => Math.max(...areas.map((area) => areaPath.indexOf(area)))
  return procedure.offices
    .filter((office) => (service ? fits(office, service) : office.withoutService) && depth(office.areas) >= 0)
    .sort((a, b) => depth(b.areas) - depth(a.areas))[0]?.organisation
}

/**
 * INT-3: who takes an emergency of which nobody knows where it is, or which service fits: the first office of the pack that takes what names no service,
 * else its first office. Nobody in danger is asked for their area first. @returns slug of an organisation; undefined where the pack names no office
 */
export const officeForEmergency = ({ offices }: Pick<IntakeProcedure, 'offices'>): string | undefined =>
  (offices.find(({ withoutService }) => withoutService) ?? offices[0])?.organisation

/** INT-1: information is given without a name; what is formal asks what its card asks. */
export function needsName(procedure: Pick<IntakeProcedure, 'withoutName'>, service: Asked | undefined): boolean {
  if (!service) return false
  return !procedure.withoutName.services.includes(service.slug) && !procedure.withoutName.kinds.includes(service.kind)
}
