import { sql } from 'kysely'
import type { Tx } from '../../../../platform/db/database.ts'
import type { Locale } from '../../../../platform/i18n/text.ts'
import { speak, Text } from '../../../../platform/i18n/text.ts'
import type { MinutesDecision } from '../../types/meetings.ts'
import { DecidesBy, DecisionOutcome } from '../../types.ts'

export interface Paper {
  id: string
  file: string
  name: string
  type: string
  size: number
  confidential: boolean
  addedAt: Date
  withdrawn: boolean
}

/** One item of an agenda, as far as its reader may see it: of a confidential one the headline and its ground. */
export interface AgendaItem {
  id: string
  position: number
  title: string
  /** what the body decides here, of its `decidesOn` */
  kind: string | undefined
  matter: string | undefined
  presenter: string | undefined
  secretGround: string | undefined
  aboutPerson: boolean
  withdrawn: boolean
  words: string | undefined
  minutes: string | undefined
  papers: Paper[]
  decision: MinutesDecision | undefined
  changedAt: Date
}

interface ItemRow {
  id: string
  position: number
  title: string
  kind: string | null
  matter_id: string | null
  presenter: string | null
  secret_ground: string | null
  about_person: boolean
  withdrawn_at: Date | null
  words: string | null
  minutes: string | null
  changed_at: Date
  decision: {
    id: string
    number: string
    outcome: string
    title: unknown
    how: string
    yes: number
    no: number
    abstain: number
    quorum: boolean | null
    amount: string | null
    currency: string | null
  } | null
}

/** The agenda of a meeting in its order. @param locale of the meeting @param withdrawn also what was taken off */
export async function agendaOf(tx: Tx, meeting: string, locale: Locale, withdrawn = false): Promise<AgendaItem[]> {
  const [items, papers] = await Promise.all([
    tx.all(
      sql<ItemRow>`select i.id, i.position, i.title, i.kind, i.matter_id, i.presenter, i.secret_ground, i.about_person, i.withdrawn_at,
        w.words, l.words as minutes, i.changed_at,
        case when d.id is not null then json_build_object('id', d.id, 'number', d.number, 'outcome', d.outcome, 'title', d.title, 'how', n.how,
          'yes', n.yes, 'no', n.no, 'abstain', n.abstain, 'quorum', n.quorum, 'amount', n.amount::text, 'currency', n.currency) end as decision
        from governance.agenda_item i
        left join governance.agenda_words w on w.item_id = i.id
        left join governance.minutes_line l on l.item_id = i.id
        left join governance.item_decision n on n.item_id = i.id
        left join governance.decision d on d.id = n.decision_id
        where i.meeting_id = ${meeting} and (${withdrawn} or i.withdrawn_at is null) order by i.position`,
    ),
    tx.all(
      sql<{
        id: string
        item_id: string
        file_id: string
        name: string
        type: string
        size: string
        confidential: boolean
        added_at: Date
        withdrawn_at: Date | null
      }>`select p.id, p.item_id, p.file_id, p.name, p.type, p.size::text, p.confidential, p.added_at, p.withdrawn_at
        from governance.agenda_paper p join governance.agenda_item i on i.id = p.item_id
        where i.meeting_id = ${meeting} and (${withdrawn} or p.withdrawn_at is null) order by p.added_at, p.id`,
    ),
  ])
  const byItem = Map.groupBy(papers, ({ item_id }) => item_id)
  return items.map((row) => ({
    id: row.id,
    position: row.position,
    title: row.title,
    kind: row.kind ?? undefined,
    matter: row.matter_id ?? undefined,
    presenter: row.presenter ?? undefined,
    secretGround: row.secret_ground ?? undefined,
    aboutPerson: row.about_person,
    withdrawn: row.withdrawn_at !== null,
    words: row.words ?? undefined,
    minutes: row.minutes ?? undefined,
    papers: (byItem.get(row.id) ?? []).map((paper) => ({
      id: paper.id,
      file: paper.file_id,
      name: paper.name,
      type: paper.type,
      size: Number(paper.size),
      confidential: paper.confidential,
      addedAt: paper.added_at,
      withdrawn: paper.withdrawn_at !== null,
    })),
    decision: row.decision
      ? {
          id: row.decision.id,
          number: row.decision.number,
          outcome: DecisionOutcome.parse(row.decision.outcome),
          title: speak(Text.parse(row.decision.title), locale).words,
          how: DecidesBy.parse(row.decision.how),
          yes: row.decision.yes,
          no: row.decision.no,
          abstain: row.decision.abstain,
          quorum: row.decision.quorum,
          ...(row.decision.amount === null ? {} : { amount: row.decision.amount }),
          ...(row.decision.currency === null ? {} : { currency: row.decision.currency }),
        }
      : undefined,
    changedAt: row.changed_at,
  }))
}

/** The meeting of an item, and how the item stands; undefined where the reader may not see it. */
export async function itemById(
  tx: Tx,
  id: string,
): Promise<
  | { meeting: string; position: number; kind: string | undefined; matter: string | undefined; aboutPerson: boolean }
  | undefined
> {
  const row = await tx.one(
    sql<{ meeting_id: string; position: number; kind: string | null; matter_id: string | null; about_person: boolean }>`
      select meeting_id, position, kind, matter_id, about_person from governance.agenda_item where id = ${id}`,
  )
  return (
    row && {
      meeting: row.meeting_id,
      position: row.position,
      kind: row.kind ?? undefined,
      matter: row.matter_id ?? undefined,
      aboutPerson: row.about_person,
    }
  )
}

/** A paper with the meeting it belongs to. */
export async function paperById(tx: Tx, id: string): Promise<{ meeting: string; file: string } | undefined> {
  return tx.one(
    sql<{ meeting: string; file: string }>`select i.meeting_id as meeting, p.file_id as file
      from governance.agenda_paper p join governance.agenda_item i on i.id = p.item_id
      where p.id = ${id} and p.withdrawn_at is null`,
  )
}
