import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { testFiles } from '../../../test/files.ts'
import { act, done, loadIntakePacks } from '../../../test/intake-house.ts'
import { pdfText } from '../../../test/pdf-text.ts'
import { makePdf } from '../../platform/pdf/pdf.ts'
import { draftContract } from './commands/draft-contract.ts'
import { endContract, leaveContract } from './commands/end-contract.ts'
import { extendContract } from './commands/extend-contract.ts'
import { offerContract } from './commands/offer-contract.ts'
import { signings } from './commands/sign-contract.ts'
import { type Accepted, acceptedRequest, line, offeredContract, read, scan, signBoth } from './contract.fixture.ts'
import { endContracts } from './jobs/end-contracts.ts'
import { linkPurpose } from './link.ts'
import { canonical } from './rules/contract.ts'
import { contractsOf } from './store/contracts.ts'
import { followUpsOf } from './store/decisions.ts'
import { stepsOf } from './store/steps.ts'
import { contractPdf } from './views/contract-pdf.ts'

const db = await testDatabase({ now: new Date('2026-11-29T10:00:00Z') })
const sign = signings(testFiles(db))
const kharkiv = { pack: 'ua-kharkiv', service: 'sotsialnyi-suprovid', locale: 'uk' } as const
const denmark = { pack: 'dk-midtjylland', service: 'viborg-bostoette-hjemme', locale: 'da' } as const

beforeAll(() => loadIntakePacks(db))

/** What one statement by the role of the program does, undone afterwards. */
async function attempt(as: { actor?: string; purpose?: string }, text: string, values: unknown[]): Promise<string> {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.actor', $1, true), set_config('app.purpose', $2, true)`, [
      as.actor ?? '',
      as.purpose ?? '',
    ])
    const { rowCount } = await client.query(text, values)
    return `${rowCount} rows`
  } catch (error) {
    return (error as Error).message
  } finally {
    await client.query('rollback')
    client.release()
  }
}

describe('INT-7: writing', () => {
  test('INT-7: only after acceptance, when it is next; the person sees nothing before it is offered', async () => {
    const request = await acceptedRequest(db, kharkiv)
    const { worker, id, token } = request
    const wording = { request: id, begins: '2026-12-01', ends: '2027-03-01', place: 'Харків' }
    await db.ownerPool.query(
      `update intake.follow_up set position = position + 1 where request_id = $1 and kind = 'case'`,
      [id],
    )
    await db.ownerPool.query(`update intake.follow_up set position = 1 where request_id = $1 and kind = 'contract'`, [
      id,
    ])
    await db.ownerPool.query(
      `insert into intake.follow_up (request_id, position, kind, begun_at) values ($1, 0, 'formal-decision', now())`,
      [id],
    )
    expect((await act(db, worker, draftContract, wording)).is).toBe('late')
    await db.ownerPool.query(`update intake.follow_up set done_at = now() where request_id = $1 and position = 0`, [id])
    const other = await addActor(db, 'Jens Holm', [{ organisation: 'viborg-kommune', role: 'case_worker' }])
    expect((await act(db, other, draftContract, wording)).is).toBe('notFound')
    const { id: contract } = done(await act(db, worker, draftContract, wording))
    const asPerson = () => db.transact({ actor: null, purpose: linkPurpose(token) }, (tx) => contractsOf(tx, id))
    expect(await asPerson()).toEqual([])
    expect((await act(db, worker, draftContract, wording)).is).toBe('conflict')
    const again = { ...wording, version: 1, besides: 'Зустрічі щовівторка.' }
    expect(done(await act(db, worker, draftContract, again)).id).toBe(contract)
    expect((await act(db, worker, offerContract, { contract, version: 1 })).is).toBe('conflict')
    done(await act(db, worker, offerContract, { contract, version: 2 }))
    expect((await asPerson())[0]).toMatchObject({ state: 'offered', text: { besides: 'Зустрічі щовівторка.' } })
    expect((await act(db, worker, draftContract, { ...wording, version: 3 })).is).toBe('late')
  })

  test('INT-7: it says who, what, how long, rights, duties and what either side may end it for, as card and pack say', async () => {
    const request = await acceptedRequest(db, kharkiv)
    const contract = await read(db, await offeredContract(db, request), request.worker)
    const { rows } = await db.ownerPool.query(
      `select s.card, p.details -> 'contract' as contract from directory.service s, intake.procedure p where s.id = $1 and p.pack = 'ua-kharkiv'`,
      [request.service],
    )
    const { card, contract: pack } = rows[0]
    expect(contract?.text).toMatchObject({
      person: { name: 'Гриценко Наталя Іванівна', birthDate: '1990-05-17' },
      begins: '2026-12-01',
      ends: '2027-03-01',
      service: { slug: kharkiv.service },
      unverified: true,
    })
    const words = (texts: { uk: string }[]) => texts.map(({ uk }) => uk)
    expect(contract?.text.service.activities.map((one) => one.words)).toEqual(words(card.activities))
    expect(contract?.text.rights.map((one) => one.words)).toEqual(words(pack.rights))
    expect(contract?.text.duties.map((one) => one.words)).toEqual(words(pack.duties))
    expect(contract?.text.personMayEnd.map((one) => one.words)).toEqual(words(pack.personMayEnd))
    const ending = card.refusalGrounds.filter(({ holds }: { holds: string }) => holds === 'ending')
    expect(ending.length).toBeGreaterThan(0)
    expect(contract?.text.providerMayEnd.map((one) => one.words)).toEqual([
      ...words(ending.map(({ text }: { text: { uk: string } }) => text)),
      ...words(pack.providerMayEnd),
    ])
  })

  test('INT-7: a term beyond the card is refused with the days between which it may end', async () => {
    const { id, worker } = await acceptedRequest(db, kharkiv)
    const wording = { request: id, begins: '2026-12-01', place: 'Харків' }
    const outcomes = await Promise.all(
      ['2027-02-28', '2027-06-02', undefined].map((ends) =>
        act(db, worker, draftContract, { ...wording, ...(ends ? { ends } : {}) }),
      ),
    )
    for (const [at, day] of ['1 March 2027', '1 June 2027', '1 June 2027'].entries())
      expect(JSON.stringify(outcomes[at]).replaceAll('\u00a0', ' ')).toContain(day)
  })

  test('INT-7: a card that changed since the draft is not offered', async () => {
    const { id, worker, service } = await acceptedRequest(db, kharkiv)
    const { id: contract } = done(
      await act(db, worker, draftContract, { request: id, begins: '2026-12-01', ends: '2027-03-01', place: 'Харків' }),
    )
    await db.ownerPool.query('update directory.service set version = version + 1 where id = $1', [service])
    expect((await act(db, worker, offerContract, { contract, version: 1 })).is).toBe('conflict')
    await db.ownerPool.query('update directory.service set version = version - 1 where id = $1', [service])
    expect((await act(db, worker, offerContract, { contract, version: 1 })).is).toBe('ok')
  })
})

describe('INT-7: the text stands still', () => {
  test('INT-7: its hash is that of the text, and the database knows when it is not', async () => {
    const request = await acceptedRequest(db, kharkiv)
    const contract = await read(db, await offeredContract(db, request), request.worker)
    const hash = createHash('sha256')
      .update(canonical(contract?.text ?? null))
      .digest('hex')
    expect(contract?.hash).toBe(hash)
    const { rows } = await db.ownerPool.query(
      `select encode(sha256(convert_to(text::text, 'UTF8')), 'hex') as hash from intake.contract where id = $1`,
      [contract?.id],
    )
    expect(rows[0].hash).toBe(hash)
  })

  test('INT-7: SQL of the program changes no offered text, signs no other text, and skips no step', async () => {
    const request = await acceptedRequest(db, kharkiv)
    const id = await offeredContract(db, request)
    const desk = { actor: request.worker.account }
    const link = { purpose: linkPurpose(request.token) }
    const other = `text = jsonb_set(text, '{place}', '"Київ"')`
    for (const as of [desk, link]) {
      for (const change of [
        other,
        `${other}, text_hash = sha256(convert_to(jsonb_set(text, '{place}', '"Київ"')::text, 'UTF8'))`,
        `ends_on = ends_on + 1`,
        `locale = 'en'`,
        `state = 'draft'`,
        `state = 'signed'`,
        `text_hash = sha256('other')`,
        `extends_id = id`,
      ])
        expect(await attempt(as, `update intake.contract set ${change} where id = $1`, [id]), change).toMatch(/^INT-7/)
      const signature = `insert into intake.signature (contract_id, side, form, name, text_hash, file_id, at)`
      const values = (hash: string, form: string) =>
        `select $1, 'person', '${form}', 'N', ${hash}, null, now() from intake.contract where id = $1`
      expect(await attempt(as, `${signature} ${values(`sha256('other')`, 'qualified')}`, [id])).toMatch(
        /^INT-7: only the text/,
      )
      expect(await attempt(as, `${signature} ${values('text_hash', 'drawn')}`, [id])).toMatch(
        /^INT-7: the pack does not/,
      )
      expect(await attempt(as, 'delete from intake.contract where id = $1', [id])).toMatch(/permission denied/)
      expect(await attempt(as, `update intake.signature set name = 'X' where contract_id = $1`, [id])).toMatch(
        /permission denied/,
      )
    }
    const fresh = await acceptedRequest(db, kharkiv)
    const draft = done(
      await act(db, fresh.worker, draftContract, {
        request: fresh.id,
        begins: '2026-12-01',
        ends: '2027-03-01',
        place: 'Харків',
      }),
    )
    const offer = (hash: string) =>
      attempt(
        { actor: fresh.worker.account },
        `update intake.contract set state = 'offered', frozen_at = now(), text_hash = ${hash} where id = $1`,
        [draft.id],
      )
    expect(await offer(`sha256('other')`)).toMatch(/^INT-7: the hash is not/)
    expect(await offer(`sha256(convert_to(text::text, 'UTF8'))`)).toBe('1 rows')
    const stranger = { actor: (await addActor(db, 'Nobody')).account }
    expect(await attempt(stranger, `update intake.contract set state = 'ended' where id = $1`, [id])).toBe('0 rows')
    expect(
      await attempt(
        desk,
        `insert into intake.contract (request_id, service_id, provider_id, begins_on, ends_on, text, text_hash, frozen_at, locale, state, created_at)
      select request_id, service_id, provider_id, begins_on, ends_on, text, text_hash, frozen_at, locale, 'offered', now() from intake.contract where id = $1`,
        [id],
      ),
    ).toMatch(/^INT-7: a contract begins/)
  })
})

describe('INT-7: signing', () => {
  test('INT-7: a Danish pack takes a drawn line, Kharkiv does not', async () => {
    const drawn = { form: 'drawn', name: 'Mette Nørgaard', strokes: line } as const
    const danish = await acceptedRequest(db, denmark)
    const contract = await offeredContract(db, danish)
    expect(done(await act(db, null, sign.byPerson, { ...drawn, token: danish.token, contract })).concluded).toBe(false)
    expect((await act(db, null, sign.byPerson, { ...drawn, token: danish.token, contract })).is).toBe('late')
    expect(
      done(await act(db, danish.worker, sign.byProgram, { contract, name: 'Olena', strokes: line })).concluded,
    ).toBe(true)
    expect((await read(db, contract, danish.worker))?.signatures).toMatchObject([{ strokes: line }, { strokes: line }])
    const ukrainian = await acceptedRequest(db, kharkiv)
    const other = await offeredContract(db, ukrainian)
    const refused = await act(db, null, sign.byPerson, { ...drawn, token: ukrainian.token, contract: other })
    expect(refused).toMatchObject({ is: 'invalid', errors: [{ path: 'form' }] })
    const empty = await act(db, null, sign.byPerson, { ...drawn, strokes: '', token: danish.token, contract })
    expect(empty).toMatchObject({ is: 'invalid', errors: [{ path: 'strokes' }] })
  })

  test('INT-7: both sides sign on paper; then it holds, and the next step begins', async () => {
    const request = await acceptedRequest(db, kharkiv)
    const contract = await offeredContract(db, request)
    const named = { contract, form: 'paper-scan', name: 'Гриценко Наталя' } as const
    expect(await act(db, null, sign.byPerson, { ...named, token: request.token })).toMatchObject({
      errors: [{ path: 'paper' }],
    })
    const helper = await addActor(db, 'Neighbour')
    expect((await act(db, helper, sign.byPerson, { ...named, paper: await scan(db, helper.account) })).is).toBe(
      'notFound',
    )
    await signBoth(db, request, contract)
    const signed = await read(db, contract, request.worker)
    expect(signed).toMatchObject({ state: 'signed', signatures: [{ side: 'provider' }, { side: 'person' }] })
    const [follows, steps] = await db.transact({ actor: request.worker.account }, (tx) =>
      Promise.all([followUpsOf(tx, request.id), stepsOf(tx, request.id)]),
    )
    expect(follows).toMatchObject([
      { kind: 'contract', doneAt: db.clock.now },
      { kind: 'case', begunAt: db.clock.now, doneAt: undefined },
    ])
    expect(steps.filter(({ deed }) => deed === 'contract').map(({ detail }) => detail.state)).toEqual([
      'draft',
      'offered',
      'offered',
      'signed',
    ])
    // either side opens the paper of the other
    for (const [at, identity] of [
      { actor: request.worker.account },
      { actor: null, purpose: linkPurpose(request.token) },
    ].entries()) {
      const file = await db.transact(identity, (tx) => testFiles(db).open(tx, signed?.signatures[1 - at]?.file ?? ''))
      expect(file?.type).toBe('application/pdf')
    }
    expect(
      await db.transact({ actor: helper.account }, (tx) => testFiles(db).open(tx, signed?.signatures[0]?.file ?? '')),
    ).toBeUndefined()
  })

  test('INT-7: the PDF of a signed contract holds both names, the days and the check number', async () => {
    const request = await acceptedRequest(db, kharkiv)
    const id = await offeredContract(db, request)
    await signBoth(db, request, id)
    const contract = await read(db, id, request.worker)
    if (!contract) throw new Error('no contract')
    const text = pdfText(await makePdf(contractPdf(contract, (moment) => moment.toISOString().slice(0, 10))))
    for (const words of [
      'Гриценко Наталя Іванівна, 29',
      'Олена Коваль, 29 листопада',
      contract.text.title,
      'Контрольне число тексту',
      contract.hash?.slice(0, 4) ?? '-',
    ])
      expect(text).toContain(words)
    for (const { words } of [...contract.text.rights, ...contract.text.providerMayEnd])
      expect(text.replaceAll(/[\s\u00a0-]/g, '')).toContain(words.replaceAll(/[\s\u00a0-]/g, ''))
  })
})

describe('INT-7: ending and extending', () => {
  const running = async (): Promise<Accepted & { contract: string }> => {
    const request = await acceptedRequest(db, kharkiv)
    const contract = await offeredContract(db, request, { begins: '2026-11-01', ends: '2027-05-01' })
    await signBoth(db, request, contract)
    return { ...request, contract }
  }

  test('INT-7: the provider ends it only for what stands in it; the person needs no reason', async () => {
    const { worker, contract } = await running()
    const end = { contract, by: 'provider' } as const
    expect(await act(db, worker, endContract, end)).toMatchObject({ errors: [{ path: 'ground' }] })
    expect(await act(db, worker, endContract, { ...end, ground: 'person-1' })).toMatchObject({
      errors: [{ path: 'ground' }],
    })
    expect(
      await attempt(
        { actor: worker.account },
        `update intake.contract set state = 'ended', ended_on = '2026-11-29', ended_by = 'provider', ending_ground = 'because' where id = $1`,
        [contract],
      ),
    ).toMatch(/^INT-7: the provider/)
    const ground = (await read(db, contract, worker))?.text.providerMayEnd[0]?.code
    expect(await act(db, worker, endContract, { ...end, ground, on: '2027-06-01' })).toMatchObject({
      errors: [{ path: 'on' }],
    })
    done(await act(db, worker, endContract, { ...end, ground, on: '2026-12-31' }))
    expect((await read(db, contract, worker))?.ended).toEqual({ on: '2026-12-31', by: 'provider', ground })
    const other = await running()
    done(await act(db, null, leaveContract, { contract: other.contract, token: other.token, note: 'Переїжджаю.' }))
    expect((await read(db, other.contract, other.worker))?.ended).toEqual({
      on: '2026-11-29',
      by: 'person',
      ground: undefined,
    })
    expect((await act(db, null, leaveContract, { contract: other.contract, token: other.token })).is).toBe('late')
  })

  test('INT-7: an offer is taken back, and a new one written', async () => {
    const request = await acceptedRequest(db, kharkiv)
    const contract = await offeredContract(db, request)
    done(await act(db, request.worker, endContract, { contract, by: 'provider' }))
    expect(await offeredContract(db, request)).not.toBe(contract)
  })

  test('INT-7: an extension goes on where the first ends, up to twelve months from its beginning, and is signed like any other', async () => {
    const request = await running()
    const { worker, contract } = request
    const wording = { contract, place: 'Харків' }
    const tooLong = await act(db, worker, extendContract, { ...wording, ends: '2027-11-02' })
    expect(tooLong).toMatchObject({ errors: [{ path: 'ends' }] })
    const { id } = done(await act(db, worker, extendContract, { ...wording, ends: '2027-11-01' }))
    expect((await act(db, worker, extendContract, { ...wording, ends: '2027-10-01', version: 1 })).is).toBe('ok')
    done(await act(db, worker, offerContract, { contract: id, version: 2 }))
    await signBoth(db, request, id)
    expect(await read(db, id, worker)).toMatchObject({
      state: 'signed',
      begins: '2027-05-01',
      ends: '2027-10-01',
      extendsId: contract,
      firstBegan: '2026-11-01',
    })
    expect((await act(db, worker, extendContract, { ...wording, ends: '2027-11-01' })).is).toBe('late')
    expect((await act(db, worker, extendContract, { ...wording, contract: id, ends: '2027-11-01' })).is).toBe('ok')
  })

  test('INT-7: a contract ends with its term, by the day in its region, once', async () => {
    const request = await acceptedRequest(db, kharkiv)
    const contract = await offeredContract(db, request, { begins: '2026-08-30', ends: '2026-11-30' })
    await signBoth(db, request, contract)
    const end = () => db.transact({ actor: null, purpose: 'intake' }, endContracts)
    const start = db.clock.now
    try {
      db.clock.now = new Date('2026-11-29T21:59:00Z')
      expect(await end()).toBe(0)
      // midnight in Kyiv
      db.clock.now = new Date('2026-11-29T22:00:00Z')
      expect(await end()).toBe(1)
      expect(await end()).toBe(0)
    } finally {
      db.clock.now = start
    }
    expect((await read(db, contract, request.worker))?.ended).toEqual({
      on: '2026-11-30',
      by: 'term',
      ground: undefined,
    })
  })
})
