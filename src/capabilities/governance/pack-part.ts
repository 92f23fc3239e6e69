import type { PackFrame, PackPart, PackProblem } from '../../platform/packs/load.ts'
import { saveBody } from './store/save-body.ts'
import { Body, KnownOrganisation } from './types.ts'

/** What governance reads from a pack. Of organisations only that they are there: others describe them. */
export interface GovernancePack {
  bodies: Body[]
  organisations: KnownOrganisation[]
}

export const governancePack: PackPart<GovernancePack> = {
  name: 'governance',
  files: {
    bodies: { pattern: 'bodies.json', schema: Body },
    organisations: { pattern: 'organisations.json', schema: KnownOrganisation },
  },
  check: checkGovernancePack,
  async load(tx, contents, pack) {
    for (const body of contents.bodies) await saveBody(tx, body, pack.id)
  },
}

/** What the schemas cannot say: whatever a body names must be there, and nothing stands twice. */
export function checkGovernancePack(contents: GovernancePack, pack: PackFrame): PackProblem[] {
  const problems: PackProblem[] = []
  const areas = new Set(pack.areas.map((area) => area.code))
  const organisations = new Set(contents.organisations.map(({ slug }) => slug))
  const bodies = new Set<string>()
  for (const body of contents.bodies) {
    const wrong = (message: string) => problems.push({ file: 'bodies.json', path: body.slug, message })
    if (bodies.has(body.slug)) wrong('stands twice')
    bodies.add(body.slug)
    if (!areas.has(body.area)) wrong(`${body.area} is no area of this pack`)
    if (!organisations.has(body.organisation)) wrong(`${body.organisation} is no organisation of this pack`)
    const matters = body.decidesOn.map(({ slug }) => slug)
    for (const matter of new Set(matters.filter((slug, at) => matters.indexOf(slug) !== at)))
      wrong(`it decides on ${matter} twice`)
  }
  return problems
}
