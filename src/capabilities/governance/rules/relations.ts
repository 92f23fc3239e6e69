import type { Body, RelationKind } from '../types.ts'

/** All the ways in which a body leads to another one, as its pack says it. */
export type LinkKind = RelationKind | 'answers-to' | 'decides-for' | 'set-up-by' | 'named-by'

type Linking = Pick<Body, 'slug' | 'together' | 'answersTo' | 'relations' | 'onBehalfOf' | 'adHoc' | 'seats'>

/** What leads out of a body: to bodies, and to groups of bodies. Nothing stands twice. */
export function linksFrom(body: Linking): { kind: LinkKind; to: string }[] {
  const links = [
    ...body.answersTo.map((to) => ({ kind: 'answers-to' as const, to })),
    ...body.onBehalfOf.map((to) => ({ kind: 'decides-for' as const, to })),
    ...(body.adHoc?.setUpBy ?? []).map((to) => ({ kind: 'set-up-by' as const, to })),
    ...body.seats.flatMap(({ namedBy }) => (namedBy === undefined ? [] : [{ kind: 'named-by' as const, to: namedBy }])),
    ...body.relations,
  ]
  return links.filter(({ kind, to }, at) => links.findIndex((one) => one.kind === kind && one.to === to) === at)
}

/** Does this name mean the body, by itself or as one of its group? */
export const means = (body: Pick<Body, 'slug' | 'together'>, name: string) =>
  body.slug === name || body.together?.slug === name

/** What leads to a body from others (GOV-1): each relation can be read from both of its ends. */
export function linksTo(
  body: Pick<Body, 'slug' | 'together'>,
  all: readonly Linking[],
): { kind: LinkKind; from: string }[] {
  return all.flatMap((one) =>
    linksFrom(one)
      .filter(({ to }) => means(body, to))
      .map(({ kind }) => ({ kind, from: one.slug })),
  )
}
