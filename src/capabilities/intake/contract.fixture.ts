import { addActor } from '../../../test/actors.ts'
import type { TestDatabase } from '../../../test/database.ts'
import { testFiles } from '../../../test/files.ts'
import { act, askForHelp, done, serviceId } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { ReceivedUpload } from '../../platform/http/uploads.ts'
import type { Locale } from '../../platform/i18n/text.ts'
import { draftContract } from './commands/draft-contract.ts'
import { offerContract } from './commands/offer-contract.ts'
import { signings } from './commands/sign-contract.ts'
import { readContract, type StoredContract } from './store/contracts.ts'

/** A request that was accepted, with a contract as its next step, and the worker who answers it. */
export interface Accepted {
  id: string
  token: string
  service: string
  worker: Actor
}

/** Somebody asks and is accepted, without the way there: what follows is a contract. */
export async function acceptedRequest(
  db: TestDatabase,
  asking: { pack: string; service: string; locale?: Locale; actor?: Actor },
): Promise<Accepted> {
  const { id, token } = await askForHelp(db, asking)
  const service = await serviceId(db, asking.service)
  const own = db.ownerPool
  const { rows } = await own.query(
    'select o.slug from intake.request r join access.organisation o on o.id = r.handler_id where r.id = $1',
    [id],
  )
  const worker = await addActor(db, 'Олена Коваль', [{ organisation: rows[0].slug, role: 'case_worker' }])
  await own.query(
    `update intake.request set state = 'in-review', needs_body = '{}', urgency = 'emergency' where id = $1`,
    [id],
  )
  await own.query(
    `insert into intake.decision (request_id, outcome, service_id, decided_at) values ($1, 'accepted', $2, $3)`,
    [id, service, db.clock.now],
  )
  await own.query(`update intake.request set state = 'accepted', decided_at = $2 where id = $1`, [id, db.clock.now])
  await own.query(
    `insert into intake.follow_up (request_id, position, kind, begun_at) values ($1, 0, 'contract', $2), ($1, 1, 'case', null)`,
    [id, db.clock.now],
  )
  return { id, token, service, worker }
}

/** A stroke with the mouse. */
export const line = [
  [
    [100, 150],
    [300, 90],
    [620, 210],
  ],
] as [number, number][][]

/** A scan of the paper, as a form would bring it. */
export async function scan(db: TestDatabase, creator: string | null): Promise<ReceivedUpload> {
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n')
  const content = (async function* () {
    yield pdf
  })()
  const reception = await testFiles(db).receive(content, { name: 'договір.pdf', creator })
  return new ReceivedUpload('paper', 'договір.pdf', reception)
}

export const read = (db: TestDatabase, id: string, actor: Actor): Promise<StoredContract | undefined> =>
  db.transact({ actor: actor.account }, (tx) => readContract(tx, id))

/** A contract of three months from the day of the clock on, offered. */
export async function offeredContract(
  db: TestDatabase,
  request: Accepted,
  days: { begins?: string; ends?: string } = {},
): Promise<string> {
  const { id } = done(
    await act(db, request.worker, draftContract, {
      request: request.id,
      begins: days.begins ?? '2026-12-01',
      ends: days.ends ?? '2027-03-01',
      place: 'Харків',
    }),
  )
  done(await act(db, request.worker, offerContract, { contract: id, version: 1 }))
  return id
}

/** Both sides sign on paper. */
export async function signBoth(db: TestDatabase, { token, worker }: Accepted, contract: string): Promise<void> {
  const { atDesk, byPerson } = signings(testFiles(db))
  const paper = { contract, form: 'paper-scan' } as const
  done(
    await act(db, worker, atDesk, {
      ...paper,
      side: 'provider',
      name: 'Олена Коваль',
      paper: await scan(db, worker.account),
    }),
  )
  done(
    await act(db, null, byPerson, { ...paper, token, name: 'Гриценко Наталя Іванівна', paper: await scan(db, null) }),
  )
}
