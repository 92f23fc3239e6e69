import type { Milestone } from '../../types/wheel.ts'

type Named = Pick<Milestone, 'slug' | 'relative'>

/**
 * Milestones so that each stands after the one it hangs on (GOV-7).
 * @returns the names that hang on each other in a circle, where they do; a milestone that hangs on nothing known is left out
 */
export function inOrder<One extends Named>(milestones: readonly One[]): { order: One[] } | { circle: string[] } {
  const known = new Map(milestones.map((one) => [one.slug, one]))
  const order: One[] = []
  const done = new Map<string, boolean>()
  for (const milestone of milestones) {
    const way: One[] = []
    let at: One | undefined = milestone
    while (at && !done.has(at.slug)) {
      if (way.includes(at)) return { circle: way.slice(way.indexOf(at)).map(({ slug }) => slug) }
      way.push(at)
      at = at.relative && known.get(at.relative.to)
    }
    // what the way ends at decides for all of it: something that comes by itself, something done before, or nothing
    const last = way.at(-1)
    const stands = at ? (done.get(at.slug) ?? false) : last?.relative === undefined
    for (const one of way.reverse()) {
      done.set(one.slug, stands)
      if (stands) order.push(one)
    }
  }
  return { order }
}
