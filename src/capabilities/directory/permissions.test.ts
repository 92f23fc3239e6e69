import { beforeAll, describe, expect, test } from 'vitest'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Actor, Role } from '../../platform/access/actor.ts'
import type { Outcome } from '../../platform/access/outcome.ts'
import { query } from '../../platform/db/database.ts'
import { addService } from './commands/add-service.ts'
import { addLocation, changeLocation } from './commands/change-location.ts'
import { changeOrganisation } from './commands/change-organisation.ts'
import { changeService } from './commands/change-service.ts'
import { confirmCard } from './commands/confirm-cards.ts'
import { acceptProposal, declineProposal, withdrawProposal } from './commands/decide-proposal.ts'
import { proposeChange } from './commands/propose-change.ts'
import { leaveRemark, settleRemark } from './commands/remark.ts'
import { requireApproval } from './commands/require-approval.ts'
import { restoreLocation, restoreOrganisation } from './commands/restore-organisation.ts'
import { restoreVersion } from './commands/restore-version.ts'
import { setStatus } from './commands/set-status.ts'
import { addOrganisation, does, loadPacks, smallCard } from './editing.fixture.ts'
import cases from './permissions.cases.json' with { type: 'json' }
import { organisationBySlug } from './store/edit-organisation.ts'
import { saveProposal } from './store/edit-proposals.ts'
import { addRemark } from './store/edit-remarks.ts'
import { serviceBySlug } from './store/read-service.ts'
import { saveLocation } from './store/save-organisation.ts'
import { addService as storeService } from './store/save-service.ts'
import { readRegister } from './store/sources.ts'

const db = await testDatabase()
const actors = new Map<string, Actor | null>()
const admin = { actor: null, purpose: 'administration' } as const
let area = ''
let count = 0

beforeAll(async () => {
  await loadPacks(db, ['ua-kharkiv', 'de-stuttgart'])
  const tops = await db.ownerPool.query<{ code: string; pack: string }>(
    'select code, pack from access.area where parent is null',
  )
  const top = (pack: string) => tops.rows.find((row) => row.pack === pack)?.code ?? ''
  area = top('ua-kharkiv')
  await addOrganisation(db, 'office-of-region', area)
  await addOrganisation(db, 'office-elsewhere', top('de-stuttgart'))
  await addOrganisation(db, 'provider-here', area)
  await addOrganisation(db, 'provider-there', area)
  for (const [name, memberships] of Object.entries(cases.persons)) {
    const held = memberships?.map(([organisation = '', role]) => ({ organisation, role: role as Role }))
    actors.set(name, held ? await addActor(db, name, held) : null)
  }
})

/** A new card of the provider with a place, a waiting proposal and an open remark, for one try of one act. */
async function something() {
  const slug = `card-${++count}`
  const ids = await db.transact(admin, async (tx) => {
    const provider = await organisationBySlug(tx, 'provider-here')
    const location = `place-${count}`
    await saveLocation(
      tx,
      { slug: location, names: { en: 'Place' }, kind: 'physical', area, accessibility: [], schedule: [], phones: [] },
      provider?.id ?? '',
    )
    const card = smallCard(slug, 'provider-here', area)
    const id = await storeService(
      tx,
      { card, pack: 'ua-kharkiv', status: 'active', assured: undefined, assuranceDue: tx.now },
      await readRegister(tx, card),
      {
        account: null,
        origin: 'command-line',
        deed: 'add',
      },
    )
    if (!id) throw new Error(`${slug} is taken`)
    const account = actors.get('staff of the provider')?.account ?? ''
    const proposal = await saveProposal(tx, {
      service: id,
      baseVersion: 1,
      card: { ...card, summary: { en: 'Proposed' } },
      status: 'active',
      account,
    })
    addRemark(tx, { service: id, text: 'The number is wrong' })
    return { proposal, location, id, profile: provider?.profile, version: provider?.version }
  })
  const remark = await db.transact(admin, (tx) =>
    tx.one(query.selectFrom('directory.remark').select('id').where('service_id', '=', ids.id)),
  )
  return { slug, card: smallCard(slug, 'provider-here', area), remark: remark?.id ?? '', ...ids }
}

type Thing = Awaited<ReturnType<typeof something>>
const acts: Record<string, (actor: Actor | null, thing: Thing) => Promise<Outcome<unknown>>> = {
  addService: (actor, { slug, card }) => does(db, actor, addService, { card: { ...card, slug: `${slug}-new` } }),
  changeService: (actor, { slug, card }) =>
    does(db, actor, changeService, { slug, version: 1, card: { ...card, summary: { en: 'Changed' } } }),
  proposeChange: (actor, { slug, card }) => does(db, actor, proposeChange, { slug, version: 1, card }),
  restoreVersion: (actor, { slug }) => does(db, actor, restoreVersion, { slug, version: 1, to: 1 }),
  setStatus: (actor, { slug }) => does(db, actor, setStatus, { slug, version: 1, status: 'temporarily closed' }),
  confirmCard: (actor, { slug }) => does(db, actor, confirmCard, { slug }),
  settleRemark: (actor, { remark }) => does(db, actor, settleRemark, { id: remark }),
  changeOrganisation: (actor, { profile, version }) =>
    does(db, actor, changeOrganisation, { slug: 'provider-here', version, profile }),
  changeLocation: (actor, { location }) =>
    does(db, actor, changeLocation, {
      organisation: 'provider-here',
      slug: location,
      version: 1,
      location: { slug: location, names: { en: 'Moved' }, area },
    }),
  restoreOrganisation: (actor, { version }) =>
    does(db, actor, restoreOrganisation, { slug: 'provider-here', version, to: version }),
  restoreLocation: (actor, { location }) =>
    does(db, actor, restoreLocation, { organisation: 'provider-here', slug: location, version: 1, to: 1 }),
  addLocation: (actor, { location }) =>
    does(db, actor, addLocation, {
      organisation: 'provider-here',
      location: { slug: `${location}-new`, names: { en: 'New' }, area },
    }),
  acceptProposal: (actor, { proposal }) => does(db, actor, acceptProposal, { id: proposal, version: 1 }),
  declineProposal: (actor, { proposal }) => does(db, actor, declineProposal, { id: proposal, reason: 'Too short' }),
  withdrawProposal: (actor, { proposal }) => does(db, actor, withdrawProposal, { id: proposal }),
  requireApproval: (actor) => does(db, actor, requireApproval, { slug: 'provider-here', required: false }),
  leaveRemark: (actor, { slug }) => does(db, actor, leaveRemark, { slug, text: 'The number is wrong' }),
}

/** Everything of these tables as text: a refused act must leave all of it as it was. */
async function everything(): Promise<string> {
  const tables = [
    ...['service', 'service_version', 'proposal', 'remark', 'approval_rule'],
    ...['organisation', 'organisation_version', 'location', 'location_version'],
  ]
  const rows = await Promise.all(
    tables.map((table) =>
      db.ownerPool.query(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from directory.${table} t`,
      ),
    ),
  )
  return rows.map((result) => result.rows[0].sum).join()
}

describe('DIR-7: who may do what', () => {
  test('every act of the directory stands in the table of cases', () => {
    expect(Object.keys(cases.acts).sort()).toEqual(Object.keys(acts).sort())
  })

  test.each(
    Object.entries(cases.acts).flatMap(([act, permitted]) =>
      Object.keys(cases.persons).map((person) => ({ act, person, may: permitted.includes(person) })),
    ),
  )('$act by $person: $may', async ({ act, person, may }) => {
    const thing = await something()
    const before = await everything()
    const outcome = await acts[act]?.(actors.get(person) ?? null, thing)
    if (may) {
      expect(outcome).toMatchObject({ is: 'ok' })
    } else {
      // where policies hide the record itself, it does not exist
      expect(['forbidden', 'notFound']).toContain(outcome?.is)
      expect(await everything()).toBe(before)
    }
  })

  test('what was refused stands in the audit trail', async () => {
    const { slug, card } = await something()
    await does(db, actors.get('staff of another provider') ?? null, changeService, { slug, version: 1, card })
    const { rows } = await db.ownerPool.query(
      "select outcome from audit.event where act = 'directory.service.change' order by id desc limit 1",
    )
    expect(rows[0]?.outcome).toBe('refused')
    expect((await db.transact(admin, (tx) => serviceBySlug(tx, slug)))?.version).toBe(1)
  })
})

describe('DIR-7: row level security, as the role of the program', () => {
  const seen = (person: string, table: 'service_version' | 'proposal' | 'remark', service: string) =>
    db.transact({ actor: actors.get(person)?.account ?? null }, (tx) =>
      tx.all(query.selectFrom(`directory.${table}`).select('service_id').where('service_id', '=', service)),
    )

  test.each(['service_version', 'proposal', 'remark'] as const)(
    '%s is read by those who tend the card, and by nobody else',
    async (table) => {
      const { id } = await something()
      for (const person of Object.keys(cases.persons)) {
        const may = person === 'staff of the provider' || person === 'editor of the region'
        expect([person, (await seen(person, table, id)).length]).toEqual([person, may ? 1 : 0])
      }
    },
  )

  test('a provider cannot accept its own proposal past the commands', async () => {
    const { proposal } = await something()
    const account = actors.get('staff of the provider')?.account ?? null
    const attempt = db.transact({ actor: account }, (tx) =>
      tx.all(query.updateTable('directory.proposal').set({ state: 'accepted' }).where('id', '=', proposal)),
    )
    await expect(attempt).rejects.toThrow(/row-level security/)
  })

  test('letters about freshness are seen by editors of the area alone', async () => {
    const { rows } = await db.ownerPool.query("select id from access.organisation where slug = 'provider-here'")
    await db.transact(admin, (tx) =>
      tx.all(
        query.insertInto('directory.assurance_request').values({
          organisation_id: rows[0].id,
          emails: ['a@example.org'],
          token_hash: Buffer.alloc(32, 7),
          expires_at: db.clock.now,
        }),
      ),
    )
    for (const person of Object.keys(cases.persons)) {
      const found = await db.transact({ actor: actors.get(person)?.account ?? null }, (tx) =>
        tx.all(query.selectFrom('directory.assurance_request').select('id')),
      )
      expect([person, found.length]).toEqual([person, person === 'editor of the region' ? 1 : 0])
    }
  })
})
