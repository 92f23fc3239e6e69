import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { columnTypes } from './column-types.ts'
import type { Tx } from './database.ts'
import { TransactionOver } from './transact.ts'

const db = await testDatabase()
const anna = '0199aaaa-0000-7000-8000-000000000001'
const boris = '0199aaaa-0000-7000-8000-000000000002'
const asAnna = { actor: anna, locale: 'uk', purpose: 'care' } as const

const add = (owner: string, words: unknown) => sql`insert into trial.note (owner, words) values (${owner}, ${words})`
const read = sql<{ words: string }>`select words from trial.note order by id`
const stored = async () =>
  (await db.ownerPool.query('select words from trial.note order by id')).rows.map(({ words }) => words)

beforeAll(async () => {
  await db.ownerPool.query(`
    create schema trial;
    create table trial.note (id bigint generated always as identity primary key, owner uuid not null,
      words text not null check (words <> 'bad'));
    alter table trial.note enable row level security;
    alter table trial.note force row level security;
    create policy note_own on trial.note to linden_program
      using (owner = (select access.actor())) with check (owner = (select access.actor()));
    grant usage on schema trial to linden_program;
    grant select, insert, update on trial.note to linden_program;
    create table trial.counter (id integer primary key, value integer not null);
    insert into trial.counter values (1, 0), (2, 0);
    grant select, update on trial.counter to linden_program;`)
})
beforeEach(async () => {
  await db.ownerPool.query('truncate trial.note')
})

describe('letters of every language', () => {
  test('Cyrillic has upper and lower case, and trigrams find words with a typo', async () => {
    const row = await db.transact({ actor: null }, (tx) =>
      tx.one(sql<{ up: string; low: string; near: number; pattern: boolean }>`
        select upper('їжак') as up, lower('ПРИТУЛОК') as low, similarity('притулок', 'притулак') as near, 'Ґанок' ~* '^ґ' as pattern`),
    )
    expect(row).toMatchObject({ up: 'ЇЖАК', low: 'притулок', pattern: true })
    expect(row?.near).toBeGreaterThan(0.3)
  })
})

describe('what the identity may see', () => {
  test('a transaction acts for its person, in their language, for its purpose', async () => {
    const row = await db.transact(asAnna, (tx) =>
      tx.one(sql`select access.actor() as actor, access.locale() as locale, current_setting('app.purpose') as purpose`),
    )
    expect(row).toEqual({ actor: anna, locale: 'uk', purpose: 'care' })
  })

  test('the identity ends with the transaction: the next on the same connection is nobody', async () => {
    await db.transact(asAnna, (tx) => tx.all(sql`select 1`))
    const row = await db.transact({ actor: null }, (tx) =>
      tx.one(sql`select access.actor() as actor, access.locale() as locale, current_setting('app.purpose') as purpose`),
    )
    expect(row).toEqual({ actor: null, locale: 'en', purpose: '' })
    const { rows } = await db.pool.query('select access.actor() as actor')
    expect(rows).toEqual([{ actor: null }])
  })

  test('fifty transactions of two people at once never see a row of the other', async () => {
    await db.transact(asAnna, (tx) => tx.all(add(anna, 'of anna')))
    await db.transact({ actor: boris }, (tx) => tx.all(add(boris, 'of boris')))
    const seen = await Promise.all(
      Array.from({ length: 50 }, (_, n) => db.transact({ actor: n % 2 ? anna : boris }, (tx) => tx.all(read))),
    )
    expect(seen).toEqual(seen.map((_, n) => [{ words: n % 2 ? 'of anna' : 'of boris' }]))
  })

  test.each([
    'alter table trial.note disable row level security',
    'drop policy note_own on trial.note',
    'create policy open on trial.note using (true)',
    'alter role current_user bypassrls',
    'alter role current_user superuser',
    'set role owner',
    'set session authorization owner',
    'truncate trial.note',
    'delete from trial.note',
    'create table trial.own ()',
    'create table public.own ()',
    'create schema own',
    "copy trial.note to program 'true'",
    "select pg_read_file('/etc/passwd')",
    'delete from db.migration',
    'select * from graphile_worker._private_jobs',
  ])('row level security cannot be passed: the program may not "%s"', async (statement) => {
    await expect(db.transact(asAnna, (tx) => tx.all(sql.raw(statement)))).rejects.toMatchObject({
      code: expect.stringMatching(/^42(501|704)$/),
    })
  })

  test('row_security = off gives an error, not the rows of others', async () => {
    await db.transact({ actor: boris }, (tx) => tx.all(add(boris, 'of boris')))
    const attempt = db.transact(asAnna, async (tx) => {
      await tx.all(sql`set local row_security = off`)
      return tx.all(read)
    })
    await expect(attempt).rejects.toMatchObject({ code: '42501' })
  })

  test('a program cannot enter the database of another on the same server', async () => {
    const { rows } = await db.ownerPool.query(
      `select has_database_privilege('linden_program', current_database(), 'connect') as group_may`,
    )
    expect(rows).toEqual([{ group_may: false }])
  })
})

describe('all or nothing', () => {
  test('a failing write that nobody awaited fails the whole', async () => {
    const work = async (tx: Tx) => {
      void tx.all(add(anna, 'good'))
      void tx.all(add(anna, 'bad'))
      return 'done'
    }
    await expect(db.transact(asAnna, work)).rejects.toMatchObject({ code: '23514' })
    expect(await stored()).toEqual([])
  })

  test('a failing write whose error was caught fails the whole', async () => {
    const work = async (tx: Tx) => {
      await tx.all(add(anna, 'good'))
      await tx.all(add(anna, 'bad')).catch(() => {})
      return 'done'
    }
    await expect(db.transact(asAnna, work)).rejects.toMatchObject({ code: '23514' })
    expect(await stored()).toEqual([])
  })

  test('later writes travel with the commit, in their order, after all others', async () => {
    await db.transact(asAnna, async (tx) => {
      tx.later(add(anna, 'third'))
      tx.later(add(anna, 'fourth'))
      await tx.all(add(anna, 'first'))
      await tx.all(add(anna, 'second'))
      expect(await tx.all(read)).toHaveLength(2)
    })
    expect(await stored()).toEqual(['first', 'second', 'third', 'fourth'])
  })

  test('a later write that fails takes everything with it', async () => {
    const work = async (tx: Tx) => {
      await tx.all(add(anna, 'good'))
      tx.later(add(anna, 'bad'))
    }
    await expect(db.transact(asAnna, work)).rejects.toMatchObject({ code: '23514' })
    expect(await stored()).toEqual([])
  })

  test('a denied write stores nothing, and its error comes before those that follow from it', async () => {
    const work = async (tx: Tx) => {
      tx.later(add(anna, 'good'))
      tx.later(add(boris, 'in the name of another'))
      tx.later(add(anna, 'good too'))
    }
    await expect(db.transact(asAnna, work)).rejects.toMatchObject({ code: '42501' })
    expect(await stored()).toEqual([])
  })

  test('work that throws stores nothing, neither sent nor deferred', async () => {
    const work = async (tx: Tx) => {
      await tx.all(add(anna, 'sent'))
      tx.later(add(anna, 'deferred'))
      throw new Error('changed my mind')
    }
    await expect(db.transact(asAnna, work)).rejects.toThrow('changed my mind')
    expect(await stored()).toEqual([])
  })

  test('a value that cannot be written at all stores nothing', async () => {
    const endless: { self?: unknown } = {}
    endless.self = endless
    const work = async (tx: Tx) => {
      await tx.all(add(anna, 'good'))
      void tx.all(add(anna, endless))
    }
    await expect(db.transact(asAnna, work)).rejects.toThrow(/circular/i)
    expect(await stored()).toEqual([])
  })

  test('a statement after the end is refused, and does not reach the next transaction', async () => {
    let kept: Tx | undefined
    await db.transact(asAnna, async (tx) => {
      kept = tx
    })
    await expect(kept?.all(add(anna, 'too late'))).rejects.toThrow(TransactionOver)
    expect(() => kept?.later(add(anna, 'too late'))).toThrow(TransactionOver)
    expect(await stored()).toEqual([])
  })

  test('a text is prepared when it comes again, and a failed first use does not spoil it', async () => {
    for (let round = 0; round < 4; round++) {
      await expect(
        db.transact(asAnna, async (tx) => {
          void tx.all(add(anna, 'bad'))
          void tx.all(sql`insert into trial.note (words, owner) values (${'prepared'}, ${anna})`)
        }),
      ).rejects.toMatchObject({ code: '23514' })
      await db.transact(asAnna, (tx) =>
        tx.all(sql`insert into trial.note (words, owner) values (${'prepared'}, ${anna})`),
      )
    }
    expect(await stored()).toEqual(['prepared', 'prepared', 'prepared', 'prepared'])
  })

  test('a prepared read goes on after its table has changed', async () => {
    const all = sql`select * from trial.counter where id = ${1}`
    for (let round = 0; round < 12; round++) await db.transact(asAnna, (tx) => tx.all(all))
    await db.ownerPool.query('alter table trial.counter add column note text')
    for (let round = 0; round < 12; round++)
      expect(await db.transact(asAnna, (tx) => tx.one(all))).toMatchObject({ id: 1, note: null })
  })
})

describe('what happens beside', () => {
  test('a deadlock is resolved by doing one of the two again', async () => {
    let both = 0
    let go = () => {}
    const met = new Promise<void>((resolve) => {
      go = resolve
    })
    let runs = 0
    const raise = (id: number) => sql`update trial.counter set value = value + 1 where id = ${id}`
    const cross = (first: number, second: number) =>
      db.transact(asAnna, async (tx) => {
        runs++
        await tx.all(raise(first))
        if (++both === 2) go()
        await met
        await tx.all(raise(second))
      })
    await Promise.all([cross(1, 2), cross(2, 1)])
    expect(runs).toBe(3)
    const { rows } = await db.ownerPool.query('select value from trial.counter order by id')
    expect(rows).toEqual([{ value: 2 }, { value: 2 }])
  })

  test('serialisation failures are tried again up to three times, then told', async () => {
    let runs = 0
    const work = async (tx: Tx) => {
      runs++
      await tx.all(sql.raw("do $$ begin raise exception 'again' using errcode = '40001'; end $$"))
    }
    await expect(db.transact(asAnna, work)).rejects.toMatchObject({ code: '40001' })
    expect(runs).toBe(4)
  })

  test('a connection that breaks before the commit is replaced, and the work done again', async () => {
    let runs = 0
    await db.transact(asAnna, async (tx) => {
      runs++
      await tx.all(add(anna, 'once'))
      if (runs > 1) return
      const { rows } = await db.ownerPool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and application_name = 'linden'",
      )
      expect(rows).toHaveLength(1)
      await tx.all(read)
    })
    expect(runs).toBe(2)
    expect(await stored()).toEqual(['once'])
  })

  test('connections that broke while idle trouble nobody', async () => {
    await db.transact(asAnna, (tx) => tx.all(sql`select 1`))
    await db.ownerPool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'linden'",
    )
    expect(await db.transact(asAnna, (tx) => tx.one(sql`select 1 as one`))).toEqual({ one: 1 })
  })

  test('the clock is that of the program', async () => {
    db.clock.now = new Date('2027-02-03T04:05:06Z')
    expect(await db.transact(asAnna, async (tx) => tx.now)).toEqual(new Date('2027-02-03T04:05:06Z'))
  })
})

describe('how columns arrive', () => {
  test('moments as Date, days and money as text, counts as numbers', async () => {
    const row = await db.transact(asAnna, (tx) =>
      tx.one(sql`select timestamptz '2026-11-22 10:00+01' as moment, date '2026-11-22' as day, 12.50::numeric as money,
        count(*) as amount, array[date '2026-11-22'] as days, array[1.10::numeric, null] as sums, array[1::bigint] as numbers,
        '{"a":[1]}'::jsonb as detail`),
    )
    expect(row).toEqual({
      moment: new Date('2026-11-22T09:00:00Z'),
      day: '2026-11-22',
      money: '12.50',
      amount: 1,
      days: ['2026-11-22'],
      sums: ['1.10', null],
      numbers: [1],
      detail: { a: [1] },
    })
  })

  test('a number too large for a number is an error, not another number', () => {
    const parse = columnTypes().getTypeParser(20, 'text') as (value: string) => unknown
    expect(parse('9007199254740991')).toBe(9007199254740991)
    expect(() => parse('9007199254740993')).toThrow(/9007199254740993/)
  })
})

describe('streams', () => {
  test('rows come in order, in batches, as far as the identity sees them', async () => {
    await db.transact(asAnna, (tx) =>
      tx.all(sql`insert into trial.note (owner, words) select ${anna}::uuid, n::text from generate_series(1, 1234) n`),
    )
    await db.transact({ actor: boris }, (tx) => tx.all(add(boris, 'of boris')))
    const words: string[] = []
    for await (const row of db.stream(asAnna, read, 100)) words.push(row.words)
    expect(words).toEqual(Array.from({ length: 1234 }, (_, n) => `${n + 1}`))
  })

  test('at most two batches are held, however many rows there are', async () => {
    let produced = 0
    const rows = db.stream(asAnna, sql<{ n: number }>`select n from generate_series(1, 1000000) n`, 50)
    for await (const { n } of rows) {
      produced = n
      if (n === 120) break
    }
    expect(produced).toBe(120)
    await turn()
    const { rows: open } = await db.ownerPool.query(
      "select count(*) as n from pg_stat_activity where datname = current_database() and application_name = 'linden' and state <> 'idle'",
    )
    expect(open).toEqual([{ n: 0 }])
  })

  test('a statement that fails ends the stream with its error, and the connection serves the next', async () => {
    const failing = async () => {
      for await (const _ of db.stream(asAnna, sql`select 1 / (5 - n) from generate_series(1, 9) n`, 2));
    }
    await expect(failing()).rejects.toMatchObject({ code: '22012' })
    await expect(db.transact(asAnna, (tx) => tx.one(sql`select 1 as one`))).resolves.toEqual({ one: 1 })
  })

  test('parameters reach the query', async () => {
    const rows = db.stream(
      asAnna,
      sql<{ n: number }>`select n from generate_series(1, ${3}::int) n where n > ${1}::int`,
    )
    const numbers: number[] = []
    for await (const { n } of rows) numbers.push(n)
    expect(numbers).toEqual([2, 3])
  })
})
