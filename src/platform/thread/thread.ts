import { query, type Tx } from '../db/database.ts'

/** One end of a link: the kind of thing, as its capability registered it, and its id. */
export interface End {
  kind: string
  id: string
}

export interface Link {
  from: End
  relation: string
  to: End
  at: Date
}

/** What a command may do with the thread: tie two things together. */
export interface Thread {
  link(from: End, relation: string, to: End): void
}

/** A kind of thing that can stand in the thread; a capability registers those that it owns. */
export interface ThreadKind {
  kind: string
  /** may everybody see things of this kind */
  public: boolean
  /** address and label of a thing, undefined when it is gone or the reader may not see it */
  describe(tx: Tx, id: string): Promise<{ href: string; label: string } | undefined>
  /**
   * What this capability tells everybody on the page of another thing, in its own words: what belongs to that thing by the capability's own tables, where
   * it may change and end. What once happened is a link instead, which stands for good.
   */
  around?(tx: Tx, end: End): Promise<readonly Told[]>
}

/** A line about a thing on the page of another: where it leads, what it is called, and one line of facts. */
export interface Told {
  href: string
  label: string
  facts?: string
}

/** What capabilities tell everybody on the page of this thing, in the order in which they are registered. */
export async function toldAround(tx: Tx, kinds: readonly ThreadKind[], end: End): Promise<Told[]> {
  const told = await Promise.all(kinds.map((kind) => (kind.public ? kind.around?.(tx, end) : undefined) ?? []))
  return told.flat()
}

/** Address and label of whatever stands in the thread, as the capability that owns it tells; undefined where none does, or the reader may not see it. */
export async function describeEnd(
  tx: Tx,
  kinds: readonly ThreadKind[],
  { kind, id }: End,
): Promise<{ href: string; label: string } | undefined> {
  return kinds.find((one) => one.kind === kind)?.describe(tx, id)
}

/** The thread of a transaction; a link that stands already is left as it is. */
export function threadOf(tx: Tx): Thread {
  return {
    link(from, relation, to) {
      tx.later(
        query
          .insertInto('thread.link')
          .values({ from_kind: from.kind, from_id: from.id, relation, to_kind: to.kind, to_id: to.id })
          .onConflict((clash) => clash.doNothing()),
      )
    },
  }
}

/** All links that touch a thing, oldest first, in both directions. */
export async function linksOf(tx: Tx, end: End): Promise<Link[]> {
  const rows = await tx.all(
    query
      .selectFrom('thread.link')
      .selectAll()
      .where((where) =>
        where.or([
          where.and([where('from_kind', '=', end.kind), where('from_id', '=', end.id)]),
          where.and([where('to_kind', '=', end.kind), where('to_id', '=', end.id)]),
        ]),
      )
      .orderBy('at')
      .orderBy('id'),
  )
  return rows.map((row) => ({
    from: { kind: row.from_kind, id: row.from_id },
    relation: row.relation,
    to: { kind: row.to_kind, id: row.to_id },
    at: row.at,
  }))
}
