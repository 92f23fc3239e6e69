import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { testFiles } from '../../../test/files.ts'
import { act, askForHelp, done, loadIntakePacks, serviceId } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { decideRequest } from './commands/decide-request.ts'
import { draftContract } from './commands/draft-contract.ts'
import { extendContract } from './commands/extend-contract.ts'
import { offerContract } from './commands/offer-contract.ts'
import { addDuty } from './commands/set-duty.ts'
import { settleDocument } from './commands/settle-document.ts'
import { signings } from './commands/sign-contract.ts'
import { takeRequest } from './commands/take-request.ts'
import { acceptedRequest, offeredContract, scan, signBoth } from './contract.fixture.ts'
import { linkPurpose } from './link.ts'
import { documentsOf } from './store/documents.ts'
import type { DangerSign } from './types.ts'

const db = await testDatabase()
const family = { pack: 'ua-kharkiv', service: 'vlashtuvannia-do-simeinykh-form-vykhovannia' } as const
const shelter = { pack: 'ua-kharkiv', service: 'nadannia-prytulku' } as const
const support = { pack: 'ua-kharkiv', service: 'sotsialnyi-suprovid', locale: 'uk' } as const
const denmark = { pack: 'dk-midtjylland', service: 'viborg-bostoette-hjemme', locale: 'da' } as const

let worker: Actor
let lead: Actor
/** What stands in for `$name` in a statement. */
const ids: Record<string, string> = {}
let link: string

beforeAll(async () => {
  await loadIntakePacks(db, ['ua-kharkiv', 'dk-midtjylland'])
  worker = await addActor(db, 'Олена Коваль', [{ organisation: 'dovira', role: 'case_worker' }])
  lead = await addActor(db, 'Ірина Савченко', [{ organisation: 'dovira', role: 'team_lead' }])
  const papersOf = (id: string) => db.transact({ actor: worker.account }, (tx) => documentsOf(tx, id))
  const seePapers = async (id: string) => {
    for (const { id: document, state } of await papersOf(id))
      if (state === 'open') done(await act(db, worker, settleDocument, { document, as: 'seen' }))
  }
  const inReview = async (asking: Parameters<typeof askForHelp>[1]) => {
    const { id } = await askForHelp(db, asking)
    done(await act(db, worker, takeRequest, { request: id }))
    return id
  }
  /** Asked for its papers long ago: nothing came. */
  const reminded = async (dangers: DangerSign[]) => {
    const id = await inReview({ ...family, situation: { dangers } })
    await db.ownerPool.query(
      `insert into intake.reminder (request_id, at, documents, grace_until)
         select request_id, '2026-11-01', array_agg(id), '2026-11-10' from intake.document where request_id = $1 group by 1`,
      [id],
    )
    return id
  }
  ids.new = (await askForHelp(db, family)).id
  ids.review = await inReview(family)
  ids.late = await reminded([])
  ids.danger = await reminded(['child'])
  ids.body = await inReview(support)
  await seePapers(ids.body)
  const waiting = await askForHelp(db, shelter)
  ids.waits = waiting.id
  link = linkPurpose(waiting.token)
  done(await act(db, worker, takeRequest, { request: waiting.id }))
  await seePapers(waiting.id)
  done(await act(db, worker, decideRequest, { request: waiting.id, outcome: 'accepted' }))
  ids.other = await serviceId(db, shelter.service)
})

type As = { actor?: string; purpose?: string }

/** @returns how many rows a statement of the program's role changed, or why it was refused; nothing of it stays */
async function attempt({ actor = '', purpose = '' }: As, statement: string): Promise<number | string> {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.actor', $1, true), set_config('app.purpose', $2, true)`, [
      actor,
      purpose,
    ])
    const words = statement.replaceAll(/\$([a-z]+)/g, (_all, name: string) => `'${ids[name]}'`)
    return (await client.query(words)).rowCount ?? 0
  } catch (error) {
    return (error as Error).message
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** A decision as somebody would write it past the program. */
const decide = (request: string, columns: Record<string, string>) => {
  const all = { service_id: 'service_id', decided_at: `'2026-11-23'`, ...columns }
  return `insert into intake.decision (request_id, ${Object.keys(all).join(', ')}) select id, ${Object.values(all).join(', ')} from intake.request where id = ${request}`
}
const refusal = {
  outcome: `'refused'`,
  ground_code: `'incomplete-documents'`,
  facts: `'Документа про статус сім’ї немає.'`,
  appeal: `'{}'`,
  human: `'Олена'`,
}

describe('the database refuses the office too, whoever writes the SQL', () => {
  test.each([
    [
      'INT-2: when it was sent',
      /^INT-2: when/,
      `update intake.request set submitted_at = '2020-01-01' where id = $review`,
    ],
    ['INT-2: before review', /^INT-2: only a request in review/, decide('$new', { outcome: `'accepted'` })],
    [
      'INT-2: without a decision',
      /^INT-2: accepted needs/,
      `update intake.request set state = 'accepted' where id = $review`,
    ],
    [
      'INT-2: no agreement',
      /check constraint/,
      decide('$review', { outcome: `'redirected'`, redirect_service_id: '$other' }),
    ],
    [
      'INT-2: a second place',
      /waiting_once/,
      `insert into intake.waiting (request_id, service_id, handler_id, urgency, since) select id, service_id, handler_id, urgency, submitted_at from intake.request where id = $waits`,
    ],
    [
      'INT-3: a second clock',
      /clock_running/,
      `insert into intake.clock (request_id, kind, deadline, started_at, due_at, warn_at) select request_id, kind, deadline, started_at, due_at, warn_at from intake.clock where request_id = $review and kind = 'decision'`,
    ],
    ['INT-4: a paper is open', /^INT-4/, decide('$review', { outcome: `'accepted'` })],
    [
      'INT-4: waived for nothing',
      /check constraint/,
      `update intake.document set state = 'waived', reason = null where request_id = $review`,
    ],
    [
      'INT-5: another service',
      /^INT-5: the decision is about another/,
      decide('$review', { outcome: `'accepted'`, service_id: '$other::uuid' }),
    ],
    [
      'INT-5: no such ground',
      /^INT-5: the card lists no/,
      decide('$late', { ...refusal, ground_code: `'moved-away'` }),
    ],
    ['INT-5: an emergency', /^INT-5: missing papers/, decide('$danger', refusal)],
    ['INT-5: without facts', /check constraint/, decide('$late', { ...refusal, facts: `'немає'` })],
    ['INT-5: no facts at all', /check constraint/, decide('$late', { ...refusal, facts: 'null' })],
    ['INT-5: no appeal', /check constraint/, decide('$late', { ...refusal, appeal: 'null' })],
    ['INT-5: nobody else', /check constraint/, decide('$late', { ...refusal, human: 'null' })],
    [
      'INT-5: a ground without a refusal',
      /check constraint/,
      decide('$review', {
        outcome: `'redirected'`,
        redirect_service_id: '$other',
        agreed: `'Так'`,
        ground_code: `'incomplete-documents'`,
      }),
    ],
    [
      'INT-5: no time of grace',
      /check constraint/,
      `insert into intake.reminder (request_id, at, documents, grace_until) select request_id, now(), array[id], now() from intake.document where request_id = $review limit 1`,
    ],
    ['INT-6: no body has agreed', /^INT-6/, decide('$body', { outcome: `'accepted'` })],
    [
      'INT-10: mailed, and why not',
      /check constraint/,
      `insert into intake.letter (request_id, kind, cause, locale, subject, paragraphs, at, sent, held) values ($review, 'decision', 'x', 'en', 'x', '[]', now(), 'mail', 'no address')`,
    ],
    [
      'INT-10: held for no reason',
      /check constraint/,
      `insert into intake.letter (request_id, kind, cause, locale, subject, paragraphs, at, sent) values ($review, 'decision', 'x', 'en', 'x', '[]', now(), 'page')`,
    ],
  ])('%s', async (_rule, why, statement) => {
    expect(await attempt({ actor: worker.account }, statement)).toMatch(why)
  })

  test('INT-5: what is refused rightly is refused', async () => {
    expect(await attempt({ actor: worker.account }, decide('$late', refusal))).toBe(1)
  })

  test.each(['decision', 'step', 'reminder', 'signature', 'document_file', 'distinct_pair'])(
    'INT-2: what was written down stays as it was: %s',
    async (table) => {
      for (const purpose of ['', 'intake', 'administration'])
        for (const statement of [`update intake.${table} set at = now()`, `delete from intake.${table}`])
          expect(
            await attempt(
              { actor: worker.account, purpose },
              statement.replace('decision set at', 'decision set decided_at'),
            ),
          ).toMatch(/permission denied/)
    },
  )

  test('INT-4, INT-2: papers that were given, and requests that were sent, are thrown away by nobody', async () => {
    const settled = `delete from intake.document where request_id = $body and state <> 'open'`
    for (const as of [{ actor: worker.account }, { purpose: 'intake' }, { purpose: 'administration' }])
      for (const statement of [settled, 'delete from intake.request where id = $new'])
        expect(await attempt(as, statement)).toBe(0)
  })

  test('INT-3: nobody stands on the duty list twice at one time', async () => {
    const organisation = lead.memberships[0]?.organisation ?? ''
    const turn = { organisation, account: worker.account, from: '2026-12-01T08:00:00Z', until: '2026-12-01T20:00:00Z' }
    done(await act(db, lead, addDuty, turn))
    const again = `insert into intake.duty (organisation_id, account_id, during) select organisation_id, account_id, during from intake.duty`
    expect(await attempt({ actor: lead.account }, again)).toMatch(/exclusion constraint/)
  })
})

describe('the database refuses whoever asked, whoever writes the SQL', () => {
  test.each([
    `update intake.waiting set urgency = 'emergency' where request_id = $waits`,
    `update intake.waiting set left_at = now(), left_reason = 'place-found' where request_id = $waits`,
    `update intake.follow_up set done_at = now() where request_id = $waits`,
  ])('INT-9, INT-2: %s', async (statement) => {
    expect(await attempt({ purpose: link }, statement)).toMatch(/^INT-2: that is for the office/)
  })

  test('INT-9: leaving for a reason of one’s own is theirs', async () => {
    const leave = `update intake.waiting set left_at = now(), left_reason = 'no-longer-wanted' where request_id = $waits`
    expect(await attempt({ purpose: link }, leave)).toBe(1)
  })
})

describe('the database refuses whoever answers elsewhere, whoever writes the SQL', () => {
  let elsewhere: As

  beforeAll(async () => {
    const stranger = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'team_lead' }])
    elsewhere = { actor: stranger.account }
    await db.ownerPool.query(
      `insert into intake.alert (request_id, account_id, at, reason) values ($1, $2, now(), 'duty')`,
      [ids.danger, worker.account],
    )
    const { rows } = await db.ownerPool.query(
      `select (select id from intake.waiting where request_id = $1) as place, (select person_id from intake.request where id = $1) as person,
        (select person_id from intake.request where id = $2) as another`,
      [ids.waits, ids.review],
    )
    Object.assign(ids, rows[0])
    await db.ownerPool.query(
      `insert into access.grant (account_id, object_kind, object_id, basis, granted_by) values ($1, 'intake.person', $2, 'Named', $3)`,
      [worker.account, ids.another, lead.account],
    )
    // somebody waits before them
    await db.ownerPool.query(
      `insert into intake.waiting (request_id, service_id, handler_id, urgency, since)
         select $2, service_id, handler_id, 'emergency', since from intake.waiting where request_id = $1`,
      [ids.waits, ids.new],
    )
    const request = await acceptedRequest(db, support)
    ids.contract = await offeredContract(db, request, { begins: '2026-11-24', ends: '2027-03-01' })
    await signBoth(db, request, ids.contract)
    await db.ownerPool.query('update intake.follow_up set done_at = null, begun_at = null where request_id = $1', [
      request.id,
    ])
  })
  const answers = (what: string) => `select from (select ${what} as told) t where told::text not in ('false', '0')`
  const pair = `least($person::uuid, $another::uuid), greatest($person::uuid, $another::uuid)`

  test.each([
    ['INT-11: how contact is safe', answers(`intake.tell_contact($review, '{}', now())`)],
    ['INT-9: how many wait', answers('intake.ahead_of($place)')],
    ['INT-7: what a contract brings about', answers('intake.contract_done($contract)')],
    ['INT-8: requests of a record', 'select from intake.move_requests($person, $another, null)'],
    ['INT-8: who reads a record', 'select from intake.readers($another)'],
    ['INT-3: who was called', 'select from intake.alert'],
    ['INT-3: that somebody has it', 'update intake.alert set acknowledged_at = now()'],
    ['INT-3: the clocks of another', 'select from intake.clock'],
    ['INT-8: who is hidden', 'select from intake.hidden_requests()'],
  ])('%s', async (_rule, statement) => {
    await db.ownerPool.query('update intake.person set restricted = true where id = $1', [ids.another])
    expect(await attempt(elsewhere, statement)).toBe(0)
    await db.ownerPool.query('update intake.person set restricted = false where id = $1', [ids.another])
  })

  test('INT-8: nobody tells apart, or joins, records of an office that is not theirs', async () => {
    for (const statement of [
      `insert into intake.distinct_pair (first_id, second_id, at) values (${pair}, now())`,
      `insert into intake.merge (kept_id, merged_id, score, reasons, moved, at) values ($person, $another, 1, '[]', '{}', now())`,
    ]) {
      expect(await attempt(elsewhere, statement)).toMatch(/row-level security/)
      expect(await attempt({ actor: worker.account }, statement)).toBe(1)
    }
  })

  test('INT-3: the duty list is written by the team leads alone', async () => {
    const turn = `insert into intake.duty (organisation_id, account_id, during) select handler_id, '${worker.account}', tstzrange('2027-01-01', '2027-01-02') from intake.request where id = $new`
    expect(await attempt({ actor: worker.account }, turn)).toMatch(/row-level security/)
    expect(await attempt({ actor: lead.account }, turn)).toBe(1)
  })

  test('INT-8: who has left the office, and whose grant is over, sees no more', async () => {
    const gone = await addActor(db, 'Андрій Бондар', [{ organisation: 'dovira', role: 'case_worker' }])
    const as = { actor: gone.account }
    const read = 'select from intake.person where id = $another'
    await db.ownerPool.query('update intake.person set restricted = false where id = $1', [ids.another])
    expect(await attempt(as, read)).toBe(1)
    await db.ownerPool.query('update intake.person set restricted = true where id = $1', [ids.another])
    expect(await attempt(as, read)).toBe(0)
    const grant = async (until: string | null) => {
      await db.ownerPool.query('delete from access.grant where object_id = $1', [ids.another])
      await db.ownerPool.query(
        `insert into access.grant (account_id, object_kind, object_id, basis, granted_by, since, until)
           values ($1, 'intake.person', $2, 'Named', $3, now(), $4)`,
        [gone.account, ids.another, lead.account, until],
      )
    }
    await grant(null)
    expect(await attempt(as, read)).toBe(1)
    await grant('2020-01-01')
    expect(await attempt(as, read)).toBe(0)
    await db.ownerPool.query('update intake.person set restricted = false where id = $1', [ids.another])
    await db.ownerPool.query('update access.membership set until = now() where account_id = $1', [gone.account])
    expect(await attempt(as, read)).toBe(0)
  })
})

describe('INT-7 in the database', () => {
  const add = (begins: string, extended: string) =>
    `insert into intake.contract (request_id, service_id, provider_id, begins_on, ends_on, extends_id, text, locale, created_at)
     select request_id, service_id, provider_id, ${begins}, ${begins} + 100, ${extended}, text, locale, now() from intake.contract where id = $contract`
  const sign = (form: string, more: string) =>
    `insert into intake.signature (contract_id, side, form, name, text_hash, at, evidence)
     select id, 'person', '${form}', 'N', text_hash, now(), '${more}' from intake.contract where id = $contract`

  test('INT-7: one contract at a time waits for signatures, one is the first, and one extends it', async () => {
    const request = await acceptedRequest(db, support)
    const as = { actor: request.worker.account }
    ids.contract = await offeredContract(db, request, { begins: '2026-11-24', ends: '2027-03-01' })
    expect(await attempt(as, add(`date '2026-12-01'`, 'null'))).toMatch(/contract_open/)
    await signBoth(db, request, ids.contract)
    expect(await attempt(as, add(`date '2026-12-01'`, 'null'))).toMatch(/contract_first/)
    expect(await attempt(as, add(`date '2027-03-02'`, 'id'))).toMatch(/^INT-7: only a contract that runs/)
    expect(await attempt(as, add(`date '2027-03-01'`, 'id'))).toBe(1)
    const wording = { contract: ids.contract, ends: '2027-05-01', place: 'Харків' }
    const { id } = done(await act(db, request.worker, extendContract, wording))
    done(await act(db, request.worker, offerContract, { contract: id, version: 1 }))
    await signBoth(db, request, id)
    expect(await attempt(as, add(`date '2027-03-01'`, 'id'))).toMatch(/contract_extended/)
  })

  test('INT-7: one signature binds nobody, and whoever asked ends it for themselves alone', async () => {
    const request = await acceptedRequest(db, support)
    ids.contract = await offeredContract(db, request)
    const paper = await scan(db, request.worker.account)
    const own = { contract: ids.contract, form: 'paper-scan', side: 'provider', name: 'Олена Коваль', paper } as const
    done(await act(db, request.worker, signings(testFiles(db)).atDesk, own))
    const signed = `update intake.contract set state = 'signed' where id = $contract`
    for (const as of [{ actor: request.worker.account }, { purpose: linkPurpose(request.token) }])
      expect(await attempt(as, signed)).toMatch(/^INT-7: both sides sign/)
    const end = (by: string) =>
      `update intake.contract set state = 'ended', ended_on = '2026-12-01', ended_by = '${by}' where id = $contract`
    for (const by of ['provider', 'term'])
      expect(await attempt({ purpose: linkPurpose(request.token) }, end(by))).toMatch(/^INT-2: that is for the office/)
    expect(await attempt({ purpose: linkPurpose(request.token) }, end('person'))).toBe(1)
    // nobody signs for the provider but the office
    const forProvider = sign('paper-scan', '{}').replace(`'person'`, `'provider'`)
    expect(await attempt({ purpose: linkPurpose(request.token) }, forProvider)).toMatch(/row-level security/)
    expect(await attempt({ purpose: linkPurpose(request.token) }, sign('paper-scan', '{}'))).toMatch(/check constraint/)
  })

  test('INT-7: a drawn line has strokes, and a draft stays about the service that was accepted', async () => {
    const request = await acceptedRequest(db, denmark)
    ids.contract = await offeredContract(db, request)
    expect(await attempt({ purpose: linkPurpose(request.token) }, sign('drawn', '{}'))).toMatch(/check constraint/)
    const fresh = await acceptedRequest(db, denmark)
    const wording = { request: fresh.id, begins: '2026-12-01', ends: '2027-03-01', place: 'Viborg' }
    ids.contract = done(await act(db, fresh.worker, draftContract, wording)).id
    const turn = 'update intake.contract set service_id = $other where id = $contract'
    expect(await attempt({ actor: fresh.worker.account }, turn)).toMatch(/^INT-7: whose contract/)
  })
})
