import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testConfig } from '../../../test/database.ts'
import { backUp } from '../backup/backup.ts'
import { restore } from '../backup/restore.ts'
import { type Database, openDatabase } from './database.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { hiddenFromOwner } from './roles.ts'

const folder = mkdtempSync(join(tmpdir(), 'linden-plain-'))
const addressOf = (cluster: Embedded, user: string, name: string) =>
  `postgres://${user}:secret@localhost:${cluster.connection.port}/${name}?host=${encodeURIComponent(String(cluster.connection.host))}`
let cluster: Embedded
let database: Database

/** As an administrator of a server of its own would: an owner who may make roles, and nothing else. */
async function makeOwner(name: string): Promise<void> {
  const client = new pg.Client(cluster.connection)
  await client.connect()
  try {
    await client.query(`create role ${name} login createrole password 'secret'`)
    await client.query(`create database ${name} owner ${name}`)
  } finally {
    await client.end()
  }
}

const open = (name: string) =>
  openDatabase(testConfig({ DATABASE_URL: addressOf(cluster, name, name), LINDEN_DATA: folder }))

beforeAll(async () => {
  cluster = await startEmbedded(join(folder, 'postgres'), { fsync: false })
  await makeOwner('region')
  database = await open('region')
})
afterAll(async () => {
  await database?.close()
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** Two people of one organisation, and a third of none. */
async function addPeople(): Promise<Record<'boss' | 'colleague' | 'stranger', string>> {
  return database.transact({ actor: null, purpose: 'administration' }, async (tx) => {
    await tx.all(
      sql`insert into access.area (code, level, names, pack, path) values ('XX', 'country', '{}', 'x', '{XX}')`,
    )
    const office = await tx.one(
      sql<{
        id: string
      }>`insert into access.organisation (slug, names, kind, area) values ('office', '{}', 'public', 'XX') returning id`,
    )
    const add = async (name: string, role?: string) => {
      const person = await tx.one(sql<{ id: string }>`insert into access.person (name) values (${name}) returning id`)
      const account = await tx.one(
        sql<{
          id: string
        }>`insert into access.account (person_id, email) values (${person?.id}, ${`${name}@example.org`}) returning id`,
      )
      if (role)
        await tx.all(
          sql`insert into access.membership (account_id, organisation_id, role) values (${account?.id}, ${office?.id}, ${role})`,
        )
      return account?.id ?? ''
    }
    return {
      boss: await add('boss', 'administrator'),
      colleague: await add('colleague', 'provider'),
      stranger: await add('stranger'),
    }
  })
}

describe('a database whose owner is no superuser', () => {
  test('the owner is held by no policy of a table that a migration made', async () => {
    const owner = await database.ownerPool.connect()
    try {
      const { rows } = await owner.query(
        'select rolsuper or rolbypassrls as open from pg_roles where rolname = current_user',
      )
      expect(rows).toEqual([{ open: false }])
      expect(await hiddenFromOwner(owner)).toEqual([])
    } finally {
      owner.release()
    }
  })

  test('policies that ask for roles and colleagues get an answer, and strangers see nobody', async () => {
    const people = await addPeople()
    const seenBy = (actor: string) =>
      database
        .transact({ actor }, (tx) => tx.all(sql<{ email: string }>`select email from access.account order by email`))
        .then((rows) => rows.map(({ email }) => email.split('@')[0]))
    expect(await seenBy(people.boss)).toEqual(['boss', 'colleague', 'stranger'])
    expect(await seenBy(people.colleague)).toEqual(['boss', 'colleague'])
    expect(await seenBy(people.stranger)).toEqual(['stranger'])
  })

  test('a backup holds the rows that policies protect, and restores them', async () => {
    const file = join(folder, 'region.backup')
    const report = await backUp(testConfig({ LINDEN_DATA: folder }), database, file, {
      program: 'test',
      now: new Date('2026-11-23T09:00:00Z'),
    })
    // an area, an organisation, three people with an account each, two of them with a role
    expect(report.rows).toBe(10)
    await restore(testConfig({ LINDEN_DATA: folder }), database, file, { replace: true })
    const { rows } = await database.ownerPool.query('select count(*) as n from access.person')
    expect(rows).toEqual([{ n: 3 }])
    const owner = await database.ownerPool.connect()
    expect(await hiddenFromOwner(owner).finally(() => owner.release())).toEqual([])
  })

  test('a table of another owner before is opened again at the start', async () => {
    await database.ownerPool.query('drop policy owner on access.membership')
    await database.close()
    database = await open('region')
    const { rows } = await database.ownerPool.query('select count(*) as n from access.membership')
    expect(rows).toEqual([{ n: 2 }])
  })

  test('a second owner on the same server is told what to ask for', async () => {
    await makeOwner('neighbour')
    await expect(open('neighbour')).rejects.toThrow(
      /may not let .* into the group linden_program.*grant linden_program to neighbour with admin option/s,
    )
  })
})
