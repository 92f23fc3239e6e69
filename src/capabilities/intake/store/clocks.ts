import type { Place } from '../../../platform/calendar/deadline.ts'
import { json, query, type Tx } from '../../../platform/db/database.ts'
import { type Clock, pauseClock, resumeClock } from '../rules/clocks.ts'
import { type ClockKind, PackDeadline } from '../types.ts'
import { noteDue } from './requests.ts'

/** A clock of a request as it is stored (INT-3). */
export interface StoredClock extends Clock {
  id: string
  request: string
  kind: ClockKind
  /** the deadline of the pack as it stood when the clock began: with its source, or unverified */
  deadline: PackDeadline
  warnedAt: Date | undefined
  escalatedAt: Date | undefined
  stoppedAt: Date | undefined
}

/** Sets a clock going. */
export async function addClock(tx: Tx, request: string, deadline: PackDeadline, clock: Clock): Promise<void> {
  await tx.all(
    query.insertInto('intake.clock').values({
      request_id: request,
      kind: deadline.kind,
      deadline: json(deadline),
      started_at: clock.startedAt,
      pauses: json(clock.pauses),
      paused_at: clock.pausedAt ?? null,
      due_at: clock.dueAt,
      warn_at: clock.warnAt,
    }),
  )
}

/** All clocks of a request, those that run first. */
export async function clocksOf(tx: Tx, request: string): Promise<StoredClock[]> {
  const rows = await tx.all(
    query
      .selectFrom('intake.clock')
      .selectAll()
      .where('request_id', '=', request)
      .orderBy('stopped_at', (order) => order.desc().nullsFirst())
      .orderBy('due_at'),
  )
  return rows.map(storedClock)
}

/** Stops clocks of these kinds, whether they run or stand still. */
export async function stopClocks(tx: Tx, request: string, kinds: readonly ClockKind[]): Promise<void> {
  await tx.all(
    query
      .updateTable('intake.clock')
      .set({ stopped_at: tx.now })
      .where('request_id', '=', request)
      .where('kind', 'in', [...kinds])
      .where('stopped_at', 'is', null),
  )
  await noteDue(tx, request)
}

/** Waiting for the person begins: what it stops, stops. An emergency runs on (INT-3), and the time to bring papers is that of waiting. */
export async function pauseClocks(tx: Tx, request: string): Promise<void> {
  for (const clock of await clocksOf(tx, request)) {
    if (clock.stoppedAt || !clock.deadline.pausedByWaiting || clock.kind === 'emergency' || clock.kind === 'grace')
      continue
    await keep(tx, clock, pauseClock(clock, tx.now))
  }
  await noteDue(tx, request)
}

/** Waiting is over: what stood goes on with what was left. */
export async function resumeClocks(tx: Tx, request: string, place: Place): Promise<void> {
  for (const clock of await clocksOf(tx, request)) {
    if (clock.stoppedAt || !clock.pausedAt) continue
    await keep(tx, clock, resumeClock(clock, tx.now, place))
  }
  await noteDue(tx, request)
}

async function keep(tx: Tx, { id, dueAt: before }: StoredClock, clock: Clock): Promise<void> {
  await tx.all(
    query
      .updateTable('intake.clock')
      .set({
        pauses: json(clock.pauses),
        paused_at: clock.pausedAt ?? null,
        due_at: clock.dueAt,
        warn_at: clock.warnAt,
        // a later end is warned of anew
        ...(clock.dueAt > before ? { warned_at: null, escalated_at: null } : {}),
      })
      .where('id', '=', id)
      .where('stopped_at', 'is', null),
  )
}

type Row = {
  id: string
  request_id: string
  kind: string
  deadline: unknown
  started_at: Date
  pauses: unknown
  paused_at: Date | null
  due_at: Date
  warn_at: Date
  warned_at: Date | null
  escalated_at: Date | null
  stopped_at: Date | null
}

/** A row as the rules know it. */
export function storedClock(row: Row): StoredClock {
  const deadline = PackDeadline.parse(row.deadline)
  return {
    id: row.id,
    request: row.request_id,
    kind: row.kind as ClockKind,
    deadline,
    rule: deadline.rule,
    startedAt: row.started_at,
    pauses: (row.pauses as { from: string; until: string }[]).map(({ from, until }) => ({
      from: new Date(from),
      until: new Date(until),
    })),
    pausedAt: row.paused_at ?? undefined,
    dueAt: row.due_at,
    warnAt: row.warn_at,
    warnedAt: row.warned_at ?? undefined,
    escalatedAt: row.escalated_at ?? undefined,
    stoppedAt: row.stopped_at ?? undefined,
  }
}
