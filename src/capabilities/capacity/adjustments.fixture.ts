import { sql } from 'kysely'
import type { z } from 'zod'
import type { TestDatabase } from '../../../test/database.ts'
import { act, done } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { recordAddress } from '../governance/contract.ts'
import { contactMunicipalities } from './commands/adjustments/contact-municipalities.ts'
import { planAdjustment } from './commands/adjustments/plan-adjustment.ts'
import { putIntoEffect, takeOver } from './jobs/adjustments/carry-out.ts'
import { adjustmentsPurpose } from './jobs/adjustments/tell.ts'
import { addOffer, asOwner, organisation } from './places.fixture.ts'
import { adjustmentById, type StoredAdjustment } from './store/adjustments/read-adjustment.ts'

let made = 0

/** An offer of Viborg with places, in which people of other municipalities live: so it is in scope. @returns id and slug */
export async function offerInUse(
  db: TestDatabase,
  { places = 20, users = ['aarhus-kommune'] }: { places?: number; users?: readonly string[] } = {},
): Promise<{ id: string; slug: string }> {
  const slug = `eksempel-${++made}`
  const id = await addOffer(db, { slug, places, opened: '2015-01-01' })
  for (const [at, user] of users.entries()) await addStay(db, id, user, at + 1)
  return { id, slug }
}

/** Somebody of a municipality lives at a place of an offer. */
export async function addStay(
  db: TestDatabase,
  offer: string,
  municipality: string,
  position: number,
  from = '2015-02-01',
): Promise<void> {
  const payer = await organisation(db, municipality)
  await asOwner(db, (tx) =>
    tx.all(sql`insert into capacity.stay (offer_id, place_id, municipality_id, person_key, during)
      select ${offer}, p.id, ${payer}, ${`p-${position}`}, daterange(${from}::date, null) from capacity.place p
      where p.offer_id = ${offer} and p.position = ${position}`),
  )
}

/** A plan as tests need one; what is not said is as usual. */
export const planOf = (offer: string, more: Partial<z.input<typeof planAdjustment.input>> = {}) => ({
  offer,
  kind: 'change' as const,
  effectOn: '2027-03-01',
  reason: { da: 'Der er færre borgere i målgruppen.' },
  peopleEffect: { da: 'Ingen skal flytte.' },
  tariffEffect: { da: 'Taksten stiger lidt.' },
  alternatives: { da: 'At vente et år.' },
  ...more,
})

/** Plans, as the operator. @returns the id */
export async function plan(
  db: TestDatabase,
  operator: Actor,
  offer: string,
  more: Partial<z.input<typeof planAdjustment.input>> = {},
): Promise<string> {
  return done(await act(db, operator, planAdjustment, planOf(offer, more))).id
}

/** The secretariat writes down where letters to municipalities go. */
export async function keepAddresses(db: TestDatabase, secretary: Actor, towns: readonly string[]): Promise<void> {
  for (const town of towns)
    done(
      await act(db, secretary, recordAddress, {
        keeper: 'viborg-kommune',
        party: `organisation:${town}`,
        email: `${town}@example.org`,
        locale: 'da',
      }),
    )
}

/** Contacts whoever is affected. */
export const contact = async (db: TestDatabase, operator: Actor, id: string) =>
  done(await act(db, operator, contactMunicipalities, { id }))

/** An adjustment as the jobs see it. */
export async function stored(db: TestDatabase, id: string): Promise<StoredAdjustment> {
  const found = await asJob(db, (tx) => adjustmentById(tx, id))
  if (!found) throw new Error('no such adjustment')
  return found
}

/** Does something on the errand of the jobs. */
export const asJob = <T>(db: TestDatabase, work: (tx: Tx) => Promise<T>) =>
  db.transact({ actor: null, purpose: adjustmentsPurpose }, work)

/** Looks at one adjustment as the job does that runs four times an hour. */
export const carryOut = (db: TestDatabase, id: string) => asJob(db, (tx) => putIntoEffect(tx, id))
export const judge = (db: TestDatabase, id: string) => asJob(db, (tx) => takeOver(tx, id))

/** Moves the clock to noon of a day. */
export function on(db: TestDatabase, day: string): void {
  db.clock.now = new Date(`${day}T11:00:00Z`)
}

/** Approved places of an offer on a day. */
export async function placesAt(db: TestDatabase, offer: string, day: string): Promise<number> {
  const row = await db.transact({ actor: null }, (tx) =>
    tx.one(
      sql<{
        approved: number
      }>`select approved from capacity.places where offer_id = ${offer} and during @> ${day}::date`,
    ),
  )
  return row?.approved ?? 0
}
