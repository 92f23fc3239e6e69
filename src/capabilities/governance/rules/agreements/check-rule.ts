import type { FrameworkRule } from '../../types/agreements.ts'
import type { Body } from '../../types.ts'

/** What the schema of a rule cannot say (GOV-6): bodies are there and may decide on it, parties are organisations, and nothing stands twice. */
export function mistakesOf(
  rule: FrameworkRule,
  known: { bodies: readonly Pick<Body, 'slug' | 'decidesOn'>[]; organisations: ReadonlySet<string> },
): string[] {
  const bodies = new Map(known.bodies.map((body) => [body.slug, body]))
  const deciding = rule.ways.flatMap(({ steps, ratifiedBy }) => [...steps, ...ratifiedBy])
  const named = [
    rule.keeper,
    rule.consultation.body,
    ...rule.contributors,
    ...rule.parts.flatMap(({ draftedBy }) => draftedBy),
    ...deciding,
  ]
  const mayNotDecide = deciding.filter((slug) => {
    const body = bodies.get(slug)
    return body && !body.decidesOn.some((matter) => matter.slug === rule.matter && !matter.aboutPeople)
  })
  return [
    ...unique(named.filter((slug) => !bodies.has(slug))).map((slug) => `${slug} is no body of this pack`),
    ...unique(mayNotDecide).map((slug) => `${slug} may not decide on ${rule.matter}`),
    ...rule.consultation.parties
      .filter((slug) => !known.organisations.has(slug))
      .map((slug) => `${slug} is no organisation of this pack`),
    ...twice(rule.parts.map(({ slug }) => slug)).map((slug) => `its part ${slug} stands twice`),
    ...twice(rule.ways.map(({ slug }) => slug)).map((slug) => `its way ${slug} stands twice`),
    ...rule.ways.flatMap(({ slug, steps, ratifiedBy }) =>
      [...twice(steps), ...twice(ratifiedBy)].map((body) => `${body} stands twice on the way ${slug}`),
    ),
    ...(rule.ways.some(({ amendsOnly }) => !amendsOnly) ? [] : ['no way is open to an agreement itself']),
  ]
}

const unique = (names: readonly string[]) => [...new Set(names)]
const twice = (names: readonly string[]) => unique(names.filter((name, at) => names.indexOf(name) !== at))
