import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../../../test/database.ts'
import { forgetKeys, keyDays } from '../http/forget-keys-job.ts'
import { inLocale, m } from '../i18n/speech.ts'
import type { Actor } from './actor.ts'
import { command, nothingStored } from './command.ts'
import { conflict, invalid, ok } from './outcome.ts'
import { perform } from './perform.ts'
import { everyone, permission } from './permission.ts'

const database = await testDatabase()
await database.ownerPool.query(
  'create table public.note (id uuid primary key default uuidv7(), text text not null); grant select, insert on public.note to linden_program',
)

const Input = z.object({ text: z.string().min(1).max(20) })
const write = command({
  audit: 'test.note.write',
  input: Input,
  subject: nothingStored,
  permission: everyone,
  async run(work, input) {
    const row = await work.tx.one(
      sql<{ id: string }>`insert into public.note (text) values (${input.text}) returning id`,
    )
    work.about({ kind: 'note', id: row?.id ?? '' })
    if (input.text === 'taken') return conflict()
    if (input.text === 'wrong') return invalid({ path: 'text', message: 'wrong' })
    return ok({ id: row?.id })
  },
})
const staffOnly = command({ ...write, audit: 'test.note.staff', permission: permission('Nobody may', () => false) })
const by = (more: { idempotencyKey?: string; actor?: Actor | null } = {}) => ({
  database,
  actor: more.actor ?? null,
  locale: 'uk' as const,
  origin: 'page' as const,
  idempotencyKey: more.idempotencyKey,
})
const notes = async () =>
  (await database.ownerPool.query('select text from public.note order by id')).rows.map((row) => row.text)
const events = async () =>
  (await database.ownerPool.query("select act, outcome, about_id from audit.event where act like 'test.%' order by id"))
    .rows

beforeEach(async () => {
  await database.ownerPool.query('truncate public.note')
})

describe('the keys of senders', () => {
  it('are forgotten after a month, and not before', async () => {
    const key = 'a key of a month ago'
    await perform(write, { text: 'once' }, by({ idempotencyKey: key }))
    const forget = () => database.transact({ actor: null, purpose: 'forgetting' }, forgetKeys)
    await forget()
    expect((await perform(write, { text: 'once' }, by({ idempotencyKey: key }))).is).toBe('ok')
    expect(await notes()).toEqual(['once'])
    await database.ownerPool.query('update http.idempotency set at = $2 where key = $1', [
      key,
      new Date(database.clock.now.valueOf() - (keyDays + 1) * 86_400_000),
    ])
    const kept = async () =>
      (await database.ownerPool.query('select from http.idempotency where key = $1', [key])).rowCount
    await forget()
    expect(await kept()).toBe(0)
  })
})

describe('a command', () => {
  it('stores and is audited in one transaction', async () => {
    const before = (await events()).length
    const outcome = await perform(write, { text: 'Дім' }, by())
    expect(outcome.is).toBe('ok')
    expect(await notes()).toEqual(['Дім'])
    const added = (await events()).slice(before)
    expect(added).toEqual([
      { act: 'test.note.write', outcome: 'done', about_id: outcome.is === 'ok' ? outcome.value.id : '' },
    ])
  })

  it.each(['taken', 'wrong'])(
    'that ends otherwise than ok leaves nothing behind, no audit event of a deed either (%s)',
    async (text) => {
      const before = (await events()).length
      expect((await perform(write, { text }, by())).is).not.toBe('ok')
      expect(await notes()).toEqual([])
      expect((await events()).length).toBe(before)
    },
  )

  it('names the wrong field in the language of the sender', async () => {
    expect(await perform(write, { text: '' }, by())).toEqual({
      is: 'invalid',
      errors: [{ path: 'text', message: inLocale('uk', m.form_missing) }],
    })
  })

  it('is refused with an audit event of its own', async () => {
    const before = (await events()).length
    expect(await perform(staffOnly, { text: 'x' }, by())).toEqual({ is: 'forbidden' })
    expect(await notes()).toEqual([])
    expect((await events()).slice(before)).toEqual([{ act: 'test.note.staff', outcome: 'refused', about_id: null }])
  })
})

describe('an idempotency key', () => {
  it('does a thing once, however often and however quickly it is sent', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => perform(write, { text: 'once' }, by({ idempotencyKey: 'key-of-one-form' }))),
    )
    expect(await notes()).toEqual(['once'])
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1)
  })

  it('belongs to one text: another text under it is a conflict', async () => {
    await perform(write, { text: 'first' }, by({ idempotencyKey: 'key-of-another' }))
    expect((await perform(write, { text: 'second' }, by({ idempotencyKey: 'key-of-another' }))).is).toBe('conflict')
    expect(await notes()).toEqual(['first'])
  })

  it('is free again after an attempt that stored nothing', async () => {
    await perform(write, { text: 'wrong' }, by({ idempotencyKey: 'key-tried-twice' }))
    expect((await perform(write, { text: 'right' }, by({ idempotencyKey: 'key-tried-twice' }))).is).toBe('ok')
  })
})
